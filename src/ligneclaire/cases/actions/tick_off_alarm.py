"""A supervisor found out why somebody opened very many records."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.models import AlarmNote
from ligneclaire.cases.queries import reads
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import advisers


class AlarmUnexplained(Refused):
    """Whoever ticks off an alarm says what they found out."""


class NoAlarm(Refused):
    """There is no such alarm any more: somebody was faster, or it was reached again since."""


class OwnAlarm(Refused):
    """Nobody ticks off what is asked about themselves."""


@transaction.atomic
def tick_off_alarm(*, adviser: str, reached_at: datetime, note: str, by: Actor, at: datetime) -> None:
    """Tick off the alarm that stands of an adviser; readings after it raise it anew."""
    refuse_unless(by, may=Right.OVERSEE)
    if not note.strip():
        raise AlarmUnexplained(adviser=adviser)
    if by.number == adviser:
        raise OwnAlarm(adviser=adviser)
    advisers.locked(adviser)
    if (adviser, reached_at) not in {(alarm.adviser, alarm.at) for alarm in reads.alarms(at=at)}:
        raise NoAlarm(adviser=adviser, reached_at=reached_at)
    AlarmNote.objects.create(adviser_id=adviser, reached_at=reached_at, note=note.strip(), by=str(by), at=at)
