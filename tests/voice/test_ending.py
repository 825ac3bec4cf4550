"""The contracts that end are known at each instant, so that the others of the household can be said to go on."""

from __future__ import annotations

from ligneclaire.voice.rules.ending import contracts
from voice.gate import ADSL, MOBILE, a_state, at, requested, stated, taken_back, withdrawn


def test_a_contract_ends_by_a_request_a_stated_end_or_a_line_taken_over() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-03-01", "2015-02-10 09:00", about=MOBILE),
        stated("third-party-operators", "line.taken_over_by", "other", "2015-02-10 09:00", about="contract:K-FIX-3"),
        stated("contracts", "contract.goes_on", True, "2015-02-10 09:00", about="contract:K-4"),
    ]

    assert contracts(a_state(*facts), at=at("2015-02-11 08:00")) == {"K-ADSL-1", "K-MOB-2", "K-FIX-3"}


def test_what_is_known_later_ends_nothing_now() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-03-01", "2015-02-12 09:00", about=MOBILE),
    ]

    assert contracts(a_state(*facts), at=at("2015-02-11 08:00")) == {"K-ADSL-1"}


def test_a_contract_goes_on_when_the_customer_stays_or_the_source_was_wrong() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("contracts", "contract.ends_on", "2015-03-01", "2015-02-10 10:00", about=ADSL),
        taken_back("2015-02-10 11:00"),
        stated("contracts", "contract.ends_on", "2015-03-01", "2015-02-10 10:00", about=MOBILE, name="wrong"),
        withdrawn("wrong", "2015-02-10 11:00", source="contracts"),
    ]

    assert contracts(a_state(*facts), at=at("2015-02-11 08:00")) == frozenset()
