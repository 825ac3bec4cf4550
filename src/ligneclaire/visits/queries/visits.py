"""Visits: one, those of contracts, and the day of a technician."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet
from psycopg.types.range import TimestamptzRange

from ligneclaire.kernel.calendar import ONE_DAY
from ligneclaire.network.models import Assignment
from ligneclaire.network.states import AT_A_SITE, ResourceKind
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.queries import operator
from ligneclaire.people.states import ContactKind
from ligneclaire.visits.models import Visit
from ligneclaire.visits.states import TO_COME, MissedBy, Purpose, VisitState

NEEDED = ("need__customer__survivor", "need__line", "technician")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCard:
    """Somebody comes, came or should have come to a customer; `customer` is the number under which it was asked."""

    reference: str
    need: str
    contract: str
    customer: str
    line: str
    place: str
    purpose: Purpose
    task: str
    technician: str
    technician_name: str
    starts: datetime
    ends: datetime
    state: VisitState
    held_until: datetime | None
    sequence: int
    changed_at: datetime
    result: str
    resource: str
    none_because: str
    missed_by: MissedBy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A visit as whoever makes it needs it: to whom, how to reach them, what the records expect to be in use there."""

    visit: VisitCard
    name: str
    mobile: str
    number: str
    """The number of the line, if it has one."""
    expected: str
    """The pair, port or path that the line has in the records."""


def card(reference: str) -> VisitCard | None:
    """A visit by its reference."""
    return next(iter(_cards(Visit.objects.filter(reference=reference))), None)


def of_contracts(contracts: Collection[str]) -> tuple[VisitCard, ...]:
    """All that these contracts had and have, without what is only held, by time."""
    return _cards(Visit.objects.filter(need__contract__in=contracts).exclude(state=VisitState.HELD))


def of_need(need: str) -> tuple[VisitCard, ...]:
    """All that was held, booked or made for a need, by time."""
    return _cards(Visit.objects.filter(need__reference=need))


def to_come_on(day: date) -> tuple[VisitCard, ...]:
    """Who is visited on a day, by time: for whoever reminds them."""
    return _cards(Visit.objects.filter(state__in=TO_COME, during__overlap=_span(day)))


def of_technician(number: str, day: date) -> tuple[Stop, ...]:
    """The day of a technician in its order: what is to come, and what was made or missed."""
    rows = Visit.objects.filter(technician__number=number, during__overlap=_span(day)).exclude(
        state__in=[VisitState.HELD, VisitState.CANCELLED]
    )
    return stops(rows)


def stop(reference: str) -> Stop | None:
    """One visit as whoever makes it needs it."""
    return next(iter(stops(Visit.objects.filter(reference=reference))), None)


def stops(rows: QuerySet[Visit]) -> tuple[Stop, ...]:
    """Visits with what their technician has to know, in three queries."""
    found = list(rows.select_related(*NEEDED).order_by("during", "id"))
    held = _held([row.need.line_id for row in found if row.need.line_id])
    points = ContactPoint.objects.filter(
        kind=ContactKind.MOBILE, customer__number__in={row.need.customer.survivor_id for row in found}
    )
    mobiles = dict(points.values_list("customer__number", "value"))
    return tuple(
        Stop(
            visit=_card(row),
            name=row.need.customer.survivor.name,
            mobile=mobiles.get(row.need.customer.survivor_id, ""),
            number=held.get((row.need.line_id or "", True), ""),
            expected=held.get((row.need.line_id or "", False), ""),
        )
        for row in found
    )


def _held(lines: Collection[str]) -> dict[tuple[str, bool], str]:
    """What lines have, by line and whether it is their number."""
    rows = Assignment.objects.filter(
        line__code__in=lines, kind__in=[*AT_A_SITE, ResourceKind.NUMBER], during__upper_inf=True
    )
    return {
        (line, kind == ResourceKind.NUMBER): resource
        for line, kind, resource in rows.order_by("during").values_list("line__code", "kind", "resource__code")
    }


def _span(day: date) -> TimestamptzRange:
    calendar = operator.current().calendar
    return TimestamptzRange(calendar.at(day, time()), calendar.at(day + ONE_DAY, time()))


def _cards(rows: QuerySet[Visit]) -> tuple[VisitCard, ...]:
    return tuple(_card(row) for row in rows.select_related(*NEEDED).order_by("during", "id"))


def _card(row: Visit) -> VisitCard:
    need = row.need
    return VisitCard(
        reference=row.reference,
        need=need.reference,
        contract=need.contract,
        customer=need.customer_id,
        line=need.line_id or "",
        place=(need.line.place if need.line else "") or need.place,
        purpose=Purpose(need.purpose),
        task=need.task,
        technician=row.technician_id,
        technician_name=row.technician.name,
        starts=row.during.lower,
        ends=row.during.upper,
        state=VisitState(row.state),
        held_until=row.held_until,
        sequence=row.sequence,
        changed_at=row.changed_at,
        result=row.result,
        resource=row.resource_id or "",
        none_because=row.none_because,
        missed_by=MissedBy(row.missed_by) if row.missed_by else None,
    )
