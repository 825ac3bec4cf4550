from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from builders import a_world
from ligneclaire.contracts.actions.import_contracts import HolderDiffers, import_contracts
from ligneclaire.contracts.models import Contract
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.values import ContractEntry, EquipmentEntry
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.rows import Tally

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 1, tzinfo=UTC)
BOX = EquipmentEntry(kind="box", serial="LB-4471-0093")
DECODER = EquipmentEntry(kind="tv decoder", serial="TV-2210-7781")
ADSL = ContractEntry(
    number="K-ADSL-1",
    customer="C-2001",
    offer="ADSL-PHONE",
    line="+33536490201",
    since=date(2008, 4, 1),
    committed_until=None,
    place="",
    equipment=(BOX, DECODER),
)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def import_them(*contracts: ContractEntry) -> tuple[Tally, Tally]:
    tallies = import_contracts(contracts=contracts, by=SYSTEM, at=NOW)
    assert list(tallies) == ["contracts", "equipment"]
    return tallies["contracts"], tallies["equipment"]


def serials(customer: str) -> dict[str, list[str]]:
    [held] = household.of([customer]).values()
    return {holding.contract: [thing.serial for thing in holding.equipment] for holding in held}


def test_a_contract_that_is_there_already_changes_nothing() -> None:
    assert import_them(ADSL) == (Tally(same=1), Tally(same=2))


def test_a_contract_that_differs_is_brought_up_to_date() -> None:
    committed = replace(ADSL, committed_until=date(2016, 4, 1), place="33000 Bordeaux")

    assert import_them(committed) == (Tally(changed=1), Tally(same=2))
    [row] = Contract.objects.filter(number="K-ADSL-1").values_list("committed_until", "place", "changed_at")
    assert row == (date(2016, 4, 1), "33000 Bordeaux", NOW)


def test_a_new_contract_stands_beside_those_that_are_not_listed() -> None:
    new = replace(ADSL, number="K-NEW-1", customer="C-1001", equipment=(EquipmentEntry(kind="box", serial="LB-1"),))

    assert import_them(new) == (Tally(new=1), Tally(new=1))
    assert serials("C-1001") == {"K-MOB-11": [], "K-NEW-1": ["LB-1"]}


def test_equipment_that_is_no_longer_listed_is_removed() -> None:
    assert import_them(replace(ADSL, equipment=(BOX,))) == (Tally(same=1), Tally(same=1, removed=1))
    assert serials("C-2001")["K-ADSL-1"] == ["LB-4471-0093"]


def test_equipment_may_move_to_the_contract_of_another_customer() -> None:
    theirs = replace(ADSL, number="K-MOB-11", customer="C-1001", equipment=(DECODER,))

    _, equipment = import_them(theirs)

    assert equipment == Tally(changed=1)
    assert serials("C-1001") == {"K-MOB-11": ["TV-2210-7781"]}
    assert serials("C-2001")["K-ADSL-1"] == ["LB-4471-0093"]


def test_an_import_does_not_hand_a_contract_to_another_customer() -> None:
    with pytest.raises(HolderDiffers) as refused:
        import_them(replace(ADSL, customer="C-1001", place="75011 Paris"), replace(ADSL, number="K-NEW-1"))

    assert refused.value.values == {"holders": {"K-ADSL-1": "C-2001"}}
    assert Contract.objects.filter(number="K-NEW-1").count() == 0
    assert serials("C-2001")["K-ADSL-1"] == ["LB-4471-0093", "TV-2210-7781"]
