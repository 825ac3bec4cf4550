"""The desk on the Monday of the story: the contradiction is open, the letter waits."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.give_login import give_login
from world import MONDAY, World


def log_in(adviser: str, username: str) -> Client:
    """A browser of an adviser who is logged in."""
    login = give_login(adviser=adviser, username=username, password="x", by=SYSTEM, at=datetime.fromisoformat(MONDAY))
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(login.user)
    return client


def clerk_of(department: str, username: str, name: str = "Marie Petit") -> Client:
    """A browser of a clerk who is logged in."""
    login = give_clerk_login(
        department=department,
        name=name,
        username=username,
        password="x",
        by=SYSTEM,
        at=datetime.fromisoformat(MONDAY),
    )
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(login.user)
    return client


@pytest.fixture
def clerk(monday: World) -> Client:
    """Marie's browser: she states facts for billing."""
    return clerk_of("billing", "marie")


@pytest.fixture
def nora(monday: World) -> Client:
    """Nora's browser: she owns the case."""
    return log_in("A-1", "nora")


@pytest.fixture
def hugo(monday: World) -> Client:
    """Hugo's browser: he stands in for her."""
    return log_in("A-2", "hugo")


@pytest.fixture
def ines(monday: World) -> Client:
    """Inès's browser: she has other customers."""
    return log_in("A-3", "ines")


@pytest.fixture
def nobody(monday: World) -> Client:
    """Somebody with an account that is no adviser's."""
    client = Client()
    client.force_login(User.objects.create_user("nobody"))
    return client
