"""The keys with which the systems of departments use the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.models import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCard:
    """A token of a department: for which system, what it may do, from whom, how long; never the token."""

    department: str
    name: str
    scopes: tuple[Scope, ...]
    given_by: str
    given_at: datetime
    ends_at: datetime
    last_used_on: date | None


def values_of(token: Token) -> dict[str, object]:
    """What is kept of a token where it changes: what it may do, since when and until when; never the token."""
    return {
        "may": sorted(map(str, token.scopes)),
        "since": token.given_at.isoformat(),
        "until": token.ends_at.isoformat(),
    }


def given() -> tuple[TokenCard, ...]:
    """Every token, by department and name."""
    return tuple(
        TokenCard(
            department=row.department_id,
            name=row.name,
            scopes=tuple(map(Scope, row.scopes)),
            given_by=row.given_by,
            given_at=row.given_at,
            ends_at=row.ends_at,
            last_used_on=row.last_used_on,
        )
        for row in Token.objects.order_by("department__code", "name")
    )
