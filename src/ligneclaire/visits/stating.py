"""How actions of this package state what became true of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.ref import Ref, uuid7
from ligneclaire.visits.facts import AT, REPAIR_AT, VISIT_CLOSED, VISIT_MISSED, WITHDRAWN
from ligneclaire.visits.models import Need, Visit
from ligneclaire.visits.states import Purpose

SOURCE = "visits"


def about(
    need: Need,
    kind: str,
    value: Mapping[str, object],
    *,
    source_id: str = "",
    effective: date | None = None,
    at: datetime,
) -> Statement:
    """A fact about the contract that needs the visit."""
    return Statement(
        source=SOURCE,
        source_id=source_id or str(uuid7(at)),
        kind=kind,
        customer=need.customer_id,
        subject=str(Ref("contract", need.contract)),
        value={**value, "purpose": need.purpose} if kind in {VISIT_CLOSED, VISIT_MISSED} else value,
        effective=effective,
        at=at,
    )


def the_time(visit: Visit, zone: ZoneInfo) -> dict[str, object]:
    """From when to when, in the operator's time."""
    ends = {"from": visit.during.lower, "to": visit.during.upper}
    return {name: end.astimezone(zone).isoformat() for name, end in ends.items()}


def told_time(visit: Visit, zone: ZoneInfo, *, at: datetime) -> Statement:
    """That somebody comes at this time: under a name of its own each time that it moves."""
    day = visit.during.lower.astimezone(zone).date()
    name = _name(visit, visit.sequence)
    kind = REPAIR_AT if visit.need.purpose == Purpose.REPAIR else AT
    return about(visit.need, kind, the_time(visit, zone), source_id=name, effective=day, at=at)


def no_more_times(visit: Visit, *, at: datetime) -> list[Statement]:
    """That none of the times holds that were stated of a visit."""
    names = [_name(visit, sequence) for sequence in range(visit.sequence + 1)]
    return [about(visit.need, WITHDRAWN, {"fact": name}, source_id=f"{name}/withdrawn", at=at) for name in names]


def record_of(visit: Visit, zone: ZoneInfo) -> dict[str, object]:
    """What our own records of a visit say."""
    return {
        "visit": visit.reference,
        "purpose": visit.need.purpose,
        "line": visit.need.line_id or "",
        "technician": visit.technician_id,
        **the_time(visit, zone),
    }


def _name(visit: Visit, sequence: int) -> str:
    return f"{visit.reference}/{sequence}"
