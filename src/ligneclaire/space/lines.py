"""Of which lines a customer may ask something, and what goes on for them already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ligneclaire.contracts.queries.household import Holding
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.plans.proofs import MOVE
from ligneclaire.journeys.queries import plans
from ligneclaire.journeys.queries.plans import PlanCard
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.queries import lines as network
from ligneclaire.people.queries import addressees
from ligneclaire.promises.queries import pledges
from ligneclaire.promises.rules import Pledge
from ligneclaire.space.forms.lines import Lines
from ligneclaire.space.queries import plans as going_on
from ligneclaire.space.queries.contracts import FIXED, told_ends
from ligneclaire.space.queries.plans import Plan
from ligneclaire.space.visit import Visit
from ligneclaire.voice.queries import asked
from ligneclaire.voice.queries.asked import BEGUN_BY, PLANS, AskedCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The lines that may be chosen, the plans that run for others, and what was asked and has no plan yet."""

    setting: Lines
    plans: tuple[Plan, ...]
    waiting: tuple[AskedCard, ...]
    ending: tuple[Holding, ...]
    """Lines that move nowhere, because their contract ends."""
    gone: tuple[Holding, ...]
    """Lines that another operator has, though their contract has not ended."""

    def plan_of(self, contract: str) -> Plan | None:
        """The plan that runs for a line."""
        return next((one for one in self.plans if one.contract == contract), None)


def known(here: Visit, *, asks: str) -> Known:
    """What is known of the lines of somebody who is signed in, before they are asked anything."""
    made_of = pledges.of(here.numbers)
    cards = [card for own in plans.of(here.numbers, made_of).values() for card in own]
    ours, gone = _ours_and_gone(_lines(here, made_of), cards)
    found = _in_hand(cards, here, kind=PLANS[asks])
    waiting = asked.waiting(here.numbers, BEGUN_BY[asks])
    running = {one.contract for one in found}
    ending = {one for one in here.ending if asks == MOVE} - running
    taken = running.union(ending, (one.contract for one in waiting))
    return Known(
        setting=Lines(
            today=here.today,
            calendar=here.calendar,
            country=here.house.country,
            choices=[one for one in ours if one.contract not in taken],
        ),
        plans=found,
        waiting=tuple(one for one in waiting if one.contract not in running),
        ending=tuple(one for one in ours if one.contract in ending),
        gone=tuple(gone),
    )


def _lines(here: Visit, made_of: Mapping[str, Collection[Pledge]]) -> list[Holding]:
    """The lines at a place that have begun and, as far as was told, not ended."""
    ends = told_ends(pledge for made in made_of.values() for pledge in made)
    fixed = [one for one in here.holdings if one.kind == FIXED and one.since <= here.today]
    return [one for one in fixed if ends.get(one.contract, here.today) >= here.today]


def _ours_and_gone(lines: Sequence[Holding], cards: Iterable[PlanCard]) -> tuple[list[Holding], list[Holding]]:
    standing = [card for card in cards if card.state is not JourneyState.CANCELLED]
    left = {card.subject for card in standing if asked.has_left(_steps(card))}
    gone = [one for one in lines if str(Ref("contract", one.contract)) in left]
    return [one for one in lines if one not in gone], gone


def _in_hand(cards: Iterable[PlanCard], here: Visit, *, kind: str) -> tuple[Plan, ...]:
    found = [card for card in cards if card.kind == kind and asked.is_in_hand(_steps(card))]
    return going_on.of(found, here.holdings, calendar=here.calendar)


def _steps(card: PlanCard) -> list[tuple[str, StepState]]:
    return [(step.name, step.state) for step in card.steps]


def place_of(holding: Holding, here: Visit) -> str:
    """Where a line is now: as the network knows it, as the contract says, or else at its customer's."""
    there = [one.place for one in network.of_contracts([holding.contract]) if one.until is None and one.place]
    if place := there[-1] if there else holding.place:
        return place
    [[_name, *address]] = [one.address for one in addressees.of(here.numbers[:1], on=here.today).values()]
    return ", ".join(address)
