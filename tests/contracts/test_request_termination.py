"""Ending a contract by a form: what is matched, what waits for a person, and what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from builders import a_world, refused_by
from contracts.leaving import GUEST, LENOIR, NOON, a_file, facts, ticked, typed
from ligneclaire.contracts.actions.request_termination import AlreadyRequested, NotHeld, request_termination
from ligneclaire.contracts.actions.take_request import TooManyRequests
from ligneclaire.contracts.models import Proof, RequestedEnd, TerminationRequest
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.requests import EndCard
from ligneclaire.contracts.values import Declaration
from ligneclaire.facts.models import Payload
from ligneclaire.kernel.actor import Actor
from together import together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def end(declared: Declaration, *, by: Actor = GUEST, at: datetime = NOON) -> requests.RequestCard:
    return request_termination(declared=declared, by=by, at=at)


def ends(card: requests.RequestCard) -> list[tuple[str, str]]:
    return [(one.contract, one.state) for one in card.ends]


def test_a_guest_who_is_recognised_ends_the_contract_of_the_line() -> None:
    card = end(typed(wished_on=date(2027, 1, 31), reason="move_abroad", reason_words="Nous partons à Lisbonne."))

    assert card.ends == (EndCard(contract="K-ADSL-1", line="+33536490201", state="open"),)
    assert (card.state, card.customer, card.is_guest, card.owner_name) == ("taken", "C-2001", True, "Nora Benali")
    assert card.latest_end == date(2027, 1, 31)
    assert facts() == [(f"{card.reference}/K-ADSL-1", "termination.requested", "C-2001", "contract:K-ADSL-1")]
    assert Payload.objects.get().value == {
        "received_by": "online",
        "request": card.reference,
        "wished_on": "2027-01-31",
        "reason": "move_abroad",
    }


def test_a_customer_ends_several_contracts_in_one_request() -> None:
    card = end(ticked("K-ADSL-1", "K-FIX-3"), by=LENOIR)

    assert sorted(ends(card)) == [("K-ADSL-1", "open"), ("K-FIX-3", "open")]
    assert sorted(facts()) == [
        (f"{card.reference}/K-ADSL-1", "termination.requested", "C-2001", "contract:K-ADSL-1"),
        (f"{card.reference}/K-FIX-3", "termination.requested", "C-2001", "contract:K-FIX-3"),
    ]
    assert [payload.value for payload in Payload.objects.all()] == [
        {"received_by": "online", "request": card.reference}
    ] * 2


@pytest.mark.parametrize(
    ("given", "contracts"),
    [
        pytest.param({}, ["K-ADSL-1"], id="line and surname"),
        pytest.param({"surname": "  LE NOIR "}, [], id="another surname that looks like it"),
        pytest.param({"surname": "lénoïr"}, ["K-ADSL-1"], id="accents and capitals do not matter"),
        pytest.param({"surname": "M. et Mme LENOIR"}, ["K-ADSL-1"], id="titles do not matter"),
        pytest.param({"surname": "Anne", "first_name": "Lenoir"}, ["K-ADSL-1"], id="names in the other order"),
        pytest.param({"surname": "Mme", "first_name": "et"}, [], id="titles are no name"),
        pytest.param({"surname": "Aubert"}, [], id="another name"),
        pytest.param({"surname": "", "company": "Lenoir"}, ["K-ADSL-1"], id="a company"),
        pytest.param({"lines": ("+33536490201", "+33536490202")}, ["K-ADSL-1", "K-FIX-3"], id="two lines"),
        pytest.param({"lines": ("+33199000999",)}, [], id="a line that nobody has"),
        pytest.param(
            {"lines": ("+33199000999",), "references": "contrat k-adsl-1"}, ["K-ADSL-1"], id="the contract's number"
        ),
        pytest.param({"lines": (), "references": "K-ADSL-1"}, ["K-ADSL-1"], id="the contract's number alone"),
        pytest.param({"lines": (), "references": ""}, [], id="a name alone"),
        pytest.param(
            {"lines": ("+33536490201",), "references": "K-FIX-3"},
            ["K-ADSL-1"],
            id="no more than the line that is typed",
        ),
        pytest.param({"lines": ("+33199000999",), "references": "C-2001"}, [], id="a customer who holds three"),
        pytest.param(
            {"surname": "Perrin", "lines": ("+33199000999",), "references": "c-5001"},
            ["K-FIX-51"],
            id="a customer who holds one",
        ),
        pytest.param(
            {"surname": "Aubert", "lines": ("+33199000999",), "references": "K-ADSL-1"}, [], id="somebody else's number"
        ),
    ],
)
def test_a_contract_is_meant_when_name_and_number_agree(given: dict[str, Any], contracts: list[str]) -> None:
    card = end(typed(**given))

    assert [one.contract for one in card.ends] == contracts
    assert card.state == ("taken" if contracts else "waiting")
    assert card.customer == (None if not contracts else "C-5001" if contracts == ["K-FIX-51"] else "C-2001")
    assert [fact[3] for fact in facts()] == [f"contract:{contract}" for contract in contracts]


def test_what_leads_nowhere_is_taken_all_the_same_and_waits_for_an_adviser() -> None:
    declared = typed(surname="Personne", lines=("+33199000999",), proofs=(a_file(),))

    card = end(declared)

    assert (card.state, card.customer, card.owner, card.lines) == ("waiting", None, "A-1", ("+33199000999",))
    assert [proof.name for proof in card.proofs] == ["avis.pdf"]
    assert [one.reference for one in requests.waiting(limit=9)] == [card.reference]
    assert facts() == []


def test_a_line_that_is_found_ends_and_one_that_is_not_waits() -> None:
    card = end(typed(lines=("+33536490201", "+33199000999")))

    assert (card.state, ends(card)) == ("waiting", [("K-ADSL-1", "open")])
    assert len(facts()) == 1


def test_two_holders_of_one_name_are_not_told_apart_by_a_machine() -> None:
    card = end(typed(surname="Lenoir", lines=("+33536490201", "+33639980301"), company="Aubert"))

    assert (card.state, ends(card), card.customer, facts()) == ("waiting", [], None, [])


def test_the_same_form_again_is_the_first_request() -> None:
    declared = typed()

    first, again = end(declared), end(replace(declared, surname="Autre"), at=NOON + timedelta(minutes=1))

    assert again == first
    assert (TerminationRequest.objects.count(), len(facts())) == (1, 1)


def test_a_guest_who_asks_twice_makes_one_fact() -> None:
    first, second = end(typed()), end(typed())

    assert (ends(first), ends(second)) == ([("K-ADSL-1", "open")], [("K-ADSL-1", "folded")])
    assert second.state == "taken"
    assert [fact[0] for fact in facts()] == [f"{first.reference}/K-ADSL-1"]


def test_a_customer_is_told_that_the_contract_is_being_ended_already() -> None:
    first = end(ticked("K-ADSL-1"), by=LENOIR)

    with pytest.raises(AlreadyRequested) as refusal:
        end(ticked("K-ADSL-1", "K-MOB-2"), by=LENOIR)

    assert refusal.value.values == {"requests": {"K-ADSL-1": first.reference}}
    assert (TerminationRequest.objects.count(), len(facts())) == (1, 1)


@pytest.mark.parametrize("contracts", [(), ("K-MOB-31",), ("K-ADSL-1", "K-9")])
def test_a_customer_cannot_end_what_they_do_not_hold(contracts: tuple[str, ...]) -> None:
    with pytest.raises(NotHeld):
        end(ticked(*contracts), by=LENOIR)

    assert (TerminationRequest.objects.count(), facts()) == (0, [])


@pytest.mark.parametrize(
    ("wished", "latest"),
    [(None, date(2026, 12, 2)), (date(2027, 1, 31), date(2027, 1, 31)), (date(2026, 11, 25), date(2026, 12, 2))],
)
def test_ter_01_the_contract_ends_after_the_notice_or_on_the_later_day_that_is_wished(
    wished: date | None, latest: date
) -> None:
    card = end(typed(wished_on=wished), at=datetime.fromisoformat("2026-11-22T10:00:00+01:00"))

    assert card.latest_end == latest


def test_an_address_that_sends_more_than_people_do_has_to_wait_an_hour() -> None:
    for _ in range(20):
        end(typed(lines=("+33199000999",)))

    with pytest.raises(TooManyRequests):
        end(typed())

    assert (TerminationRequest.objects.count(), facts()) == (20, [])
    assert end(typed(sender="another")).state == "taken"
    assert end(typed(), at=NOON + timedelta(hours=1)).state == "taken"


def test_another_reference_is_taken_where_one_is_taken() -> None:
    declared = typed()
    reference = end(declared).reference
    TerminationRequest.objects.update(form=typed().form)

    assert end(declared).reference != reference


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("request_kind_known", {"kind": "gift"}),
        ("request_state_known", {"state": "lost"}),
        ("request_of_a_customer_or_a_guest", {"customer": None, "is_guest": False}),
        ("request_rejected_with_a_reason", {"state": "rejected"}),
        ("request_closed_by_somebody", {"closed_at": NOON}),
    ],
)
def test_the_database_refuses_impossible_requests(constraint: str, wrong: dict[str, object]) -> None:
    end(typed())

    with refused_by(constraint):
        TerminationRequest.objects.update(**wrong)


def test_the_database_refuses_a_second_end_of_one_contract() -> None:
    end(typed())
    end(typed())

    with refused_by("requested_end_one_open"):
        RequestedEnd.objects.update(state="open")
    with refused_by("requested_end_state_known"):
        RequestedEnd.objects.update(state="lost")
    with refused_by("requested_end_once"):
        RequestedEnd.objects.create(
            request=TerminationRequest.objects.earliest("id"),
            contract_id="K-ADSL-1",
            kind="termination",
            state="folded",
        )


def test_the_database_refuses_impossible_proofs() -> None:
    card = end(typed(proofs=(a_file(),)))
    request = TerminationRequest.objects.get(reference=card.reference)
    row = {"request": request, "name": "a", "size": 1, "place": "a", "uploaded_at": NOON}

    for constraint, wrong in (
        ("proof_once", {"kind": "pdf", "scan": "clean", "sha256": "0" * 64}),
        ("proof_kind_known", {"kind": "exe", "scan": "clean", "sha256": "1"}),
        ("proof_scan_known", {"kind": "pdf", "scan": "maybe", "sha256": "1"}),
    ):
        with refused_by(constraint):
            Proof.objects.create(**row, **wrong)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("surname", ["Lenoir", "Personne"])
def test_eight_sendings_at_once_make_one_request_and_one_fact(surname: str) -> None:
    declared = typed(surname=surname)

    cards = together(*[lambda: end(declared)] * 8)

    assert len({card.reference for card in cards if isinstance(card, requests.RequestCard)}) == 1
    assert [card for card in cards if isinstance(card, BaseException)] == []
    assert (TerminationRequest.objects.count(), len(facts())) == (1, int(surname == "Lenoir"))


@pytest.mark.django_db(transaction=True)
def test_eight_forms_at_once_make_eight_requests_and_one_fact() -> None:
    cards = together(*(partial(end, typed()) for _ in range(8)))

    assert [card for card in cards if isinstance(card, BaseException)] == []
    assert (TerminationRequest.objects.count(), len(facts())) == (8, 1)
