"""Somebody wants to sign in and says who they are; whether we know them shows nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import OneTimeCode
from ligneclaire.people.queries import operator, recognised
from ligneclaire.people.queries.recognised import Recognised
from ligneclaire.people.rules.code import (
    ADDRESS_WINDOW,
    MOST_FOR_A_PERSON,
    MOST_FROM_AN_ADDRESS,
    PERSONS_WINDOW,
    home_of,
    trace_of,
)

KEPT = timedelta(days=1)
CLEARED_AT_ONCE = 100


class TooManyCodes(Refused):
    """Too many codes were asked for this name or from this address; `until` is when the next one may be."""

    @property
    def until(self) -> datetime:
        """When asking again makes sense."""
        until = self.values["until"]
        assert isinstance(until, datetime)
        return until


@transaction.atomic
def ask_code(*, typed: str, address: str, by: Actor, at: datetime) -> UUID:
    """Write down that a code was asked for, in place of an earlier one; the same is done for strangers.

    Limits on what was typed and on where it came from are refusals that a stranger meets as well. That a person was
    written to too often by different names would tell who is who: then the code is nobody's, and nothing is said.
    """
    region, key = operator.current().country, settings.SECRET_KEY
    what = trace_of(recognised.same_text(typed, region=region), key=key)
    where = trace_of(home_of(address), key=key)
    known = recognised.by(typed, region=region, at=at)
    persons = known.persons if known else ()
    _one_at_a_time([where, what, *(trace_of(person, key=key) for person in persons)])
    _check(Q(address=where), most=MOST_FROM_AN_ADDRESS, within=ADDRESS_WINDOW, at=at)
    _check(Q(typed=what), most=MOST_FOR_A_PERSON, within=PERSONS_WINDOW, at=at)
    recent = OneTimeCode.objects.filter(persons__overlap=list(persons), asked_at__gt=at - PERSONS_WINDOW)
    allowed = known if recent.count() < MOST_FOR_A_PERSON else None
    OneTimeCode.objects.filter(_earlier(what, allowed), ended_at=None).update(ended_at=at)
    code = OneTimeCode.objects.create(
        uuid=uuid7(at),
        typed=what,
        address=where,
        persons=list(allowed.persons) if allowed else [],
        kind=allowed.kind if allowed else "",
        destination=allowed.destination if allowed else "",
        asked_at=at,
    )
    _clear(at)
    return code.uuid


def _one_at_a_time(traces: Iterable[bytes]) -> None:
    locks = sorted({int.from_bytes(trace[:8], signed=True) for trace in traces})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(one) FROM unnest(%s::bigint[]) AS one", [locks])


def _check(same: Q, *, most: int, within: timedelta, at: datetime) -> None:
    asked = OneTimeCode.objects.filter(same, asked_at__gt=at - within).order_by("-asked_at")
    times = list(asked.values_list("asked_at", flat=True)[:most])
    if len(times) == most:
        raise TooManyCodes(until=times[-1] + within)


def _earlier(what: bytes, known: Recognised | None) -> Q:
    return Q(typed=what) | Q(persons__overlap=list(known.persons) if known else [])


def _clear(at: datetime) -> None:
    """Forget what no limit looks at any more, a little at a time."""
    old = OneTimeCode.objects.filter(asked_at__lt=at - KEPT).select_for_update(skip_locked=True)
    OneTimeCode.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:CLEARED_AT_ONCE])).delete()
