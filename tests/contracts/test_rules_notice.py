"""When a contract ends, and what a request must say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.contracts.rules.notice import WishedBeforeReceipt, ends_on, latest_on
from ligneclaire.contracts.rules.request import missing

RECEIVED_ON = date(2026, 11, 22)
REQUEST = {
    "name": "Élodie Marchand",
    "acknowledge_to": "elodie@example.org",
    "reference": "C-4471",
    "wished_on": "2026-12-02",
    "lines": "+33639980001",
}


def test_ter_01_without_a_wish_the_contract_ends_ten_days_after_receipt() -> None:
    assert latest_on(RECEIVED_ON) == date(2026, 12, 2)
    assert ends_on(RECEIVED_ON) == date(2026, 12, 2)


def test_ter_01_a_later_day_is_as_the_customer_wishes() -> None:
    assert ends_on(RECEIVED_ON, wished_on=date(2027, 1, 31)) == date(2027, 1, 31)


def test_ter_01_an_earlier_day_is_as_wished_only_if_the_provider_accepts() -> None:
    wished_on = date(2026, 11, 25)

    assert ends_on(RECEIVED_ON, wished_on=wished_on, accepts_earlier=True) == wished_on
    assert ends_on(RECEIVED_ON, wished_on=wished_on) == date(2026, 12, 2)


def test_ter_01_a_day_before_the_receipt_is_refused() -> None:
    with pytest.raises(WishedBeforeReceipt) as refused:
        ends_on(RECEIVED_ON, wished_on=date(2026, 11, 21), accepts_earlier=True)

    assert refused.value.values == {"wished_on": date(2026, 11, 21), "received_on": RECEIVED_ON}
    assert ends_on(RECEIVED_ON, wished_on=RECEIVED_ON, accepts_earlier=True) == RECEIVED_ON


@given(days=st.integers(0, 400), accepts_earlier=st.booleans())
def test_ter_01_never_later_than_ten_days_unless_wished(*, days: int, accepts_earlier: bool) -> None:
    wished_on = date.fromordinal(RECEIVED_ON.toordinal() + days)

    ends = ends_on(RECEIVED_ON, wished_on=wished_on, accepts_earlier=accepts_earlier)

    assert RECEIVED_ON <= ends <= max(latest_on(RECEIVED_ON), wished_on)


def test_ter_05_a_complete_request_needs_no_reason() -> None:
    assert missing(REQUEST, on=RECEIVED_ON) == ()


def test_ter_05_each_field_that_is_empty_is_named() -> None:
    assert missing(REQUEST | {"lines": " "}, on=RECEIVED_ON) == ("lines",)
    assert missing({}, on=RECEIVED_ON) == ("name", "acknowledge_to", "reference", "wished_on", "lines")
