"""Taking a termination back, and giving a new contract up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from builders import a_world
from contracts.leaving import GUEST, LENOIR, NOON, NORA, a_world_with_a_new_contract, facts, ticked, typed
from ligneclaire.contracts.actions.renounce_contract import WithdrawalPeriodOver, renounce_contract
from ligneclaire.contracts.actions.request_termination import AlreadyRequested, NotHeld, request_termination
from ligneclaire.contracts.actions.settle_request import settle_request
from ligneclaire.contracts.actions.withdraw_termination import ContractOver, NothingRequested, withdraw_termination
from ligneclaire.contracts.models import TerminationRequest
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.requests import RequestUnknown
from ligneclaire.contracts.values import Declaration
from ligneclaire.facts.models import Payload
from ligneclaire.kernel.actor import Actor, ActorKind
from together import together

pytestmark = pytest.mark.django_db
PERRIN = Actor(ActorKind.CUSTOMER, "C-5001")
LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world(a_world_with_a_new_contract())


def ended(declared: Declaration | None = None, *, by: Actor = GUEST, at: datetime = NOON) -> str:
    return request_termination(declared=declared or typed(), by=by, at=at).reference


def states(*references: str) -> list[tuple[str, list[str]]]:
    cards = [requests.by_reference(reference) for reference in references]
    return [(card.state, [end.state for end in card.ends]) for card in cards if card]


def test_a_request_that_is_taken_back_lets_its_contracts_go_on() -> None:
    reference = ended(ticked("K-ADSL-1", "K-FIX-3"), by=LENOIR)

    going_on = withdraw_termination(reference=reference, by=LENOIR, at=LATER)

    assert sorted(going_on) == ["K-ADSL-1", "K-FIX-3"]
    assert states(reference) == [("withdrawn", ["withdrawn", "withdrawn"])]
    assert sorted(facts()[2:]) == [
        (f"{reference}/K-ADSL-1/withdrawn", "termination.withdrawn", "C-2001", "contract:K-ADSL-1"),
        (f"{reference}/K-FIX-3/withdrawn", "termination.withdrawn", "C-2001", "contract:K-FIX-3"),
    ]
    assert [payload.value for payload in Payload.objects.order_by("fact_id")][2:] == [
        {"received_by": "online", "request": reference}
    ] * 2


def test_it_can_be_requested_anew_afterwards() -> None:
    first = ended()
    withdraw_termination(reference=first, by=GUEST, at=LATER)

    second = ended(at=LATER)

    assert states(first, second) == [("withdrawn", ["withdrawn"]), ("taken", ["open"])]
    assert len(facts()) == 3


def test_who_takes_the_second_of_two_requests_back_wants_to_stay() -> None:
    first, second = ended(ticked("K-ADSL-1"), by=LENOIR), ended()

    assert withdraw_termination(reference=second, by=LENOIR, at=LATER) == ("K-ADSL-1",)

    assert states(first, second) == [("withdrawn", ["withdrawn"])] * 2
    assert facts()[1:] == [
        (f"{first}/K-ADSL-1/withdrawn", "termination.withdrawn", "C-2001", "contract:K-ADSL-1"),
    ]


@pytest.mark.parametrize("taken_back", [0, 1])
def test_a_guests_link_undoes_what_was_declared_with_it_and_nothing_else(taken_back: int) -> None:
    both = [ended(), ended()]
    ends_it = both[1 - taken_back]

    assert withdraw_termination(reference=both[taken_back], by=GUEST, at=LATER) == ()

    assert states(ends_it, both[taken_back]) == [("taken", ["open"]), ("withdrawn", ["withdrawn"])]
    assert [fact[1] for fact in facts()] == ["termination.requested"]
    assert withdraw_termination(reference=ends_it, by=GUEST, at=LATER) == ("K-ADSL-1",)
    assert [fact[:2] for fact in facts()[1:]] == [(f"{ends_it}/K-ADSL-1/withdrawn", "termination.withdrawn")]


def test_another_customer_who_holds_the_link_undoes_no_more_than_a_guest() -> None:
    theirs, second = ended(), ended()

    assert withdraw_termination(reference=theirs, by=PERRIN, at=LATER) == ()

    assert states(theirs, second) == [("withdrawn", ["withdrawn"]), ("taken", ["open"])]


def test_another_request_keeps_what_was_not_taken_back() -> None:
    both, one = ended(ticked("K-ADSL-1", "K-FIX-3"), by=LENOIR), ended()

    withdraw_termination(reference=one, by=LENOIR, at=LATER)

    assert [(card.contract, card.state) for card in sorted_ends(both)] == [
        ("K-ADSL-1", "withdrawn"),
        ("K-FIX-3", "open"),
    ]
    assert states(both)[0][0] == "taken"


def test_what_a_customer_declared_signed_in_nobody_undoes_by_a_request_of_their_own() -> None:
    theirs, strangers = ended(ticked("K-ADSL-1"), by=LENOIR), ended()

    assert withdraw_termination(reference=strangers, by=GUEST, at=LATER) == ()

    assert states(theirs, strangers) == [("taken", ["open"]), ("withdrawn", ["withdrawn"])]
    assert [fact[1] for fact in facts()] == ["termination.requested"]


def sorted_ends(reference: str) -> list[requests.EndCard]:
    card = requests.by_reference(reference)
    return sorted(card.ends, key=lambda end: end.contract) if card else []


def test_a_request_that_waits_can_be_taken_back_and_nothing_is_recorded() -> None:
    reference = ended(typed(surname="Personne"))

    assert withdraw_termination(reference=reference, by=GUEST, at=LATER) == ()

    assert states(reference) == [("withdrawn", [])]
    assert (requests.waiting(limit=9), facts()) == ((), [])


def test_a_request_that_is_matched_at_that_very_moment_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reference, locked = ended(typed(surname="Personne")), requests.locked
    matched: list[str] = []

    def late(of: str) -> TerminationRequest:
        if not matched:
            matched.append(of)
            settle_request(reference=of, contracts=["K-ADSL-1"], by=NORA, at=LATER)
        return locked(of)

    monkeypatch.setattr(requests, "locked", late)

    assert withdraw_termination(reference=reference, by=GUEST, at=LATER) == ("K-ADSL-1",)
    assert states(reference) == [("withdrawn", ["withdrawn"])]


def test_it_is_refused_twice_after_the_end_for_another_kind_and_for_nothing() -> None:
    reference = ended()
    last = datetime.fromisoformat("2026-11-30T23:59:00+01:00")

    with pytest.raises(ContractOver) as over:
        withdraw_termination(reference=reference, by=GUEST, at=last + timedelta(minutes=1))
    assert over.value.values["ended_on"] == date(2026, 11, 30)
    assert len(facts()) == 1
    withdraw_termination(reference=reference, by=GUEST, at=last)
    renounced = renounce_contract(declared=ticked("K-FIX-51", customer="C-5001"), by=PERRIN, at=NOON).reference
    for refused in (reference, renounced):
        with pytest.raises(NothingRequested):
            withdraw_termination(reference=refused, by=GUEST, at=LATER)
    with pytest.raises(RequestUnknown):
        withdraw_termination(reference="LC-0000-0000", by=GUEST, at=LATER)
    assert [fact[1] for fact in facts()] == ["termination.requested", "termination.withdrawn", "withdrawal.requested"]


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_first_a_match_or_a_withdrawal_leaves_nothing_half_ended() -> None:
    reference = ended(typed(surname="Personne"))

    together(
        lambda: settle_request(reference=reference, contracts=["K-ADSL-1"], by=NORA, at=LATER),
        lambda: withdraw_termination(reference=reference, by=GUEST, at=LATER),
    )

    assert states(reference) in ([("withdrawn", [])], [("withdrawn", ["withdrawn"])])
    assert len(facts()) in {0, 2}


def test_wdr_07_a_new_contract_is_given_up_with_the_instant_of_the_declaration() -> None:
    card = renounce_contract(declared=ticked("K-FIX-51", customer="C-5001"), by=PERRIN, at=NOON)

    assert (card.kind, card.state, card.latest_end) == ("renunciation", "taken", date(2026, 11, 20))
    assert facts() == [(f"{card.reference}/K-FIX-51", "withdrawal.requested", "C-5001", "contract:K-FIX-51")]
    assert Payload.objects.get().value == {
        "received_by": "online",
        "request": card.reference,
        "declared_at": "2026-11-20T12:00:00+01:00",
    }


def test_wdr_01_the_period_ends_with_the_next_working_day() -> None:
    last = datetime.fromisoformat("2026-11-27T23:59:00+01:00")  # the fourteenth day, a Friday
    declared = ticked("K-FIX-51", customer="C-5001")

    with pytest.raises(WithdrawalPeriodOver) as refusal:
        renounce_contract(declared=declared, by=PERRIN, at=last + timedelta(minutes=1))

    assert refusal.value.values == {"last_days": {"K-FIX-51": date(2026, 11, 27)}}
    assert (TerminationRequest.objects.count(), facts()) == (0, [])
    assert renounce_contract(declared=declared, by=PERRIN, at=last).state == "taken"


def test_a_guest_gives_a_contract_up_and_is_never_refused() -> None:
    lines = ("+33353010501",)
    early = renounce_contract(declared=typed(surname="Perrin", lines=lines), by=GUEST, at=NOON)
    again = renounce_contract(declared=typed(surname="Perrin", lines=lines), by=GUEST, at=NOON)
    late = renounce_contract(declared=typed(), by=GUEST, at=NOON)

    assert states(early.reference, again.reference, late.reference) == [
        ("taken", ["open"]),
        ("taken", ["folded"]),
        ("waiting", []),
    ]
    assert [fact[0] for fact in facts()] == [f"{early.reference}/K-FIX-51"]


def test_a_customer_gives_up_only_what_they_hold_and_only_once() -> None:
    declared = ticked("K-FIX-51", customer="C-5001")
    first = renounce_contract(declared=declared, by=PERRIN, at=NOON)

    assert renounce_contract(declared=declared, by=PERRIN, at=LATER) == first
    with pytest.raises(AlreadyRequested):
        renounce_contract(declared=ticked("K-FIX-51", customer="C-5001"), by=PERRIN, at=NOON)
    with pytest.raises(NotHeld):
        renounce_contract(declared=ticked("K-FIX-51"), by=LENOIR, at=NOON)
    assert len(facts()) == 1
