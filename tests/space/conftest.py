"""The customers' space on the Monday of the story, and browsers in which customers are signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from builders import a_world
from contracts.leaving import NOON, a_world_with_a_new_contract
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.states import WayIn
from ligneclaire.space.door import COOKIE
from world import MONDAY, World

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"


def a_guest(*, language: str = "fr") -> Client:
    """A browser in which nobody is signed in."""
    return Client(headers={"Accept-Language": language, "User-Agent": FIREFOX})


def a_browser_of(customer: str, *, at: datetime | None = None, device: str = FIREFOX) -> Client:
    """A browser in which a customer is signed in."""
    client = a_guest()
    began = at or datetime.fromisoformat(MONDAY)
    client.cookies[COOKIE] = open_session(customer=customer, way=WayIn.CODE, device=device, by=SYSTEM, at=began)
    return client


@pytest.fixture
def lenoir(monday: World) -> Client:
    """The Lenoirs' browser: their termination is being settled."""
    return a_browser_of("C-2001")


@pytest.fixture
def aubert(monday: World) -> Client:
    """Mme Aubert's browser: nothing of the story concerns her."""
    return a_browser_of("C-3001")


@pytest.fixture
def nora(monday: World) -> Client:
    """Nora's browser: she is an adviser, and logged in at the desk."""
    login = give_login(adviser="A-1", username="nora", password="x", by=SYSTEM, at=datetime.fromisoformat(MONDAY))
    client = a_guest()
    client.force_login(login.user)
    return client


@pytest.fixture
def friday(db: None, clock_at: Callable[[datetime], None], settings: Settings, tmp_path: Path) -> None:
    """Friday 20 November 2026 at noon, when Mr Perrin's contract is a week old; proofs lie apart from other tests'."""
    settings.VAR, settings.SCAN = tmp_path, ""
    a_world(a_world_with_a_new_contract())
    clock_at(NOON)
