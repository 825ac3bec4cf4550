"""When money comes back to somebody who left, if the bill is not made on its day."""

from __future__ import annotations

import pytest

from journeys.contract import Contract


@pytest.mark.parametrize(("issued_on", "due_on"), [("2026-03-12", "2026-03-22"), ("2026-03-27", "2026-04-06")])
def test_ter_19_advance_payments_are_counted_from_the_bill_as_it_was_made(issued_on: str, due_on: str) -> None:
    contract = Contract().it_is("2026-03-02 09:00").asks_to_leave()
    contract.states("contracts", "contract.ends_on", "2026-03-10")
    contract.states("billing", "refund.advance", {"amount": "12.00", "currency": "EUR"})
    contract.states("billing", "closing_bill.date", "2026-03-20")
    contract.it_is(f"{issued_on} 10:00").states("billing", "closing_bill.issued", issued_on)
    contract.look()

    assert contract.has_said("refund.advance_by") == [due_on]
