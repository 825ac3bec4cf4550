"""The keys with which the systems of departments state facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ligneclaire.people.models import Token
from ligneclaire.people.rules.token import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCard:
    """That a department has a token, since when and from whom; never the token."""

    department: str
    given_by: str
    given_at: datetime


def department_of(token: str) -> str | None:
    """The department that this token belongs to, if to any."""
    return Token.objects.filter(digest=digest_of(token)).values_list("department__code", flat=True).first()


def given() -> tuple[TokenCard, ...]:
    """Every department that has a token, by code."""
    return tuple(
        TokenCard(department=row.department_id, given_by=row.given_by, given_at=row.given_at)
        for row in Token.objects.order_by("department__code")
    )
