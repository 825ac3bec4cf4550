"""A territory with technicians, and a customer of the stories whose line does not work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ligneclaire.facts.models import Fact, Payload
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.rows import Tally
from ligneclaire.visits.actions.ask_visit import ask_visit
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import hold_slot
from ligneclaire.visits.actions.import_technicians import import_technicians
from ligneclaire.visits.queries import slots, visits
from ligneclaire.visits.queries.visits import VisitCard
from ligneclaire.visits.states import Purpose, VisitState
from ligneclaire.visits.values import Hours, NeedEntry, TechnicianEntry, Window
from network.street import NOW

PARIS = Calendar()
MONDAY, TUESDAY = date(2015, 3, 2), date(2015, 3, 3)
CUSTOMER = Actor(ActorKind.CUSTOMER, "C-4002")
ADVISER = Actor(ActorKind.ADVISER, "A-2")
FIELD = Actor(ActorKind.DEPARTMENT, "field")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = tuple(
    Hours(weekday=day, starts=time(starts), ends=time(ends))
    for day in range(1, 6)
    for starts, ends in ((8, 12), (13, 17))
)


def technicians(*names: str, territories: tuple[str, ...] = ("63",), skills: tuple[str, ...] = ("copper",)) -> None:
    """Technicians who work from Monday to Friday, 8 to 12 and 13 to 17."""
    employ(*(a_technician(name, territories=territories, skills=skills) for name in names))


def a_technician(
    number: str,
    *,
    territories: tuple[str, ...] = ("63",),
    skills: tuple[str, ...] = ("copper",),
    hours: tuple[Hours, ...] = WEEK,
    works: bool = True,
    adviser: str | None = None,
) -> TechnicianEntry:
    return TechnicianEntry(
        number=number,
        name=f"Marcel {number}",
        mobile="+33639980301",
        skills=skills,
        territories=territories,
        hours=hours,
        works=works,
        adviser=adviser,
    )


def employ(*entries: TechnicianEntry) -> dict[str, Tally]:
    return import_technicians(technicians=entries, by=SYSTEM, at=NOW)


def a_need(contract: str = "K-FIX-9", *, purpose: Purpose = Purpose.REPAIR, line: str = "", task: str = "") -> str:
    """Somebody has to come to a customer of Malintrat."""
    entry = NeedEntry(
        contract=contract,
        purpose=purpose,
        customer="C-4001" if contract == "K-FIX-7" else "C-4002",
        skill="copper",
        territory="63",
        line=line,
        place="5 RUE DU FOUR, 63510 MALINTRAT",
        task=task,
    )
    return ask_visit(need=entry, by=SYSTEM, at=NOW)


def at(hour: int, day: date = TUESDAY) -> datetime:
    return PARIS.at(day, time(hour))


def window(hour: int, day: date = TUESDAY) -> Window:
    return Window(starts=at(hour, day), ends=at(hour + 2, day))


def holds(need: str, hour: int = 8, *, day: date = TUESDAY, when: datetime = NOW) -> str:
    return hold_slot(need=need, window=window(hour, day), by=CUSTOMER, at=when)


def books(reference: str, *, when: datetime = NOW) -> None:
    book_visit(reference=reference, by=CUSTOMER, at=when)


def a_visit(hour: int = 8, *, contract: str = "K-FIX-9", line: str = "", day: date = TUESDAY) -> str:
    """A visit that is booked."""
    reference = holds(a_need(contract, line=line), hour, day=day)
    books(reference)
    return reference


def card(reference: str) -> VisitCard:
    found = visits.card(reference)
    assert found is not None
    return found


def state(reference: str) -> VisitState:
    return card(reference).state


def free_on(day: date = TUESDAY, *, to: date | None = None, skill: str = "copper", when: datetime = NOW) -> list[str]:
    """The windows that are free, each with how many can come, as they are read aloud."""
    found = slots.free(territory="63", skill=skill, from_=day, to=to or day, at=when)
    return [
        f"{one.starts.astimezone(PARIS.tz):%a %H}-{one.ends.astimezone(PARIS.tz):%H}: {one.technicians}"
        for one in found
    ]


def recorded() -> list[tuple[str, object]]:
    """What was recorded of visits, in order: kind and value."""
    rows = Fact.objects.filter(source="visits").order_by("id")
    values = dict(Payload.objects.values_list("fact_id", "value"))
    return [(row.kind, values[row.pk]) for row in rows]
