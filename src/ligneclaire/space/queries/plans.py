"""What goes on for a customer: plans as they were told, with what can be done about each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ligneclaire.contracts.queries.household import Holding
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.effects_of_moving import PURPOSES
from ligneclaire.journeys.plans.line import RESTORED_BY, WORKS_ON
from ligneclaire.journeys.plans.move_home import MOVE_HOME
from ligneclaire.journeys.queries.plans import PlanCard
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.space import words
from ligneclaire.visits.queries import links, needs, visits
from ligneclaire.visits.queries.visits import VisitCard
from ligneclaire.visits.states import TO_COME
from ligneclaire.voice.queries import asked, papers
from ligneclaire.voice.wording.plans import DrawnPlan, for_customer

WORKS_BY = (WORKS_ON, RESTORED_BY)  # of the step that is over when the line works


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Somebody has to come: where a time is chosen, and from when to when they come if one is booked."""

    path: str
    starts: datetime | None
    ends: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan under way, drawn; `label_for` is the contract whose equipment has to come back, if any."""

    kind: str
    contract: str
    drawn: DrawnPlan
    label_for: str
    appointments: tuple[Appointment, ...]
    can_be_taken_back: bool
    """A move whose new line does not work yet."""


def of(found: Sequence[PlanCard], held: Sequence[Holding], *, calendar: Calendar) -> tuple[Plan, ...]:
    """Those of these plans that run, in their order."""
    running = [card for card in found if card.state is JourneyState.RUNNING]
    names = offers(held)
    booked = _booked([_contract(card) for card in running if card.kind in PURPOSES])
    language = words.language()
    return tuple(
        Plan(
            kind=card.kind,
            contract=_contract(card),
            drawn=for_customer(card, contract=names.get(card.subject, ""), calendar=calendar, language=language),
            label_for=next(iter(papers.awaited([card], told=True)), ""),
            appointments=_appointments(card, booked) if card.kind in PURPOSES else (),
            can_be_taken_back=card.kind == MOVE_HOME.kind
            and asked.is_in_hand((step.name, step.state) for step in card.steps),
        )
        for card in running
    )


def offers(held: Sequence[Holding]) -> dict[str, str]:
    """What each contract is called, by the subject that it is."""
    return {f"contract:{holding.contract}": holding.offer_name for holding in held}


def _contract(card: PlanCard) -> str:
    return Ref.parse(card.subject).number


def _booked(contracts: Collection[str]) -> Mapping[str, VisitCard]:
    """The visit to come of each need."""
    if not contracts:
        return {}
    return {card.need: card for card in visits.of_contracts(contracts) if card.state in TO_COME}


def _appointments(card: PlanCard, booked: Mapping[str, VisitCard]) -> tuple[Appointment, ...]:
    """Those of this plan that are booked, or can be chosen as long as the line does not work."""
    works = any(step.tells in WORKS_BY and step.state is StepState.DONE for step in card.steps)
    return tuple(
        Appointment(
            path=links.path(need.reference),
            starts=booked[need.reference].starts if need.reference in booked else None,
            ends=booked[need.reference].ends if need.reference in booked else None,
        )
        for need in needs.open_of(_contract(card))
        if need.purpose is PURPOSES[card.kind] and (not works or need.reference in booked)
    )
