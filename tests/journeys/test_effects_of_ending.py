"""A contract ends: its number rests, its pair is free for others, its line is over, whoever looks and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from journeys.contract import Contract
from ligneclaire import law
from ligneclaire.facts.models import Fact, Payload
from ligneclaire.facts.record import wake_all
from ligneclaire.flow.engine import Journey, Line, Moved
from ligneclaire.flow.models import Journey as Kept
from ligneclaire.flow.states import StepState, Turn
from ligneclaire.journeys.effects_of_ending import end_lines
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import Named, assign_resource
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.states import ResourceKind, Use
from ligneclaire.network.values import ResourceEntry
from world import World

pytestmark = pytest.mark.django_db
ROUSSEL, FIXED = "C-4001", "K-FIX-7"
PAIR, NUMBER = "63000-A1-104", "+33465710401"
LONG_AGO = datetime.fromisoformat("2014-01-01T00:00:00+01:00")
ASKED_AT = datetime.fromisoformat("2015-02-10T09:00:00+01:00")
OVER_AT = datetime.fromisoformat("2015-02-21T00:00:00+01:00")


@pytest.fixture
def world() -> World:
    """Mme Roussel's line in town has its pair and its number."""
    world = World()
    import_network(resources=[ResourceEntry(code=NUMBER, kind=ResourceKind.NUMBER)], by=SYSTEM, at=LONG_AGO)
    assign_resource(line=FIXED, choice=Named(resource=NUMBER), because="order", by=SYSTEM, at=LONG_AGO)
    world.it_is(ASKED_AT)
    return world


def asked(world: World) -> None:
    world.department("space").passes_on("termination.requested", of=FIXED, received_by="online")


def had(resource: str) -> list[tuple[Use, str, datetime | None]]:
    return [(one.use, one.line, one.until) for one in resources.history(resource)]


def released() -> list[tuple[str, datetime]]:
    rows = Fact.objects.filter(kind="network.released", customer=ROUSSEL).order_by("id")
    said = {row.pk: Payload.objects.get(fact=row).value for row in rows}
    return sorted((str(value["resource"]), row.recorded_at) for row in rows if isinstance(value := said[row.pk], dict))


def until() -> date | None:
    card = lines.card(FIXED)
    assert card is not None
    return card.until


def test_until_the_last_day_is_over_nothing_is_taken_back(world: World) -> None:
    asked(world)

    world.it_is("2015-02-20 23:59")

    assert (had(PAIR)[-1], had(NUMBER)[-1]) == ((Use.HELD, FIXED, None), (Use.HELD, FIXED, None))
    assert (released(), until()) == ([], None)


def test_at_the_end_the_number_rests_forty_five_days_and_the_pair_is_free(world: World) -> None:  # TER-23
    asked(world)

    world.it_is("2015-02-21 08:00")

    assert had(NUMBER) == [
        (Use.HELD, FIXED, OVER_AT),
        (Use.QUARANTINE, "", datetime.fromisoformat("2015-04-06T00:00:00+02:00")),
    ]
    assert had(PAIR)[-1] == (Use.HELD, FIXED, OVER_AT)
    assert until() == date(2015, 2, 20)
    assert released() == [(NUMBER, OVER_AT), (PAIR, OVER_AT)]
    assert {stage.state for stage in world.customer(ROUSSEL).plan() if stage.step == "release_line"} == {"done"}


def test_a_worker_that_comes_days_later_says_the_same_instants(world: World) -> None:
    asked(world)

    world.it_is("2015-03-10 08:00")

    assert released() == [(NUMBER, OVER_AT), (PAIR, OVER_AT)]


def test_who_is_looked_at_again_loses_nothing_twice(world: World) -> None:
    asked(world)
    world.it_is("2015-02-21 08:00")
    before = (had(NUMBER), had(PAIR), released(), until())

    wake_all(at=datetime.fromisoformat("2015-02-22T08:00:00+01:00"))
    world.department("space").passes_on("termination.requested", of=FIXED, received_by="online")
    world.it_is("2015-02-23 08:00")

    assert (had(NUMBER), had(PAIR), released(), until()) == before


def test_a_number_that_went_along_to_another_operator_is_given_to_nobody(world: World) -> None:
    world.department("third-party-operators").states(
        "line.taken_over_by", "Autre Opérateur", of=FIXED, effective="2015-02-18"
    )

    world.it_is("2015-02-18 08:00")

    taken_at = datetime.fromisoformat("2015-02-18T00:00:00+01:00")
    assert had(NUMBER) == [(Use.HELD, FIXED, taken_at), (Use.TAKEN, "", None)]
    assert had(PAIR)[-1] == (Use.HELD, FIXED, taken_at)
    assert until() == date(2015, 2, 17)


def moved(*, subject: str, customer: str = ROUSSEL, then: StepState = StepState.DONE) -> Moved:
    """A plan whose step was closed at its instant, and stands as it does then."""
    contract = Contract().it_is("2015-02-10 09:00").asks_to_leave()
    contract.look()
    row = replace(contract.step("release_line"), state=then, closed_at=OVER_AT if then is StepState.DONE else None)
    journey = Journey(
        uuid=UUID(int=1),
        kind="termination",
        version=1,
        customer=customer,
        subject=subject,
        trigger="space/1",
        started_at=ASKED_AT,
        steps=(row,),
    )
    log = (Line(at=OVER_AT + timedelta(hours=1), turn=Turn.CLOSED, step="release_line"),)
    return Moved(journey=journey, untouched=frozenset(), sayings=(), lines=log)


def test_what_was_closed_and_opened_again_in_one_look_was_closed_when_it_was_seen(world: World) -> None:
    ended = end_lines([moved(subject=f"contract:{FIXED}", then=StepState.OPEN)], calendar=law.FRANCE)

    assert (ended, until()) == (frozenset({ROUSSEL}), date(2015, 2, 21))
    assert not Kept.objects.exists()


def test_the_line_of_somebody_else_is_left_alone(world: World) -> None:
    assert end_lines([moved(subject=f"contract:{FIXED}", customer="C-4002")], calendar=law.FRANCE) == frozenset()
    assert (had(PAIR)[-1], until()) == ((Use.HELD, FIXED, None), None)
