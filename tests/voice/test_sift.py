"""Which facts may speak, and how those that may not end without a message."""

from __future__ import annotations

from ligneclaire.voice.rules.sift import Sifted, sift
from ligneclaire.voice.rules.state import End, Outcome, Stated
from voice.gate import ADSL, MOBILE, a_state, requested, settled, stated, taken_back, withdrawn

DAYS = "equipment.days_after_formal_notice"


def sifted(*facts: Stated) -> Sifted:
    return sift(a_state(*facts), facts)


def live(found: Sifted) -> dict[str, dict[str, list[str]]]:
    return {
        subject: {key: [fact.source_id for fact in facts] for key, facts in keys.items()}
        for subject, keys in found.live.items()
    }


def ends(found: Sifted, *facts: Stated) -> list[str]:
    outcomes = {outcome.fact: f"{outcome.end}: {outcome.reason}" for outcome in found.outcomes}
    return [outcomes.get(fact.id, "waiting") for fact in facts]


def test_what_a_department_states_on_a_known_topic_may_speak() -> None:
    fact = stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 09:00", name="e1")

    found = sifted(fact)

    assert live(found) == {ADSL: {"closing_bill.date": ["e1"]}}
    assert found.outcomes == ()


def test_an_unknown_topic_is_not_understood() -> None:
    fact = stated("billing", "weather.forecast", "rain", "2015-02-10 09:00")

    assert ends(sifted(fact), fact) == ["not understood: unknown topic or event 'weather.forecast'"]


def test_an_unknown_source_is_not_understood_whatever_it_states() -> None:
    fact = stated("somebody", "closing_bill.date", "2015-03-05", "2015-02-10 09:00")

    found = sifted(fact)

    assert ends(found, fact) == ["not understood: unknown source 'somebody'"]
    assert live(found) == {}


def test_contacts_and_sales_sentences_of_departments_are_not_for_customers() -> None:
    facts = [
        stated("billing", "contact.phone", "1014", "2015-02-10 09:00"),
        stated("billing", "contact.address", ["TSA 1"], "2015-02-10 09:00"),
        stated("marketing", "offer.promotion", "-50 %", "2015-02-10 09:00"),
    ]

    found = sifted(*facts)

    assert ends(found, *facts) == [
        "not for customers: the voice gives the contact",
        "not for customers: the voice gives the contact",
        "not for customers: no sales sentence without consent",
    ]
    assert live(found) == {}


def test_our_own_records_are_not_for_customers() -> None:
    facts = [
        settled(DAYS, [7, 10], 10, "2015-02-10 09:00"),
        stated("channels", "channels.message_sent", {}, "2015-02-10 09:00"),
    ]

    assert ends(sifted(*facts), *facts) == ["not for customers: our own record"] * 2


def test_a_source_withdraws_what_it_stated() -> None:
    fact = stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 09:00", name="e4")
    back = withdrawn("e4", "2015-02-11 09:00", source="billing", name="e5")

    found = sifted(fact, back)

    assert live(found) == {}
    assert found.outcomes == (
        Outcome(fact=fact.id, end=End.WITHDRAWN, reason="by billing/e5", by_fact=back.id),
        Outcome(fact=back.id, end=End.NOT_FOR_CUSTOMERS, reason='withdraws "e4"'),
    )


def test_nobody_withdraws_what_another_source_stated() -> None:
    fact = stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 09:00", name="e4")
    back = withdrawn("e4", "2015-02-11 09:00", source="contracts")

    found = sifted(fact, back)

    assert ends(found, fact, back) == ["waiting", 'not understood: no fact "e4" of this source to withdraw']


def test_a_withdrawal_of_nothing_that_can_be_named_is_not_understood() -> None:
    back = stated("billing", "fact.withdrawn", "e4", "2015-02-11 09:00")

    assert ends(sifted(back), back) == ["not understood: no fact null of this source to withdraw"]


def test_a_withdrawal_that_arrives_before_its_fact_still_withdraws_it() -> None:
    back = withdrawn("e4", "2015-02-10 09:00", source="billing", name="e5")
    late = stated("billing", "closing_bill.date", "2015-03-05", "2015-02-09 09:00", known="2015-02-11 09:00", name="e4")

    assert ends(sifted(late, back), late) == ["withdrawn: by billing/e5"]


def test_of_two_withdrawals_the_first_counts() -> None:
    fact = stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 09:00", name="e4")
    first = withdrawn("e4", "2015-02-11 09:00", source="billing", name="e5")
    second = withdrawn("e4", "2015-02-12 09:00", source="billing", name="e6")

    assert ends(sifted(second, first, fact), fact) == ["withdrawn: by billing/e5"]


def test_what_belongs_to_a_termination_falls_when_the_customer_stays() -> None:
    facts = [
        requested("2015-02-10 09:00", name="ask"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00", name="end"),
        stated("contracts", "contract.goes_on", True, "2015-02-10 10:00", name="on"),
        stated("third-party-operators", "line.taken_over_by", "other", "2015-02-10 10:00", name="taken"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00", name="end2", about=MOBILE),
        taken_back("2015-02-11 09:00", name="stay"),
    ]

    found = sifted(*facts)

    assert live(found) == {
        ADSL: {"contract.goes_on": ["on"], "line.taken_over_by": ["taken"], "termination.withdrawn": ["stay"]},
        MOBILE: {"contract.ends_on": ["end2"]},
    }
    assert ends(found, *facts[:2]) == ["superseded: by mailroom/stay"] * 2


def test_a_termination_asked_for_again_overtakes_that_the_customer_stays() -> None:
    facts = [
        requested("2015-02-10 09:00", name="ask"),
        taken_back("2015-02-11 09:00", name="stay"),
        requested("2015-02-12 09:00", name="ask again"),
    ]

    found = sifted(*facts)

    assert live(found) == {ADSL: {"termination.requested": ["ask again"]}}
    assert ends(found, *facts) == ["superseded: by mailroom/stay", "superseded: by mailroom/ask again", "waiting"]


def test_a_fact_that_has_ended_ends_no_second_time() -> None:
    fact = stated("billing", "weather.forecast", "rain", "2015-02-10 09:00")
    state = a_state(fact)

    assert sift(state, state.facts).outcomes != ()
    assert sift(type(state)(customer="C-1", rules=state.rules, ended=frozenset({fact.id})), [fact]).outcomes == ()


def test_settlements_are_known_by_topic_and_set_of_values_the_last_one_counts() -> None:
    facts = [
        settled(DAYS, [7, 10], 7, "2015-02-10 09:00"),
        settled(DAYS, [10, 7], 10, "2015-02-11 09:00"),
        settled("weather.forecast", ["rain", "sun"], "sun", "2015-02-11 09:00"),
        stated("voice", "voice.contradiction_settled", "unreadable", "2015-02-11 09:00"),
    ]

    assert sifted(*facts).settlements == {(ADSL, DAYS): {frozenset({"7", "10"}): "10"}}
