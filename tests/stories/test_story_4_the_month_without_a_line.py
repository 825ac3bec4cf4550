"""A line cut an hour after the request, a month of answers, and a pair that was given to a neighbour years later."""

from __future__ import annotations

import pytest

from ligneclaire.cases.queries import cards
from ligneclaire.flow.models import Step
from ligneclaire.network.models import BuildOrder
from ligneclaire.network.queries import differences, lines, resources
from world import Customer, World

pytestmark = pytest.mark.django_db

SEPTEMBER = {"period": ["2004-09-06", "2004-09-30"], "amount": {"amount": "30.00", "currency": "EUR"}}
OCTOBER = {"period": ["2004-10-01", "2004-10-08"], "amount": {"amount": "9.30", "currency": "EUR"}}
BILL = {"period": ["2004-09-01", "2004-09-30"], "amount": {"amount": "48.90", "currency": "EUR"}}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def roussel(world: World) -> Customer:
    return world.customer("C-4001")


@pytest.fixture
def garnier(world: World) -> Customer:
    return world.customer("C-4002")


def the_story_goes_on(world: World, *, until: str) -> dict[str, str]:
    """What was refused on the way, with the reason."""
    taken = world.read_on("4-the-month-without-a-line.jsonl", until=until)
    return {name: str(one.problem) for name, one in taken.items() if one.problem}


def test_the_early_cut_is_an_alarm_and_she_hears_of_it_in_the_same_minute_where_she_can_be_reached(
    world: World, roussel: Customer
) -> None:
    the_story_goes_on(world, until="2004-09-06 11:29")

    told = ["move.requested", "line.lost", "line.restored_by", "remedy.offered", "line.works_on"]
    assert [(one.left_at, one.channel, [key for key, _ in one.topics]) for one in roussel.heard()] == [
        ("2004-09-06 11:28", "email", told),
        ("2004-09-06 11:28", "sms", told),
    ]
    [restore] = [stage for stage in roussel.plan() if stage.step == "restore"]
    assert restore == ("restore", "exchange", "2004-09-08", "2004-09-08", "open")
    [case] = cards.of("C-4001")
    assert (case.kind, case.owner, case.is_open) == ("move", "A-2", True)


def test_each_answer_leaves_a_dated_step_and_an_owner_and_one_without_a_date_is_refused(world: World) -> None:
    refused: dict[str, str] = {}
    kept = []
    for when in ("2004-09-07 09:01", "2004-09-14 09:01", "2004-09-21 09:01"):
        refused |= the_story_goes_on(world, until=when)
        row = Step.objects.get(name="keep_word", journey__kind="move_home")
        [case] = cards.of("C-4001")
        kept.append((when[:10], row.department, str(row.expected_on), row.state, case.owner))

    assert kept == [
        ("2004-09-07", "customer-service", "2004-09-08", "open", "A-2"),
        ("2004-09-14", "technical-service", "2004-09-15", "open", "A-2"),
        ("2004-09-21", "technical-service", "2004-09-15", "open", "A-2"),
    ]
    assert list(refused) == ["technical-service/m5"]
    assert "what is announced without its date is no answer" in refused["technical-service/m5"]


def test_every_day_that_slipped_was_told_before_it_was_over(world: World, roussel: Customer) -> None:
    the_story_goes_on(world, until="2004-10-12 09:00")

    assert [(key, due_on, state) for key, _, due_on, state in roussel.promises()] == [
        ("line.restored_by", "2004-09-08", "moved"),
        ("line.works_on", "2004-09-13", "moved"),
        ("line.restored_by", "2004-09-17", "moved"),
        ("line.works_on", "2004-09-17", "moved"),
        ("line.restored_by", "2004-09-24", "moved"),
        ("line.works_on", "2004-09-24", "moved"),
        ("line.restored_by", "2004-10-01", "moved"),
        ("line.works_on", "2004-10-01", "moved"),
        ("line.restored_by", "2004-10-08", "moved"),
        ("line.works_on", "2004-10-08", "moved"),
        ("line.restored_by", "2004-10-15", "kept"),
        ("line.works_on", "2004-10-15", "kept"),
    ]
    assert [one.left_at for one in roussel.heard() if one.channel == "email"] == [
        *("2004-09-06 11:28", "2004-09-07 08:00", "2004-09-10 08:00", "2004-09-16 08:00"),
        *("2004-09-23 08:00", "2004-09-30 08:00", "2004-10-07 08:00"),
    ]


def test_the_bill_for_the_days_without_a_line_is_told_with_their_credit_and_the_rest_follows(
    world: World, roussel: Customer
) -> None:
    the_story_goes_on(world, until="2004-10-12 09:00")

    letters = {one.left_at: one.topics for one in roussel.heard() if one.channel == "letter"}
    assert letters["2004-10-04 08:00"] == [("bill.issued", BILL), ("credit.no_service", [SEPTEMBER])]
    assert letters["2004-10-11 08:00"] == [
        ("line.works", "2004-10-08"),
        ("line.restored", "2004-10-08"),
        ("credit.no_service", [SEPTEMBER, OCTOBER]),
    ]
    assert max(letters) == "2004-10-11 08:00"


def test_a_visit_is_not_closed_without_its_pair_and_with_it_the_records_are_what_is_there(world: World) -> None:
    refused = the_story_goes_on(world, until="2004-10-08 15:45")
    before = resources.card("63510-D4-017")
    refused_after = the_story_goes_on(world, until="2004-10-08 16:00")

    assert [name for name in refused if name.startswith("field/")] == ["field/m7"]
    assert "a visit is not closed without it" in refused["field/m7"]
    assert refused_after == {}
    assert before is not None
    assert before.holding is None
    assert [(one.code, one.place) for one in lines.of_contracts(["K-FIX-7"]) if one.until is None][-1:] == [
        ("K-FIX-7-2", "3 rue du Four, 63510 Malintrat")
    ]
    card = resources.card("63510-D4-017")
    assert card is not None
    assert card.line == "K-FIX-7-2"


def test_the_database_refuses_to_give_her_line_away_her_adviser_sees_to_it_and_the_neighbour_has_a_date(
    world: World, roussel: Customer, garnier: Customer
) -> None:
    the_story_goes_on(world, until="2004-10-12 09:00")
    heard_before = roussel.heard()

    refused = the_story_goes_on(world, until="2011-06-21 09:00")

    assert refused == {
        "exchange/m9": (
            "data.pair: 63510-D4-017 is in use by K-FIX-7 of C-4001 since 2004-10-08; "
            "it is not given twice; one is built by 2011-07-29"
        )
    }
    card = resources.card("63510-D4-017")
    assert card is not None
    assert card.line == "K-FIX-7-2"
    [asked] = differences.open_of(limit=10)
    [case] = [one for one in cards.of("C-4001") if one.reference == asked.case]
    assert (asked.kind, asked.customer, case.kind, case.owner) == ("given away", "C-4001", "line", "A-2")
    assert roussel.heard() == heard_before  # nothing happens to her line
    assert [(order.line_id, order.site_id, str(order.due_on)) for order in BuildOrder.objects.all()] == [
        ("K-FIX-9", "63510-D4", "2011-07-29")
    ]
    assert [(one.left_at, one.topics) for one in garnier.heard() if one.channel == "letter"] == [
        ("2011-06-15 08:00", [("line.requested", {"address": "5 rue du Four, 63510 Malintrat"})]),
        ("2011-06-16 08:00", [("line.works_on", "2011-06-26")]),
        ("2011-06-20 08:00", [("line.works_on", "2011-07-29")]),
    ]
