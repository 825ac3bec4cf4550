"""A customer asks in their space that their line moves, or says that it does not work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.contracts.queries import household
from ligneclaire.facts.record import hold
from ligneclaire.flow.queries import steps
from ligneclaire.flow.queries.steps import Row
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import numbers
from ligneclaire.voice.actions.state_facts import state_facts
from ligneclaire.voice.intake import parse
from ligneclaire.voice.queries import asked
from ligneclaire.voice.queries.asked import BEGUN_BY, PLANS, SOURCE, name_of

FIXED = "fixed"


class NotTheirs(Refused):
    """The customer holds no such line at a place, not yet or no longer."""


class GoesOn(Refused):
    """A plan for it is under way: it needs not be asked for again."""


@transaction.atomic
def ask_online(*, form: UUID, asks: str, contract: str, value: Mapping[str, object], by: Actor, at: datetime) -> None:
    """State what is asked for in a form, once: the same form again is the first request."""
    mine = numbers.of(by.number)
    hold(mine)
    if asked.with_form(form):
        return
    plans = _plans(mine, contract)
    if not _is_theirs(mine, contract, at) or any(asked.has_left(_steps(one)) for one in plans):
        raise NotTheirs(contract=contract)
    if _goes_on(mine, plans, asks=asks, contract=contract):
        raise GoesOn(contract=contract)
    item = {"source": SOURCE, "id": name_of(form), "at": at.isoformat(), "contract": contract, "event": asks}
    [taken] = state_facts(items=[parse(item | {"data": dict(value)})], by=by, at=at)
    assert taken.answer is not None  # what is theirs can be stated


def _is_theirs(mine: tuple[str, ...], contract: str, at: datetime) -> bool:
    held = [one for own in household.of(mine).values() for one in own]
    return any(one.contract == contract and one.kind == FIXED and one.since <= at.date() for one in held)


def _plans(mine: tuple[str, ...], contract: str) -> list[Row]:
    subject = str(Ref("contract", contract))
    return [one for one in steps.of(mine) if one.subject == subject and one.state is not JourneyState.CANCELLED]


def _goes_on(mine: tuple[str, ...], plans: list[Row], *, asks: str, contract: str) -> bool:
    running = [one for one in plans if one.kind == PLANS[asks] and one.state is JourneyState.RUNNING]
    runs = any(asked.is_in_hand(_steps(one)) for one in running)
    return runs or any(one.contract == contract for one in asked.waiting(mine, BEGUN_BY[asks]))


def _steps(plan: Row) -> list[tuple[str, StepState]]:
    return [(step.name, step.state) for step in plan.steps]
