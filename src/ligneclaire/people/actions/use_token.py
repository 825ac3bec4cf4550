"""A program shows a token and wants to do something."""

from __future__ import annotations

from datetime import UTC, datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.models import Token
from ligneclaire.people.rules.token import digest_of


class TokenUnknown(Refused):
    """Nobody has this token, or it was taken back."""


class TokenEnded(Refused):
    """The token held until then."""


class ScopeMissing(Refused):
    """The token does not let do this."""


def use_token(*, token: str, scope: Scope, by: Actor, at: datetime) -> str:
    """Return the department for which this token lets do this, and remember the day on which it was last used."""
    rows = Token.objects.filter(digest=digest_of(token))
    known = rows.values_list("id", "department__code", "scopes", "ends_at", "last_used_on")[:1]
    if not known:
        raise TokenUnknown
    [(row, department, scopes, ends_at, last_used_on)] = known
    if ends_at <= at:
        raise TokenEnded(ended_at=ends_at)
    if scope not in scopes:
        raise ScopeMissing(scope=scope)
    today = at.astimezone(UTC).date()
    if last_used_on != today:
        Token.objects.filter(pk=row).update(last_used_on=today)
    return str(department)
