"""What the page of a visit shows, gathered before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.contracts.queries import household
from ligneclaire.contracts.rules.compensation import missed_appointment
from ligneclaire.kernel.money import Money
from ligneclaire.network.queries import differences, lines, resources, sites
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.queries.resources import Holding
from ligneclaire.people.queries import operator
from ligneclaire.visits.queries import visits
from ligneclaire.visits.queries.visits import Stop, VisitCard
from ligneclaire.visits.states import TO_COME, MissedBy, Purpose, VisitState

OFFERED = 50  # of a site, to choose from
CONNECTING = (Purpose.MOVE, Purpose.NEW_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What the records said before a visit, "" for nothing, and what they say since."""

    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due, at least, for a visit of a port or a switch to which none of us came: for how many days."""

    amount: Money
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitScreen:
    """A visit, with what can be chosen while it is to come, and what came of it afterwards."""

    stop: Stop
    expected: str
    offered: tuple[str, ...]
    corrected: Corrected | None
    asked_by: date | None
    """By when somebody looks at what another customer would lose."""
    due: Due | None

    @property
    def is_to_come(self) -> bool:
        """Whether it can be closed."""
        return self.stop.visit.state in TO_COME


def of(stop: Stop, *, for_adviser: bool, at: datetime) -> VisitScreen:
    """All about a visit; what is due to the customer is for those who serve them."""
    line = _line(stop.visit)
    had = resources.of_line(line.code) if line else ()
    return VisitScreen(
        stop=stop,
        expected=stop.expected,
        offered=_offered(stop, line, at=at),
        corrected=_corrected(stop.visit, had),
        asked_by=_asked_by(stop.visit, had),
        due=_due(stop.visit, at=at) if for_adviser else None,
    )


def _offered(stop: Stop, line: LineCard | None, *, at: datetime) -> tuple[str, ...]:
    """What can be chosen while a visit is to come: what is expected, then what is free there."""
    if stop.visit.state not in TO_COME:
        return ()
    site, expected = _site(line, stop.expected), [stop.expected] if stop.expected else []
    free = sites.free(site, at=at, limit=OFFERED) if site else ()
    return (*expected, *(one.code for one in free))


def _line(visit: VisitCard) -> LineCard | None:
    """The line of a visit, or the newest that its contract has had since it was asked for."""
    if visit.line:
        return lines.card(visit.line)
    there = [line for line in lines.of_contracts([visit.contract]) if line.until is None]
    return there[-1] if there else None


def _site(line: LineCard | None, expected: str) -> str:
    """Where the line hangs, or else where what it has comes from."""
    if line and line.site:
        return line.site
    card = resources.card(expected) if expected else None
    return card.site if card else ""


def _has(resource: str, had: tuple[Holding, ...]) -> bool:
    return any(one.resource == resource and one.until is None for one in had)


def _asked_by(visit: VisitCard, had: tuple[Holding, ...]) -> date | None:
    """Until a difference about what was used is settled, the day by which somebody looks at it."""
    if not visit.resource or _has(visit.resource, had):
        return None
    return next((one.due_on for one in differences.of_resource(visit.resource)), None)


def _corrected(visit: VisitCard, had: tuple[Holding, ...]) -> Corrected | None:
    given = [one for one in had if one.resource == visit.resource and one.because == visit.reference]
    if not given:
        return None
    before = [one.resource for one in had if one.kind is given[-1].kind and one.until == given[-1].since]
    return Corrected(before=before[-1] if before else "", now=visit.resource)


def _due(visit: VisitCard, *, at: datetime) -> Due | None:
    """A share of the price for each day, from the day of the visit until somebody came, or until now."""
    if visit.missed_by is not MissedBy.OPERATOR or visit.purpose not in CONNECTING:
        return None
    held = [one for one in household.of([visit.customer])[visit.customer] if one.contract == visit.contract]
    if not held:
        return None
    calendar = operator.current().calendar
    came = [one.starts for one in visits.of_need(visit.need) if one.state is VisitState.DONE]
    missed_on = calendar.date_of(visit.starts)
    days = max(1, (calendar.date_of(came[0] if came else at) - missed_on).days)
    return Due(amount=missed_appointment(held[0].price, days, on=missed_on, country=calendar.country), days=days)
