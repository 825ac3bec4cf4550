"""What plans of lines do beside saying: somebody is asked to come, and a line that nobody has any more ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings

from ligneclaire.contracts.rules import numbers
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.flow.engine import Moved
from ligneclaire.flow.queries import steps
from ligneclaire.flow.states import JourneyState, Turn
from ligneclaire.journeys.plans.fix_fault import FIX_FAULT
from ligneclaire.journeys.plans.move_home import MOVE_HOME
from ligneclaire.journeys.plans.new_line import NEW_LINE
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.actions.assign_resource import Named, assign_resource
from ligneclaire.network.actions.cancel_builds import cancel_builds
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.release_resource import Quarantine, release_resource
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.states import ACCESS, Condition, ResourceKind, Technology
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


def ask_elsewhere(matter: Matter, *, line: str) -> None:
    """Whoever had to come to another line of this contract comes to this one, at a time that is chosen anew.

    Whoever is on the way is let come.
    """
    for need in needs.open_of(matter.contract):
        if need.purpose is PURPOSES[matter.kind] and need.line != line:
            with suppress(TooLateToCancel):
                end_need(need=need.reference, by=SYSTEM, at=matter.at)
                _ask(matter)


def _ask_where_it_can_be_set_up(matter: Matter) -> None:
    """Nobody comes before there is a pair or a path to work on."""
    if any(lines.held_by(line.code, ACCESS[line.technology]) for line in lines.going_on(matter.contract)):
        _ask(matter)


def _ask_no_more(matter: Matter) -> None:
    """Nobody has to come any more; whoever is on the way is let come."""
    for need in needs.open_of(matter.contract):
        if need.purpose is PURPOSES[matter.kind]:
            with suppress(TooLateToCancel):
                end_need(need=need.reference, by=SYSTEM, at=matter.at)


def _wait_no_more(matter: Matter) -> None:
    """The line works: nobody has to come, and nothing has to be built but for what is asked for beside it."""
    _ask_no_more(matter)
    others = {MOVE_HOME.kind, NEW_LINE.kind} - {matter.kind}
    theirs = [one for one in steps.of([matter.customer]) if one.subject == matter.subject and one.kind in others]
    if any(one.state is JourneyState.RUNNING for one in theirs):
        return
    for line in lines.going_on(matter.contract):
        cancel_builds(line=line.code, by=SYSTEM, at=matter.at)


def _leave_wishes(matter: Matter) -> None:
    """Nobody has to come any more, and what was wished for and not built is over, but where somebody is on the way."""
    _ask_no_more(matter)
    awaited = {need.line for need in needs.open_of(matter.contract)}
    for line in lines.only_wished(matter.contract):
        if line.code not in awaited:
            _end(line, matter)


def _leave_old_line(matter: Matter) -> None:
    """The line that the customer had ends when the newest is built; the number and the boxes follow."""
    there = tuple(line for line in lines.going_on(matter.contract) if line.technology is not Technology.MOBILE)
    built = lines.with_access(there)
    if built[-1:] != there[-1:] or not built[:-1]:
        return
    old, new = built[0], built[-1]
    for resource in resources.had_by(old.code, at=matter.at):
        if _follows(resource, new):
            because = matter.contract
            release_resource(line=old.code, resource=resource, because=because, by=SYSTEM, at=matter.at)
            assign_resource(line=new.code, choice=Named(resource=resource), because=because, by=SYSTEM, at=matter.at)
    _end(old, matter)


def _follows(resource: str, line: LineCard) -> bool:
    """Boxes, and the number to a line that has none; what is faulty cannot be given."""
    card = resources.card(resource)
    assert card is not None
    follows = (
        {ResourceKind.BOX} if lines.held_by(line.code, ResourceKind.NUMBER) else {ResourceKind.BOX, ResourceKind.NUMBER}
    )
    return card.condition is Condition.USABLE and card.kind in follows


def _end(line: LineCard, matter: Matter) -> None:
    """A number that does not follow is at rest, as after a contract (TER-23)."""
    ended_on = matter.calendar.date_of(matter.at)
    again_from = numbers.reusable_from(ended_on, calendar=matter.calendar)
    rests = Quarantine(until=matter.calendar.at(again_from, time(0)))
    end_line(line=line.code, ended_on=ended_on, number_rests=rests, because=matter.contract, by=SYSTEM, at=matter.at)


DEEDS: Mapping[tuple[str, str, Turn], Callable[[Matter], None]] = {
    (MOVE_HOME.kind, "agree_visit", Turn.OPENED): _ask,
    (MOVE_HOME.kind, "prove_line", Turn.CLOSED): _ask_no_more,
    (MOVE_HOME.kind, "cut_old_line", Turn.CLOSED): _leave_old_line,
    (NEW_LINE.kind, "assign_line", Turn.CLOSED): _ask_where_it_can_be_set_up,
    (NEW_LINE.kind, "build_line", Turn.CLOSED): _ask_where_it_can_be_set_up,
    (NEW_LINE.kind, "prove_line", Turn.CLOSED): _ask_no_more,
    (FIX_FAULT.kind, "visit", Turn.OPENED): _ask,
    (FIX_FAULT.kind, "restore", Turn.CLOSED): _ask_no_more,
    **{(kind, "", turn): _ask_no_more for kind in PURPOSES for turn in (Turn.FINISHED, Turn.CANCELLED)},
    **{(kind, "", Turn.FINISHED): _wait_no_more for kind in (MOVE_HOME.kind, NEW_LINE.kind)},
    **{(kind, "", Turn.CANCELLED): _leave_wishes for kind in (MOVE_HOME.kind, NEW_LINE.kind)},
}
