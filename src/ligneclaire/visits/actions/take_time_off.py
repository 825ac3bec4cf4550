"""A technician does not work for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from psycopg.types.range import TimestamptzRange

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.visits.models import Technician, TimeOff, Visit
from ligneclaire.visits.states import TO_COME
from ligneclaire.visits.values import Window


class NoSuchTechnician(Refused):
    """Nobody has this number."""


class OffAlready(Refused):
    """Part of that time is taken off already."""


@transaction.atomic
def take_time_off(*, technician: str, window: Window, by: Actor, at: datetime) -> tuple[str, ...]:
    """Return the visits to come in that time, which somebody has to move; the same again changes nothing."""
    row = Technician.objects.select_for_update().filter(number=technician).first()
    if row is None:
        raise NoSuchTechnician(technician=technician)
    during = TimestamptzRange(window.starts, window.ends)
    known = TimeOff.objects.filter(technician=row, during__overlap=during).first()
    if known and known.during != during:
        raise OffAlready(technician=technician, starts=known.during.lower, ends=known.during.upper)
    if not known:
        TimeOff.objects.create(technician=row, during=during, changed_by=str(by), changed_at=at)
    clash = Visit.objects.filter(technician=row, during__overlap=during, state__in=TO_COME)
    return tuple(clash.order_by("during").values_list("reference", flat=True))
