"""One-time codes that somebody asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F

from ligneclaire.people.models import CallCode, Customer, OneTimeCode
from ligneclaire.people.rules.code import LIFE, code_of
from ligneclaire.people.states import ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeToSend:
    """A code that is still good, and where it goes; `person` is the first of those who may use it.

    One for a call is read out to an adviser, any other to nobody.
    """

    uuid: UUID
    code: str
    person: str
    kind: ContactKind
    destination: str
    asked_at: datetime
    is_for_call: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom a code may sign in."""

    number: str
    name: str


def to_send(uuid: UUID, *, at: datetime) -> CodeToSend | None:
    """A code as it is sent; None when it goes to nobody, or is over."""
    row = OneTimeCode.objects.filter(uuid=uuid, entered_at=None, ended_at=None, asked_at__gt=at - LIFE).first()
    if row is None:
        return _for_call(uuid, at)
    if not row.persons:
        return None
    return CodeToSend(
        uuid=row.uuid,
        code=code_of(row.uuid, key=settings.SECRET_KEY),
        person=row.persons[0],
        kind=ContactKind(row.kind),
        destination=row.destination,
        asked_at=row.asked_at,
    )


def persons_of(uuid: UUID, *, at: datetime) -> tuple[Person, ...]:
    """Whom a code may sign in now that it was typed, by number; nobody before that, and no person twice."""
    entered = OneTimeCode.objects.filter(uuid=uuid, ended_at=None, entered_at__gt=at - LIFE)
    persons = entered.values_list("persons", flat=True).first() or []
    rows = (
        Customer.objects.filter(number__in=persons)
        .select_related("survivor")
        .order_by(F("merged_into").asc(nulls_last=True))
    )
    # Who came by their own address comes as the survivor, if that is theirs as well.
    found = {row.survivor_id: Person(number=row.number, name=row.survivor.name) for row in rows}
    return tuple(found[survivor] for survivor in sorted(found))


def _for_call(uuid: UUID, at: datetime) -> CodeToSend | None:
    row = CallCode.objects.filter(uuid=uuid, passed_at=None, ended_at=None, asked_at__gt=at - LIFE).first()
    if row is None:
        return None
    return CodeToSend(
        uuid=row.uuid,
        code=code_of(row.uuid, key=settings.SECRET_KEY),
        person=row.customer_id,
        kind=ContactKind(row.kind),
        destination=row.destination,
        asked_at=row.asked_at,
        is_for_call=True,
    )
