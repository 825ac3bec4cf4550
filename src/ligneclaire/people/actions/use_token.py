"""A program shows a token and wants to do something."""

from __future__ import annotations

from datetime import UTC, datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.models import Token
from ligneclaire.people.rules.token import digest_of

KNOWN = "SELECT id, department_id, scopes, ends_at, last_used_on FROM people_token WHERE digest = %(digest)s"


class TokenUnknown(Refused):
    """Nobody has this token, or it was taken back."""


class TokenEnded(Refused):
    """The token held until then."""


class ScopeMissing(Refused):
    """The token does not let do this."""


def use_token(*, token: str, scope: Scope, by: Actor, at: datetime) -> str:
    """Return the department for which this token lets do this, and remember the day on which it was last used."""
    with prepared() as cursor:
        cursor.execute(KNOWN, {"digest": digest_of(token)})
        known = cursor.fetchone()
    if known is None:
        raise TokenUnknown
    row, department, scopes, ends_at, last_used_on = known
    if ends_at <= at:
        raise TokenEnded(ended_at=ends_at)
    if scope not in scopes:
        raise ScopeMissing(scope=scope)
    today = at.astimezone(UTC).date()
    if last_used_on != today:
        Token.objects.filter(pk=row).update(last_used_on=today)
    return str(department)
