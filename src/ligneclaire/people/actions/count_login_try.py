"""Count that somebody tries to log in, before the password is looked at, or the identity provider asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import LoginTries
from ligneclaire.people.rules.tries import LIMITS, WINDOW, keys_of

# One statement: of many who try at once, in whatever process, each is counted.
COUNT = """
    INSERT INTO people_logintries AS known (key, tries, since) VALUES (%(key)s, 1, %(at)s)
    ON CONFLICT (key) DO UPDATE SET
      tries = CASE WHEN known.since > %(over)s THEN known.tries + 1 ELSE 1 END,
      since = CASE WHEN known.since > %(over)s THEN known.since ELSE EXCLUDED.since END
    RETURNING tries, since
"""


class TooManyTries(Refused):
    """Too many tries with this user name or from this address; `after` says how long to wait."""

    def __init__(self, *, after: timedelta) -> None:
        super().__init__(after=after)
        self.after = after


@transaction.atomic
def count_login_try(*, username: str | None, address: str, by: Actor, at: datetime) -> None:
    """Count a try for the user name, if one is said, and for the address; refused where one has had too many."""
    _forget_old(at)
    for kind, key in keys_of(username=username, address=address).items():
        tries, since = _count(key, at)
        if tries > LIMITS[kind]:
            raise TooManyTries(after=since + WINDOW - at)


def _forget_old(at: datetime) -> None:
    old = LoginTries.objects.select_for_update(skip_locked=True).filter(since__lte=at - WINDOW)
    LoginTries.objects.filter(pk__in=old.values("pk")).delete()


def _count(key: str, at: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "at": at, "over": at - WINDOW})
        tries, since = cursor.fetchone()
    return tries, since
