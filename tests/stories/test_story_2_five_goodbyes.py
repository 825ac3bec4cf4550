"""Five silos say goodbye to one household, which reads one receipt and one letter."""

from __future__ import annotations

import re

import pytest

from ligneclaire.facts.stated import Answer
from world import Adviser, Contested, Customer, Stage, World

pytestmark = pytest.mark.django_db

DAYS = "equipment.days_after_formal_notice"
ASKED = {"received_by": "letter", "reason": "moved to another operator", "requested_on": "2015-02-09"}
PENALTY = {"amount": "300.00", "currency": "EUR"}
THEIR_LINES = {"05 36 49 02 01", "05 36 49 02 02", "06 39 98 02 01"}
RECEIPT = [("termination.requested", ASKED)]
FREE, DEPOSIT = {"amount": "0.00", "currency": "EUR"}, {"amount": "49.00", "currency": "EUR"}
BEFORE_THE_DAYS = [
    ("line.taken_over_by", "other operator"),
    ("support.for_line", "other operator"),
    ("contract.ends_on", "2015-02-20"),
    ("closing_bill.date", "2015-03-05"),
    ("fees.early_termination", FREE),
    ("refund.deposit", DEPOSIT),
    ("equipment.to_return", ["box", "tv decoder"]),
    ("equipment.return_by", "2015-03-07"),
    ("equipment.return_how", "prepaid label"),
    ("equipment.penalty", PENALTY),
]
AFTER_THE_DAYS = [("mailbox.kept_until", "2015-08-20")]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def lenoirs(world: World) -> Customer:
    return world.customer("C-2001")


@pytest.fixture
def nora(world: World) -> Adviser:
    return world.adviser("A-1")


def numbers_to_call(letter: str) -> set[str]:
    """Every telephone number in a letter that is not the household's own."""
    return set(re.findall(r"\b0\d(?: \d\d){4}\b", letter)) - THEIR_LINES


def the_five_departments_have_spoken(world: World) -> int:
    """All events of the story, in their own time; how many were known already."""
    taken = world.read("2-five-goodbyes.jsonl")
    world.it_is("2015-02-15 18:00")
    return sum(one.answer is Answer.KNOWN for one in taken)


def test_five_goodbyes_become_a_receipt_and_one_letter(world: World, lenoirs: Customer, nora: Adviser) -> None:
    duplicates = the_five_departments_have_spoken(world)
    nora.settles(DAYS, 10, because="The depots agreed on ten days.")
    world.it_is("2015-02-22 12:00")

    assert lenoirs.heard() == [
        ("2015-02-11 08:00", "letter", RECEIPT),
        ("2015-02-17 08:00", "letter", [*BEFORE_THE_DAYS, (DAYS, 10), *AFTER_THE_DAYS]),
    ]
    assert lenoirs.outcomes() == {
        "mailroom/e1": "said",
        "third-party-operators/e2": "said",
        "third-party-operators/e3": "said",
        "billing/e4": "said",
        "billing/e5": "not for customers the voice gives the contact",
        "equipment/e6": "said",
        "equipment/e7": "said",
        "equipment/e8": "settled against by equipment-south-west/e13",
        "equipment/e9": "not for customers the voice gives the contact",
        "contracts/e10": "said",
        "contracts/e11": "not for customers the voice gives the contact",
        "equipment-south-west/e12": "folded",
        "equipment-south-west/e13": "said",
        "equipment-south-west/e14": "not for customers the voice gives the contact",
    }
    assert lenoirs.plan_states() == {
        "fees.early_termination": "said",
        "refund.deposit": "said",
        "equipment.return_by": "said",
        "equipment.return_how": "said",
        "mailbox.kept_until": "said",
    }
    assert lenoirs.contradictions() == [
        Contested(topic=DAYS, values=[(7, ["equipment"]), (10, ["equipment-south-west"])], owner="A-1", settled=10)
    ]
    assert lenoirs.promises() == [
        ("contract.ends_on", "value", "2015-02-20", "unconfirmed"),
        ("closing_bill.date", "value", "2015-03-05", "open"),
        ("equipment.return_by", "value", "2015-03-07", "open"),
        ("mailbox.kept_until", "value", "2015-08-20", "open"),
        ("equipment.penalty", "value", None, "open"),
        ("fees.early_termination", "value", None, "open"),
        ("refund.deposit", "value", None, "open"),
    ]
    assert duplicates == 1
    assert lenoirs.changes_heard() == []


def test_the_plan_shows_five_departments_their_dates_and_what_the_household_was_told(
    world: World, lenoirs: Customer, nora: Adviser
) -> None:
    the_five_departments_have_spoken(world)
    nora.settles(DAYS, 10, because="The depots agreed on ten days.")
    before_the_letter = lenoirs.plan()
    world.it_is("2015-02-22 12:00")

    assert before_the_letter == [
        Stage("receive", "mailroom", "2015-02-10", None, "done"),
        Stage("acknowledge", "customer-service", "2015-02-11", None, "done"),
        Stage("state_end", "contracts", "2015-02-17", None, "done"),
        Stage("run_notice", "contracts", "2015-02-20", None, "open"),
        Stage("release_line", "third-party-operators", "2015-02-13", None, "done"),
        Stage("return_equipment", "equipment", "2015-03-07", None, "open"),
        Stage("issue_closing_bill", "billing", "2015-03-05", None, "waiting"),
        Stage("refund_deposit", "billing", "2015-03-17", None, "waiting"),
        Stage("say_goodbye", "customer-service", "2015-03-18", None, "waiting"),
    ]
    assert lenoirs.plan() == [
        Stage("receive", "mailroom", "2015-02-10", None, "done"),
        Stage("acknowledge", "customer-service", "2015-02-11", None, "done"),
        Stage("state_end", "contracts", "2015-02-17", None, "done"),
        Stage("run_notice", "contracts", "2015-02-20", "2015-02-20", "done"),
        Stage("release_line", "third-party-operators", "2015-02-13", None, "done"),
        Stage("return_equipment", "equipment", "2015-03-07", "2015-03-07", "open"),
        Stage("issue_closing_bill", "billing", "2015-03-05", "2015-03-05", "open"),
        Stage("refund_deposit", "billing", "2015-03-17", None, "waiting"),
        Stage("say_goodbye", "customer-service", "2015-03-18", None, "waiting"),
    ]


def test_the_letter_says_what_goes_on_gives_one_contact_and_sells_nothing(
    world: World, lenoirs: Customer, nora: Adviser
) -> None:
    the_five_departments_have_spoken(world)
    nora.settles(DAYS, 10, because="The depots agreed on ten days.")
    world.it_is("2015-02-22 12:00")

    receipt, letter = lenoirs.letters()

    assert [numbers_to_call(text) for text in (receipt, letter)] == [{"01 99 00 01 01"}] * 2
    assert "Mobile Pro Europe, numéro 06 39 98 02 01" in letter
    assert "Ligne fixe, numéro 05 36 49 02 02 (résidence secondaire, 33120 Arcachon)" in letter
    assert [number for number in ("1014", "3970", "3900") if number in receipt + letter] == []
    assert [word for word in ("offre", "promotion", "à votre disposition") if word in (receipt + letter).lower()] == []
    assert "suivront" not in receipt + letter


def test_the_receipt_gives_no_date(world: World, lenoirs: Customer) -> None:
    the_five_departments_have_spoken(world)

    [receipt] = lenoirs.letters()

    assert re.findall(r"\d+ (?:février|mars)", receipt) == []


def test_without_a_settlement_it_leaves_in_time_and_dates_what_stays_behind(world: World, lenoirs: Customer) -> None:
    the_five_departments_have_spoken(world)
    world.it_is("2015-02-22 12:00")

    assert lenoirs.heard()[1:] == [("2015-02-17 08:00", "letter", [*BEFORE_THE_DAYS, *AFTER_THE_DAYS])]
    assert (DAYS, "telling", "2015-02-25", "open") in lenoirs.promises()
    assert lenoirs.contradictions() == [
        Contested(topic=DAYS, values=[(7, ["equipment"]), (10, ["equipment-south-west"])], owner="A-1", settled=None)
    ]
    assert [name for name, end in lenoirs.outcomes().items() if end == "waiting"] == [
        "equipment/e8",
        "equipment-south-west/e13",
    ]


def test_settled_after_the_letter_it_is_said_then_and_the_word_is_kept(
    world: World, lenoirs: Customer, nora: Adviser
) -> None:
    the_five_departments_have_spoken(world)
    world.it_is("2015-02-20 15:00")
    nora.settles(DAYS, 10, because="The depots agreed on ten days.")
    world.it_is("2015-02-24 12:00")

    assert lenoirs.heard()[2:] == [("2015-02-23 08:00", "letter", [(DAYS, 10)])]
    assert lenoirs.changes_heard() == []
    assert (DAYS, "telling", "2015-02-25", "kept") in lenoirs.promises()


def test_not_settled_by_the_day_that_was_told_the_word_is_broken(world: World, lenoirs: Customer) -> None:
    the_five_departments_have_spoken(world)
    world.it_is("2015-02-26 12:00")

    assert (DAYS, "telling", "2015-02-25", "broken") in lenoirs.promises()
    assert len(lenoirs.heard()) == 2


def test_settled_to_seven_days_the_letter_says_seven(world: World, lenoirs: Customer, nora: Adviser) -> None:
    the_five_departments_have_spoken(world)
    nora.settles(DAYS, 7, because="The contract says seven.")
    world.it_is("2015-02-22 12:00")

    assert lenoirs.heard()[1:] == [
        ("2015-02-17 08:00", "letter", [*BEFORE_THE_DAYS, (DAYS, 7), *AFTER_THE_DAYS]),
    ]
    assert lenoirs.outcomes()["equipment/e8"] == "said"
    assert lenoirs.outcomes()["equipment-south-west/e13"] == "settled against by equipment/e8"


def test_a_household_that_stays_after_the_letter_is_told_all_that_no_longer_holds(
    world: World, lenoirs: Customer, nora: Adviser
) -> None:
    the_five_departments_have_spoken(world)
    nora.settles(DAYS, 10, because="The depots agreed on ten days.")
    world.it_is("2015-02-18 10:00")
    world.department("third-party-operators").passes_on("port.failed")
    world.department("mailroom").passes_on("termination.withdrawn", received_by="letter")
    world.it_is("2015-02-27 12:00")

    said = [
        ("termination.withdrawn", {"received_by": "letter"}),
        ("port.failed", {}),
        ("line.taken_over_by", None),
        ("support.for_line", None),
        ("contract.ends_on", None),
        ("equipment.to_return", None),
        ("equipment.return_by", None),
        ("equipment.return_how", None),
        ("equipment.penalty", None),
        (DAYS, None),
        ("closing_bill.date", None),
        ("fees.early_termination", None),
        ("refund.deposit", None),
        ("mailbox.kept_until", None),
    ]
    # By e-mail ahead of the letter: the contract was to end tomorrow.
    assert lenoirs.heard()[2:] == [("2015-02-19 08:00", "letter", said), ("2015-02-19 08:00", "email", said)]
    assert lenoirs.changes_heard() == [
        ("line.taken_over_by", "other operator", None),
        ("support.for_line", "other operator", None),
        ("contract.ends_on", "2015-02-20", None),
        ("equipment.to_return", ["box", "tv decoder"], None),
        ("equipment.return_by", "2015-03-07", None),
        ("equipment.return_how", "prepaid label", None),
        ("equipment.penalty", PENALTY, None),
        (DAYS, 10, None),
        ("closing_bill.date", "2015-03-05", None),
        ("fees.early_termination", FREE, None),
        ("refund.deposit", DEPOSIT, None),
        ("mailbox.kept_until", "2015-08-20", None),
    ]
    assert {state for *_, state in lenoirs.promises()} == {"moved"}
    assert [(stage.step, stage.promised_on, stage.state) for stage in lenoirs.plan()] == [
        ("receive", None, "done"),
        ("acknowledge", None, "done"),
        ("state_end", None, "done"),
        ("run_notice", None, "cancelled"),
        ("release_line", None, "done"),
        ("return_equipment", None, "cancelled"),
        ("issue_closing_bill", None, "cancelled"),
        ("refund_deposit", None, "cancelled"),
        ("say_goodbye", None, "cancelled"),
    ]


def test_a_date_that_moves_after_the_letter_is_told_as_a_change_before_the_old_date(
    world: World, lenoirs: Customer, nora: Adviser
) -> None:
    the_five_departments_have_spoken(world)
    nora.settles(DAYS, 10, because="The depots agreed on ten days.")
    world.it_is("2015-03-03 10:00")
    world.department("billing").states("closing_bill.date", "2015-03-12")
    world.it_is("2015-03-06 12:00")

    moved = [("closing_bill.date", "2015-03-12")]
    assert lenoirs.heard()[2:] == [("2015-03-04 08:00", "letter", moved), ("2015-03-04 08:00", "email", moved)]
    assert lenoirs.changes_heard() == [("closing_bill.date", "2015-03-05", "2015-03-12")]
    assert "nous vous avions indiqué le 5 mars 2015 ; la date est maintenant le 12 mars 2015" in lenoirs.letters()[2]
    assert [promise for promise in lenoirs.promises() if promise[0] == "closing_bill.date"] == [
        ("closing_bill.date", "value", "2015-03-05", "moved"),
        ("closing_bill.date", "value", "2015-03-12", "open"),
    ]
    assert Stage("issue_closing_bill", "billing", "2015-03-12", "2015-03-12", "open") in lenoirs.plan()
