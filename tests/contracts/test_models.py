"""What must never be is impossible in the database."""

from __future__ import annotations

from datetime import date

import pytest

from builders import LONG_AGO, a_world, refused_by
from ligneclaire.contracts.models import Contract, Equipment
from ligneclaire.contracts.queries import household

pytestmark = pytest.mark.django_db
STAMP = {"changed_by": "system:test", "changed_at": LONG_AGO}
FIRST = date(2005, 1, 10)
BOUND = {
    "commitment_accepted_on": FIRST,
    "commitment_months": 24,
    "committed_until": date(2007, 1, 10),
    "before_month_twelve": "full_to_end",
}


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        pytest.param("contracts_contract_number", {"number": "K-MOB-2"}, id="a number that is taken"),
        pytest.param("contracts_contract_customer_id", {"customer": "C-9"}, id="nobody's contract"),
        pytest.param("contracts_contract_offer_id", {"offer": "DIAL-UP"}, id="an offer that does not exist"),
        pytest.param("contract_line_is_e164", {"line": "05 36 49 02 01"}, id="a line that is not E.164"),
        pytest.param(
            "contract_concluded_before_start", {"concluded_on": date(2005, 1, 11)}, id="concluded after it began"
        ),
        pytest.param("contract_rio_form", {"rio": "01peroy4p4tr"}, id="a RIO in small letters"),
        pytest.param(
            "contract_commitment_whole_or_none", {"subsidised_handset": True}, id="a handset and no commitment"
        ),
        pytest.param(
            "contract_commitment_whole_or_none", BOUND | {"before_month_twelve": "later"}, id="no known policy"
        ),
        pytest.param(
            "contract_commitment_whole_or_none",
            BOUND | {"commitment_accepted_on": date(2005, 1, 9), "committed_until": date(2007, 1, 9)},
            id="bound before there was a contract",
        ),
        pytest.param(
            "contract_commitment_whole_or_none",
            BOUND | {"commitment_months": None},
            id="bound for nobody knows how long",
        ),
        pytest.param(
            "contract_committed_until_the_end",
            BOUND | {"committed_until": date(2007, 1, 11)},
            id="an end that does not follow",
        ),
        pytest.param("contract_fee_not_negative", BOUND | {"commitment_fee_minor": -1}, id="a fee below zero"),
        pytest.param(
            "contract_commitment_after_start", {"committed_until": date(2005, 1, 10)}, id="a commitment without a day"
        ),
    ],
)
def test_the_database_refuses_impossible_contracts(constraint: str, wrong: dict[str, object]) -> None:
    with refused_by(constraint):
        Contract.objects.filter(number="K-FIX-51").update(**{"since": FIRST, "concluded_on": FIRST} | wrong)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2025, 1, 31), date(2025, 2, 28)), (date(2024, 1, 31), date(2024, 2, 29))]
)
def test_a_commitment_ends_in_the_database_as_in_the_rules(first: date, last: date) -> None:
    bound = {"commitment_accepted_on": first, "commitment_months": 1, "before_month_twelve": "full_to_end"}

    Contract.objects.filter(number="K-FIX-51").update(committed_until=last, **bound)

    [held] = household.of(["C-5001"])["C-5001"]
    assert held.commitment
    assert held.commitment.ends_on == held.committed_until == last


@pytest.mark.parametrize(
    ("customer", "contract"),
    [
        pytest.param("C-1001", "K-ADSL-1", id="another customer"),
        pytest.param("C-9", "K-ADSL-1", id="nobody"),
        pytest.param("C-2001", "K-9", id="no contract"),
    ],
)
def test_equipment_belongs_to_the_customer_of_its_contract(customer: str, contract: str) -> None:
    with refused_by("equipment_of_the_contracts_customer"):
        Equipment.objects.create(customer_id=customer, contract_id=contract, kind="box", serial="LB-1", **STAMP)


def test_a_contract_with_equipment_keeps_its_customer() -> None:
    with refused_by("equipment_of_the_contracts_customer"):
        Contract.objects.filter(number="K-ADSL-1").update(customer="C-1001")


def test_a_serial_number_exists_once() -> None:
    with refused_by("contracts_equipment_serial"):
        Equipment.objects.filter(serial="TV-2210-7781").update(serial="LB-4471-0093")
