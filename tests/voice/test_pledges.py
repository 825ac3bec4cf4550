"""Every date and amount told is a promise: kept, moved in time, broken, or passed without a word."""

from __future__ import annotations

from voice.gate import promised, stated, until


def test_a_date_that_was_over_when_it_was_told_is_unconfirmed_at_once() -> None:
    bill = stated("billing", "closing_bill.date", "2015-02-06", "2015-02-10 09:00")

    assert promised(until("2015-02-12 08:01", bill)) == [("closing_bill.date", "value", "2015-02-06", "unconfirmed")]


def test_a_date_told_together_with_its_proof_is_kept_at_once() -> None:
    bill = stated("billing", "closing_bill.date", "2015-02-06", "2015-02-10 09:00")
    issued = stated("billing", "closing_bill.issued", "2015-02-06", "2015-02-10 09:00")

    assert promised(until("2015-02-12 08:01", bill, issued)) == [("closing_bill.date", "value", "2015-02-06", "kept")]
