"""What must never be is impossible in the database."""

from __future__ import annotations

from datetime import date

import pytest

from builders import LONG_AGO, a_world, refused_by
from ligneclaire.contracts.models import Contract, Equipment

pytestmark = pytest.mark.django_db
STAMP = {"changed_by": "system:test", "changed_at": LONG_AGO}


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
            "contract_commitment_after_start", {"committed_until": date(2005, 1, 10)}, id="a commitment without a day"
        ),
    ],
)
def test_the_database_refuses_impossible_contracts(constraint: str, wrong: dict[str, object]) -> None:
    with refused_by(constraint):
        Contract.objects.filter(number="K-FIX-51").update(since=date(2005, 1, 10), **wrong)


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
