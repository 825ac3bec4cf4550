"""What leaving early costs, from the request to what the plan states of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from journeys.contract import Contract, without_equipment
from ligneclaire.contracts.rules.early_termination import BeforeTwelve, Commitment
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.money import Money

NOTHING = {"amount": "0.00", "currency": "EUR"}
SIXTY = {"amount": "60.00", "currency": "EUR"}


def bound(
    *,
    concluded_on: date = date(2025, 1, 15),
    months: int = 24,
    handset: bool = True,
    policy: BeforeTwelve = BeforeTwelve.FULL_TO_END,
    fee: str | None = None,
    clause: str = "12.3",
) -> Terms:
    """A contract of 30 euros a month."""
    commitment = Commitment(
        concluded_on=concluded_on,
        accepted_on=concluded_on,
        months=months,
        monthly=Money.of("30.00"),
        subsidised_handset=handset,
        policy=policy,
        contract_fee=None if fee is None else Money.of(fee),
        clause=clause,
    )
    return replace(without_equipment(), commitment=commitment, committed_until=commitment.ends_on, deposit=None)


def leaves(terms: Terms, *, on: str = "2026-03-15", asked_on: str = "", **said: object) -> Contract:
    """The customer asks for an end on a day, online, and the plan is looked at."""
    contract = (
        Contract(terms=terms)
        .it_is(f"{asked_on or on[:8] + '01'} 10:00")
        .asks_to_leave(by="online", wished_on=on, **said)
    )
    contract.look()
    return contract


def fees(contract: Contract) -> tuple[list[object], list[object]]:
    return contract.has_said("fees.early_termination"), contract.has_said("fees.formula")


def amount(text: str) -> dict[str, str]:
    return {"amount": text, "currency": "EUR"}


@pytest.mark.parametrize(
    ("terms", "fee", "formula"),
    [
        pytest.param(bound(), "60.00", ["20% of 10 x 30.00 EUR"], id="a subsidised handset"),
        pytest.param(bound(handset=False), "0.00", [], id="SIM only"),
        pytest.param(
            bound(concluded_on=date(2022, 6, 1), handset=False), "0.00", [], id="an old contract whose time is over"
        ),
        pytest.param(bound(fee="49.00"), "49.00", [], id="the contract asks less"),
        pytest.param(bound(fee="90.00"), "60.00", ["20% of 10 x 30.00 EUR"], id="the contract may not ask more"),
    ],
)
def test_ter_11_fourteen_months_are_done_and_ten_are_left(terms: Terms, fee: str, formula: list[object]) -> None:
    assert fees(leaves(terms)) == ([amount(fee)], formula)


@pytest.mark.parametrize("handset", [True, False])
def test_ter_11_of_a_contract_before_2023_a_quarter_is_due_with_and_without_handset(*, handset: bool) -> None:
    contract = leaves(bound(concluded_on=date(2022, 6, 1), handset=handset), on="2023-08-01", asked_on="2023-07-20")

    assert fees(contract) == ([amount("75.00")], ["25% of 10 x 30.00 EUR"])


@pytest.mark.parametrize(
    ("terms", "on", "fee", "formula"),
    [
        (bound(), "2025-07-15", "540.00", "18 x 30.00 EUR"),
        (
            bound(policy=BeforeTwelve.FULL_TO_M12_THEN_PCT),
            "2025-07-15",
            "252.00",
            "6 x 30.00 EUR + 20% of 12 x 30.00 EUR",
        ),
        (bound(handset=False, policy=BeforeTwelve.FULL_TO_M12_THEN_PCT), "2025-07-15", "180.00", "6 x 30.00 EUR"),
        (bound(months=12), "2025-12-25", "20.32", "20.32 EUR"),
        (bound(), "2026-03-25", "58.06", "20% of 9 x 30.00 EUR + 20% of 20.32 EUR"),
    ],
)
def test_ter_11_the_fee_says_from_which_payments_it_follows(terms: Terms, on: str, fee: str, formula: str) -> None:
    assert fees(leaves(terms, on=on)) == ([amount(fee)], [formula])


def test_ter_11_once_the_commitment_is_over_leaving_costs_nothing() -> None:
    assert fees(leaves(bound(), on="2027-01-15")) == ([NOTHING], [])


def test_ter_11_the_fee_follows_the_end_that_contracts_states() -> None:
    contract = leaves(bound())
    contract.it_is("2026-03-02 09:00").states("contracts", "contract.ends_on", "2026-04-15")
    contract.look()

    assert fees(contract) == ([SIXTY, amount("54.00")], ["20% of 10 x 30.00 EUR", "20% of 9 x 30.00 EUR"])


def test_ter_18_a_fee_without_a_clause_is_left_to_billing() -> None:
    contract = leaves(bound(clause=""))

    assert fees(contract) == ([], [])
    assert contract.step("issue_closing_bill").state == "waiting"


def test_a_commitment_of_which_only_the_end_is_known_is_left_to_billing() -> None:
    assert fees(leaves(replace(bound(), commitment=None))) == ([], [])


@pytest.mark.parametrize("reason", ["move_abroad", "price_change", "performance_gap", "other"])
def test_ter_13_nothing_is_said_of_the_fee_while_a_person_has_to_look_at_the_reason(reason: str) -> None:
    contract = leaves(bound(), reason=reason)

    assert fees(contract) == ([], [])


def test_ter_13_where_nothing_is_due_no_reason_has_to_be_looked_at() -> None:
    assert fees(leaves(bound(handset=False), reason="move_abroad")) == ([NOTHING], [])


@pytest.mark.parametrize("reason", ["move_abroad", "price_change"])
@pytest.mark.parametrize("terms", [bound(), bound(clause=""), replace(bound(), commitment=None)])
def test_ter_13_an_accepted_reason_spares_the_fee(reason: str, terms: Terms) -> None:
    contract = leaves(terms, reason=reason).it_is("2026-03-03 09:00")
    contract.states("desk", "contracts.reason_decided", {"reason": reason, "accepted": True})
    contract.look()

    assert fees(contract) == ([NOTHING], [])


def test_ter_13_after_a_refusal_the_fee_is_said() -> None:
    contract = leaves(bound(), reason="move_abroad").it_is("2026-03-03 09:00")
    contract.states("desk", "contracts.reason_decided", {"reason": "move_abroad", "accepted": False})
    contract.look()

    assert fees(contract) == ([SIXTY], ["20% of 10 x 30.00 EUR"])


def test_a_reason_that_comes_with_a_second_request_takes_the_formula_back() -> None:
    contract = leaves(bound()).it_is("2026-03-03 09:00")
    contract.states("desk", "contracts.reason_decided", {"reason": "move_abroad", "accepted": True})
    contract.look()

    assert fees(contract) == ([SIXTY, NOTHING], ["20% of 10 x 30.00 EUR"])
    assert [said.key for said in contract.said[-2:]] == ["fees.early_termination", "fact.withdrawn"]


def test_what_was_decided_on_an_earlier_request_does_not_count_for_the_next() -> None:
    contract = leaves(bound(), reason="move_abroad").it_is("2026-03-02 09:00")
    contract.states("desk", "contracts.reason_decided", {"reason": "move_abroad", "accepted": True})
    contract.it_is("2026-03-03 09:00").states("space", "termination.withdrawn", {"received_by": "online"})
    contract.it_is("2026-03-04 09:00").asks_to_leave(by="online", wished_on="2026-03-15")
    contract.look()

    assert fees(contract) == ([NOTHING, SIXTY], ["20% of 10 x 30.00 EUR"])


@pytest.mark.parametrize("reason", ["moved to another operator", ["move_abroad"]])
def test_a_reason_in_a_departments_own_words_waits_for_nobody(reason: object) -> None:
    assert fees(leaves(bound(), reason=reason)) == ([SIXTY], ["20% of 10 x 30.00 EUR"])


@pytest.mark.parametrize(("stated", "formula"), [("60.00", True), ("40.00", False)])
def test_the_formula_stands_as_long_as_billing_states_the_same_fee(*, stated: str, formula: bool) -> None:
    contract = leaves(bound()).it_is("2026-03-02 09:00")
    contract.states("billing", "fees.early_termination", amount(stated))
    contract.look()

    assert fees(contract) == ([SIXTY], ["20% of 10 x 30.00 EUR"])
    assert ([said.key for said in contract.said[-1:]] == ["fact.withdrawn"]) is not formula
