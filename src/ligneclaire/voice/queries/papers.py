"""Papers that go with equipment: the label that brings it back, and a receipt for every hand-over."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from ligneclaire.cases.queries import cards
from ligneclaire.channels.letter.address import postal_lines
from ligneclaire.channels.letter.label import render_label, render_receipt
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import HeldEquipment, Holding
from ligneclaire.facts.sql import named
from ligneclaire.flow.states import JourneyState, StepState
from ligneclaire.journeys.queries import plans
from ligneclaire.journeys.queries.plans import PlanCard
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.queries import addressees, operator
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.wording import papers
from ligneclaire.voice.wording.papers import HandOver

SQL = named(Path(__file__).with_suffix(".sql"))
MOST = 200
RETURN = "return_equipment"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Equipment of a contract that a department took in; `number` is the fact's."""

    number: int
    customer: str
    contract: str
    place: str
    at: datetime
    names: tuple[str, ...]


def awaited(found: Iterable[PlanCard], *, told: bool = False) -> tuple[str, ...]:
    """The contracts whose equipment has to come back, so that they have a label; or those whose customer knows."""
    return tuple(
        Ref.parse(card.subject).number
        for card in found
        if card.state is JourneyState.RUNNING
        for step in card.steps
        if step.name == RETURN and step.state in {StepState.OPEN, StepState.WAITING}
        if step.promised_on or not told
    )


def label(customers: Collection[str], contract: str, *, at: datetime) -> bytes | None:
    """The return label of a contract of a person with these numbers; None when nothing of it has to come back."""
    customer, held = _held(customers, contract)
    if held is None or contract not in awaited(plans.of([customer], {}).get(customer, ())):
        return None
    house = operator.current()
    calendar = _calendar(house)
    to = addressees.of([customer], on=calendar.date_of(at))[customer]
    made = papers.label(
        language=to.language,
        reference=_reference(customer, contract),
        sender=postal_lines(to.address),
        recipient=house.letterhead,
        contents=held.equipment,
        calendar=calendar,
        at=at,
    )
    return render_label(made)


def hand_overs(customers: Collection[str]) -> tuple[HandedOver, ...]:
    """Everything that departments took in from a person with these numbers, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(SQL["hand_overs"], {"customers": list(customers), "limit": MOST})
        return tuple(
            HandedOver(
                number=number,
                customer=customer,
                contract=Ref.parse(subject).number,
                place=place,
                at=at,
                names=tuple(map(str, json.loads(value))),
            )
            for number, customer, subject, place, at, value in cursor.fetchall()
        )


def receipt(customers: Collection[str], number: int, *, at: datetime) -> bytes | None:
    """The receipt for one hand-over as PDF; None when it is not of a person with these numbers."""
    one = next((found for found in hand_overs(customers) if found.number == number), None)
    if one is None:
        return None
    house, customer = operator.current(), one.customer
    calendar = _calendar(house)
    made = papers.receipt(
        language=addressees.of([customer], on=calendar.date_of(at))[customer].language,
        reference=_reference(customer, one.contract),
        operator=house.letterhead,
        contents=_things(one, _held([customer], one.contract)[1]),
        hand_over=HandOver(customer=customer, contract=one.contract, place=one.place, taken_by="", at=one.at),
        calendar=calendar,
    )
    return render_receipt(made)


def _held(customers: Collection[str], contract: str) -> tuple[str, Holding | None]:
    """A contract, and under which of these numbers it is."""
    of_all = household.of(customers).items()
    found = ((own, one) for own, held in of_all for one in held if one.contract == contract)
    return next(found, ("", None))


def _things(one: HandedOver, held: Holding | None) -> tuple[HeldEquipment, ...]:
    """What was handed over, with the serial numbers that we know; a thing may be named by its number."""
    lent = held.equipment if held else ()
    known = {name.casefold(): thing for thing in lent for name in (thing.kind, thing.serial)}
    return tuple(known.get(name.casefold(), HeldEquipment(kind=name, serial="")) for name in one.names)


def _reference(customer: str, contract: str) -> str:
    subject = str(Ref("contract", contract))
    return next((case.survivor for case in cards.of(customer) if case.subject == subject), contract)


def _calendar(house: OperatorCard) -> Calendar:
    return house.calendar
