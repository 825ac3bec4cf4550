"""Who opens the desk with which account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from ligneclaire.people.access.roles import Role, role_of
from ligneclaire.people.models import Login
from ligneclaire.people.queries.advisers import AdviserCard, card


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkCard:
    """Somebody who states facts for a department by hand; their number is that of their account."""

    number: str
    name: str
    department: str
    department_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A login that was given: to which adviser, or to a clerk of which department."""

    username: str
    name: str
    of: str
    role: str
    given_at: datetime
    is_open: bool


def account(user_id: int) -> tuple[User, AdviserCard | ClerkCard, Role] | None:
    """The account, who opens the desk with it, and in which role, in one query."""
    login = Login.objects.select_related("user", "adviser", "department").filter(user_id=user_id).first()
    return (login.user, _who(login), role_of(login)) if login else None


def listed() -> tuple[Given, ...]:
    """All logins, by user name."""
    rows = Login.objects.select_related("user", "adviser").order_by("user__username")
    return tuple(
        Given(
            username=row.user.get_username(),
            name=row.adviser.name if row.adviser else row.name,
            of=row.adviser_id or row.department_id or "",
            role=role_of(row).name,
            given_at=row.given_at,
            is_open=row.user.is_active,
        )
        for row in rows
    )


def has_clerk(department: str) -> bool:
    """Whether somebody can state facts for this department by hand."""
    return Login.objects.filter(department__code=department).exists()


def is_in_training(adviser: str) -> bool:
    """Whether what this adviser writes waits for a colleague."""
    return Login.objects.filter(adviser__number=adviser, is_in_training=True).exists()


def clerks(numbers: Collection[str]) -> dict[str, str]:
    """The names of these clerks, by number."""
    rows = Login.objects.filter(user__pk__in=numbers, adviser=None).values_list("user_id", "name")
    return {str(number): name for number, name in rows}


def values_of(login: Login) -> dict[str, object]:
    """What is kept of a login where it changes: whose it is, and in which role."""
    return {"of": login.adviser_id or login.department_id, "name": login.name, "role": role_of(login).name}


def _who(login: Login) -> AdviserCard | ClerkCard:
    if login.adviser:
        return card(login.adviser)
    assert login.department
    return ClerkCard(
        number=str(login.user_id),
        name=login.name,
        department=login.department.code,
        department_name=login.department.name,
    )
