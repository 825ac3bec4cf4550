"""Bring technicians in line with an outside list: what they can do, where and when they work."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.kernel.rows import Tally, upsert
from ligneclaire.visits.models import Area, Technician, WorkingHours
from ligneclaire.visits.rules.week import overlapping
from ligneclaire.visits.values import TechnicianEntry

Key = TypeVar("Key", bound=Hashable)
HOURS = ("technician__number", "weekday", "starts", "ends", "minutes")


class HoursOverlap(Refused):
    """Somebody cannot work twice at the same time."""


@transaction.atomic
def import_technicians(*, technicians: Sequence[TechnicianEntry], by: Actor, at: datetime) -> dict[str, Tally]:
    """Import technicians; who is not listed stays, and whoever is listed works exactly as listed from then on.

    What is booked stays booked. Raises `HoursOverlap`.
    """
    for row in technicians:
        if twice := overlapping(row.hours):
            raise HoursOverlap(technician=row.number, weekday=twice.weekday, starts=twice.starts)
    if not technicians:
        return {"technicians": Tally(), "areas": Tally(), "hours": Tally()}
    return {
        "technicians": upsert(Technician, [_technician(row) for row in technicians], key=["number"], by=by, at=at),
        "areas": _areas(technicians),
        "hours": _hours(technicians),
    }


def _technician(row: TechnicianEntry) -> dict[str, object]:
    return {
        "number": row.number,
        "name": row.name,
        "mobile": row.mobile,
        "skills": row.skills,
        "adviser_id": row.adviser,
        "works": row.works,
    }


def _areas(technicians: Sequence[TechnicianEntry]) -> Tally:
    listed = {(row.number, territory) for row in technicians for territory in row.territories}
    theirs = Area.objects.filter(technician__number__in=[row.number for row in technicians])
    kept = {
        (technician, territory): pk
        for technician, territory, pk in theirs.values_list("technician__number", "territory__code", "pk")
    }
    new, gone, tally = _compared(listed, kept)
    Area.objects.filter(pk__in=gone).delete()
    Area.objects.bulk_create(Area(technician_id=technician, territory_id=territory) for technician, territory in new)
    return tally


def _hours(technicians: Sequence[TechnicianEntry]) -> Tally:
    listed = {(row.number, one.weekday, one.starts, one.ends, one.minutes) for row in technicians for one in row.hours}
    theirs = WorkingHours.objects.filter(technician__number__in=[row.number for row in technicians])
    kept = {
        (technician, weekday, starts, ends, minutes): pk
        for technician, weekday, starts, ends, minutes, pk in theirs.values_list(*HOURS, "pk")
    }
    new, gone, tally = _compared(listed, kept)
    WorkingHours.objects.filter(pk__in=gone).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(technician_id=technician, weekday=weekday, starts=starts, ends=ends, minutes=minutes)
        for technician, weekday, starts, ends, minutes in new
    )
    return tally


def _compared(listed: Collection[Key], kept: Mapping[Key, int]) -> tuple[list[Key], list[int], Tally]:
    new = [one for one in listed if one not in kept]
    gone = [pk for one, pk in kept.items() if one not in listed]
    return new, gone, Tally(new=len(new), same=len(listed) - len(new), removed=len(gone))
