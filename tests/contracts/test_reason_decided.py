"""An adviser accepts or refuses the reason of a request, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from builders import a_world, refused_by, the_story_world
from contracts.leaving import GUEST, NOON, NORA, typed
from ligneclaire.contracts.actions.decide_reason import (
    CommissionDayMissing,
    ContractsTooYoung,
    NothingToDecide,
    RefusalUnexplained,
    decide_reason,
)
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.contracts.actions.withdraw_termination import withdraw_termination
from ligneclaire.contracts.models import TerminationRequest
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.requests import RequestCard, RequestUnknown
from ligneclaire.facts.models import Payload
from together import together

LATER = NOON + timedelta(hours=1)
BOTH = ("+33536490201", "+33639980201")


def a_young_world() -> Any:
    """The story's world, where the Lenoirs concluded their mobile contract on 10 January 2026."""
    world = the_story_world()
    mobile = next(one for one in world["customers"][1]["contracts"] if one["id"] == "K-MOB-2")
    mobile["since"] = "2026-01-10"
    return world


@pytest.fixture
def world(db: None) -> None:
    a_world(a_young_world())


def asked(reason: str = "move_abroad", *lines: str) -> str:
    declared = typed(reason=reason, lines=lines or ("+33536490201",))
    return request_termination(declared=declared, by=GUEST, at=NOON).reference


def decide(reference: str, **given: Any) -> None:
    usual: dict[str, Any] = {
        "is_accepted": True,
        "note": "",
        "received_by_commission_on": None,
        "by": NORA,
        "at": LATER,
    }
    decide_reason(reference=reference, **{**usual, **given})


def card_of(reference: str) -> RequestCard:
    card = requests.by_reference(reference)
    assert card is not None
    return card


def decided() -> list[tuple[str, object]]:
    """What was recorded about reasons: of which contract, and what."""
    facts = Payload.objects.filter(fact__kind="contracts.reason_decided").order_by("fact__id")
    return list(facts.values_list("fact__subject", "value"))


@pytest.mark.usefixtures("world")
def test_a_reason_is_accepted_and_that_is_a_fact_of_the_contract() -> None:
    reference = asked()
    assert [card.reference for card in requests.to_decide(limit=9)] == [reference]

    decide(reference, note=" bail au Portugal ")

    card = card_of(reference)
    assert (card.is_reason_accepted, card.decided_by_name, card.decided_at) == (True, "Nora Benali", LATER)
    assert (card.decision_note, card.is_to_decide, requests.to_decide(limit=9)) == ("bail au Portugal", False, ())
    value = {"reason": "move_abroad", "accepted": True, "request": reference}
    assert decided() == [("contract:K-ADSL-1", value)]


@pytest.mark.usefixtures("world")
def test_a_refusal_says_why() -> None:
    reference = asked()
    with pytest.raises(RefusalUnexplained):
        decide(reference, is_accepted=False, note="  ")
    assert (decided(), card_of(reference).is_to_decide) == ([], True)

    decide(reference, is_accepted=False, note="Le bail est à Bordeaux.")

    value = {"reason": "move_abroad", "accepted": False, "request": reference}
    assert decided() == [("contract:K-ADSL-1", value)]


@pytest.mark.usefixtures("world")
def test_a_reason_is_decided_once() -> None:
    reference = asked()
    decide(reference)

    with pytest.raises(NothingToDecide):
        decide(reference, is_accepted=False, note="non")

    assert (len(decided()), card_of(reference).is_reason_accepted) == (1, True)


@pytest.mark.usefixtures("world")
def test_nothing_is_decided_without_reason_contract_or_request() -> None:
    without = request_termination(declared=typed(), by=GUEST, at=NOON).reference
    nobody = typed(surname="Personne", lines=("+33639980201",), reason="move_abroad")
    waiting = request_termination(declared=nobody, by=GUEST, at=NOON).reference
    taken_back = asked("move_abroad", "+33639980201")
    withdraw_termination(reference=taken_back, by=GUEST, at=NOON)

    for reference in without, waiting, taken_back:
        with pytest.raises(NothingToDecide):
            decide(reference)
    with pytest.raises(RequestUnknown):
        decide("LC-NONE-0000")
    assert decided() == []


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("received_on", "is_free"), [(date(2026, 3, 1), False), (date(2026, 5, 1), True)])
def test_ter_12_a_contract_is_three_months_older_than_the_file(received_on: date, *, is_free: bool) -> None:
    reference = asked("over_indebtedness", "+33639980201")

    if not is_free:
        with pytest.raises(ContractsTooYoung):
            decide(reference, received_by_commission_on=received_on)
        assert (decided(), card_of(reference).is_to_decide) == ([], True)
        return
    decide(reference, received_by_commission_on=received_on)
    value = {"reason": "over_indebtedness", "accepted": True, "request": reference}
    assert decided() == [("contract:K-MOB-2", value)]
    assert card_of(reference).received_by_commission_on == received_on


@pytest.mark.usefixtures("world")
def test_ter_12_of_two_contracts_the_young_one_keeps_its_fee() -> None:
    reference = asked("over_indebtedness", *BOTH)

    decide(reference, received_by_commission_on=date(2026, 3, 1))

    value = {"reason": "over_indebtedness", "request": reference}
    assert sorted(decided(), key=str) == [
        ("contract:K-ADSL-1", value | {"accepted": True}),
        ("contract:K-MOB-2", value | {"accepted": False}),
    ]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("received_on", [None, date(2026, 11, 21)])
def test_ter_12_the_day_of_the_commission_is_needed_and_is_not_to_come(received_on: date | None) -> None:
    reference = asked("over_indebtedness")

    with pytest.raises(CommissionDayMissing):
        decide(reference, received_by_commission_on=received_on)

    assert decided() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_who_decide_at_once_one_does() -> None:
    a_world(a_young_world())
    reference = asked()

    one, other = together(
        lambda: decide(reference),
        lambda: decide(reference, is_accepted=False, note="non"),
    )

    assert sorted([type(one).__name__, type(other).__name__]) == ["NoneType", "NothingToDecide"]
    assert len(decided()) == 1


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("request_reason_decided_by_somebody", {"is_reason_accepted": True, "decided_at": None, "decided_by": ""}),
        ("request_reason_decided_by_somebody", {"is_reason_accepted": True, "decided_by": ""}),
        ("request_reason_decided_by_somebody", {"is_reason_accepted": None}),
        ("request_reason_decided_by_somebody", {"reason": ""}),
        ("request_reason_refused_with_a_note", {"is_reason_accepted": False}),
    ],
)
def test_the_database_refuses_a_decision_of_nobody_or_without_words(constraint: str, wrong: dict[str, Any]) -> None:
    reference = asked()
    whole = {"is_reason_accepted": True, "decided_at": datetime.now(NOON.tzinfo), "decided_by": "adviser:A-1"}

    with refused_by(constraint):
        TerminationRequest.objects.filter(reference=reference).update(**(whole | wrong))
