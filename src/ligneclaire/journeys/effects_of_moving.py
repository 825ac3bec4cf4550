"""What plans of lines do beside saying: somebody is asked to come, and an old line ends when the new one works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.flow.engine import Moved
from ligneclaire.flow.states import Turn
from ligneclaire.journeys.plans.fix_fault import FIX_FAULT
from ligneclaire.journeys.plans.move_home import MOVE_HOME
from ligneclaire.journeys.plans.new_line import NEW_LINE
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.actions.assign_resource import Named, assign_resource
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.release_resource import TakenAlong, release_resource
from ligneclaire.network.queries import lines
from ligneclaire.network.states import ACCESS, ResourceKind
from ligneclaire.visits.actions.ask_visit import ask_visit
from ligneclaire.visits.actions.cancel_visit import TooLateToCancel
from ligneclaire.visits.actions.end_need import end_need
from ligneclaire.visits.queries import links, needs
from ligneclaire.visits.states import Purpose

PURPOSES = {MOVE_HOME.kind: Purpose.MOVE, NEW_LINE.kind: Purpose.NEW_LINE, FIX_FAULT.kind: Purpose.REPAIR}
TO_CHOOSE = "visit.to_choose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A plan of a contract, at the instant at which it went on."""

    kind: str
    subject: str
    customer: str
    at: datetime
    calendar: Calendar

    @property
    def contract(self) -> str:
        """The number of the contract."""
        return Ref.parse(self.subject).number


def follow_plans(moved: Iterable[Moved], *, calendar: Calendar) -> frozenset[str]:
    """Do what the steps that opened or closed ask for; return the customers of whom something was recorded."""
    touched = set()
    for one in moved:
        journey = one.journey
        for line in one.lines:
            deed = DEEDS.get((journey.kind, line.step, line.turn))
            if deed is None:
                continue
            deed(
                Matter(
                    kind=journey.kind,
                    subject=journey.subject,
                    customer=journey.customer,
                    at=line.at,
                    calendar=calendar,
                )
            )
            touched.add(journey.customer)
    return frozenset(touched)


def _ask(matter: Matter) -> None:
    """Ask for a visit, and let the customer choose when."""
    need = needs.of_contract(matter.contract, PURPOSES[matter.kind])
    if need is None:
        return
    reference = ask_visit(need=need, by=SYSTEM, at=matter.at)
    if settings.SITE:
        link = f"{settings.SITE}{links.path(reference)}"
        chosen = Statement(
            source="visits",
            source_id=f"{reference}/link",
            kind=TO_CHOOSE,
            customer=matter.customer,
            subject=matter.subject,
            value=link,
            effective=None,
            at=matter.at,
        )
        record([chosen], by=SYSTEM, at=matter.at)


def _ask_where_it_can_be_set_up(matter: Matter) -> None:
    """Nobody comes before there is a pair or a path to work on."""
    there = [line for line in lines.of_contracts([matter.contract]) if line.until is None]
    if any(lines.held_by(line.code, ACCESS[line.technology]) for line in there):
        _ask(matter)


def _ask_no_more(matter: Matter) -> None:
    """Nobody has to come any more; whoever is on the way is let come."""
    for need in needs.open_of(matter.contract):
        if need.purpose is PURPOSES[matter.kind]:
            with suppress(TooLateToCancel):
                end_need(need=need.reference, by=SYSTEM, at=matter.at)


def _leave_old_line(matter: Matter) -> None:
    """The number follows to the newest line; the others of the contract end."""
    *old, new = (line for line in lines.of_contracts([matter.contract]) if line.until is None)
    for line in old:
        if number := lines.held_by(line.code, ResourceKind.NUMBER):
            because = matter.contract
            release_resource(line=line.code, resource=number, because=because, by=SYSTEM, at=matter.at)
            assign_resource(line=new.code, choice=Named(resource=number), because=because, by=SYSTEM, at=matter.at)
        end_line(
            line=line.code,
            ended_on=matter.calendar.date_of(matter.at),
            number_rests=TakenAlong(),
            because=matter.contract,
            by=SYSTEM,
            at=matter.at,
        )


DEEDS: Mapping[tuple[str, str, Turn], Callable[[Matter], None]] = {
    (MOVE_HOME.kind, "agree_visit", Turn.OPENED): _ask,
    (MOVE_HOME.kind, "cut_old_line", Turn.CLOSED): _leave_old_line,
    (NEW_LINE.kind, "assign_line", Turn.CLOSED): _ask_where_it_can_be_set_up,
    (NEW_LINE.kind, "build_line", Turn.CLOSED): _ask_where_it_can_be_set_up,
    (FIX_FAULT.kind, "visit", Turn.OPENED): _ask,
    **{(kind, "", turn): _ask_no_more for kind in PURPOSES for turn in (Turn.FINISHED, Turn.CANCELLED)},
}
