"""Which value of a topic stands: the later word of a source, the higher rank, the settlement; or nobody knows."""

from __future__ import annotations

from datetime import date

from ligneclaire.voice.rules.standing import Settlements, Standing, stand
from ligneclaire.voice.rules.state import Claim, End, Stated
from ligneclaire.voice.topics import TOPICS
from voice.gate import LETTER, ONLINE, requested, stated

DAYS = "equipment.days_after_formal_notice"
NOON, ONE, TWO, THREE = (f"2015-02-14 {hour}:00" for hour in (12, 13, 14, 15))


def weighed(*facts: Stated, settlements: Settlements | None = None) -> Standing:
    return stand(TOPICS[facts[0].kind], facts, settlements or {})


def fates(standing: Standing) -> dict[int, tuple[End, str]]:
    return {fact: (fate.end, fate.by.name if fate.by else "") for fact, fate in standing.fates.items()}


def test_nothing_stands_where_nobody_states_anything() -> None:
    standing = stand(TOPICS[DAYS], (), {})

    assert (standing.stands, standing.is_contested) == (False, False)


def test_the_value_that_one_department_states_stands() -> None:
    fact = stated("billing", "closing_bill.date", "2015-03-05", NOON, effective="2015-02-20")

    assert weighed(fact) == Standing(value="2015-03-05", effective=date(2015, 2, 20), support=(fact,))


def test_a_later_statement_of_the_same_source_is_a_change() -> None:
    first, second = stated("equipment", DAYS, 7, NOON), stated("equipment", DAYS, 10, ONE)

    standing = weighed(first, second)

    assert (standing.value, standing.support) == (10, (second,))
    assert fates(standing) == {first.id: (End.SUPERSEDED, second.name)}


def test_what_counts_is_when_the_source_stated_it_not_when_we_learnt_of_it() -> None:
    late = stated("equipment", DAYS, 7, NOON, known=THREE)
    newest = stated("equipment", DAYS, 10, ONE)

    assert weighed(newest, late).value == 10


def test_at_one_instant_the_id_decides_within_a_source() -> None:
    facts = [stated("equipment", DAYS, 7, NOON, name="a"), stated("equipment", DAYS, 10, NOON, name="b")]

    assert weighed(*facts).value == weighed(*reversed(facts)).value == 10


def test_a_lower_rank_yields_whenever_it_speaks() -> None:
    before = stated("contracts", "closing_bill.date", "2015-03-01", NOON)
    bill = stated("billing", "closing_bill.date", "2015-03-05", ONE)
    after = stated("contracts", "closing_bill.date", "2015-03-02", TWO)

    standing = weighed(before, bill, after)

    assert (standing.value, standing.support) == ("2015-03-05", (bill,))
    assert fates(standing) == {before.id: (End.SUPERSEDED, after.name), after.id: (End.SUPERSEDED, bill.name)}


def test_a_department_that_is_not_named_for_a_topic_comes_last() -> None:
    facts = [
        stated("marketing", "contract.ends_on", "2015-03-01", TWO),
        stated("journeys", "contract.ends_on", "2015-02-28", ONE),
        stated("contracts", "contract.ends_on", "2015-02-20", NOON),
    ]

    assert [weighed(*facts[:count]).value for count in (1, 2, 3)] == ["2015-03-01", "2015-02-28", "2015-02-20"]


def test_a_lower_rank_that_says_the_same_supports_it() -> None:
    bill, echo = (
        stated("billing", "closing_bill.date", "2015-03-05", NOON),
        stated("contracts", "closing_bill.date", "2015-03-05", ONE),
    )

    standing = weighed(bill, echo)

    assert (standing.support, standing.fates) == ((bill, echo), {})


def test_equal_ranks_that_say_the_same_agree_however_they_write_it() -> None:
    box, also = (
        stated("equipment", "equipment.to_return", ["box", "tv decoder"], NOON),
        stated("equipment-south-west", "equipment.to_return", ["TV decoder", "Box"], ONE),
    )

    standing = weighed(box, also)

    assert (standing.value, standing.support) == (["box", "tv decoder"], (box, also))


def test_equal_ranks_that_differ_are_a_contradiction_with_all_who_back_each_value() -> None:
    seven, ten = stated("equipment", DAYS, 7, NOON), stated("equipment-south-west", DAYS, 10, ONE)
    again = stated("equipment", DAYS, 7, TWO)
    echo = stated("contracts", DAYS, 10, THREE)

    standing = weighed(seven, ten, again, echo)

    assert (standing.is_contested, standing.stands, standing.fates) == (True, False, {})
    assert standing.claims == (
        Claim(value=10, sources=("equipment-south-west",), facts=(ten.id, echo.id)),
        Claim(value=7, sources=("equipment",), facts=(seven.id, again.id)),
    )


def test_claims_stand_in_the_order_in_which_they_were_made_last() -> None:
    ten, seven = stated("equipment-south-west", DAYS, 10, NOON), stated("equipment", DAYS, 7, ONE)

    assert [claim.value for claim in weighed(seven, ten).claims] == [10, 7]


def test_in_a_contradiction_only_the_last_word_of_each_source_counts() -> None:
    first, seven = stated("equipment", DAYS, 14, NOON), stated("equipment", DAYS, 7, ONE)
    ten = stated("equipment-south-west", DAYS, 10, TWO)

    standing = weighed(first, seven, ten)

    assert [claim.value for claim in standing.claims] == [7, 10]
    assert fates(standing) == {first.id: (End.SUPERSEDED, seven.name)}


def test_departments_that_agree_after_all_contradict_no_longer() -> None:
    seven, ten = stated("equipment", DAYS, 7, NOON), stated("equipment-south-west", DAYS, 10, ONE)
    corrected = stated("equipment", DAYS, 10, TWO)

    standing = weighed(seven, ten, corrected)

    assert (standing.value, standing.support) == (10, (ten, corrected))


def test_a_settlement_holds_for_its_set_of_values_whoever_states_them() -> None:
    settlements = {frozenset({"7", "10"}): "10"}
    seven, ten = stated("equipment", DAYS, 7, NOON), stated("equipment-south-west", DAYS, 10, ONE)
    swapped = [stated("equipment", DAYS, 10, NOON), stated("equipment-south-west", DAYS, 7, ONE)]

    standing = weighed(seven, ten, settlements=settlements)

    assert (standing.value, standing.support) == (10, (ten,))
    assert fates(standing) == {seven.id: (End.SETTLED_AGAINST, ten.name)}
    assert weighed(*swapped, settlements=settlements).value == 10


def test_a_third_value_reopens_what_was_settled() -> None:
    settlements = {frozenset({"7", "10"}): "10"}
    facts = [stated("equipment", DAYS, 7, NOON), stated("equipment-south-west", DAYS, 14, ONE)]

    assert [claim.value for claim in weighed(*facts, settlements=settlements).claims] == [7, 14]


def test_a_higher_rank_overrules_what_was_settled_below_it() -> None:
    facts = [
        stated("marketing", "contract.ends_on", "2015-03-01", NOON),
        stated("shop", "contract.ends_on", "2015-03-02", NOON),
        stated("contracts", "contract.ends_on", "2015-02-20", ONE),
    ]

    standing = weighed(*facts, settlements={frozenset({'"2015-03-01"', '"2015-03-02"'}): '"2015-03-01"'})

    assert standing.value == "2015-02-20"


def test_the_same_value_from_another_day_is_a_change_of_that_source() -> None:
    first = stated("third-party-operators", "line.taken_over_by", "other operator", NOON, effective="2015-02-13")
    moved = stated("third-party-operators", "line.taken_over_by", "other operator", ONE, effective="2015-02-16")

    standing = weighed(first, moved)

    assert (standing.effective, standing.support) == (date(2015, 2, 16), (moved,))
    assert fates(standing) == {first.id: (End.SUPERSEDED, moved.name)}


def test_of_several_that_agree_the_last_day_stated_counts() -> None:
    facts = [
        stated("equipment", "equipment.to_return", ["box"], NOON, effective="2015-02-20"),
        stated("equipment-south-west", "equipment.to_return", ["box"], ONE),
    ]

    assert weighed(*facts).effective == date(2015, 2, 20)


def test_what_a_customer_asks_is_never_contested_and_the_first_word_stands() -> None:
    letter, online = requested(NOON, by=LETTER), requested(ONE, by=ONLINE, source="space")

    assert weighed(online, letter) == Standing(value=LETTER, support=(letter, online))
