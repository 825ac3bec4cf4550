"""A contradiction never leaves: it is asked of the owner, settled once for its values, and said when it is settled."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Contradiction, Stated
from voice.gate import ADSL, at, changed_from, ended, heard, promised, settled, stated, until, withdrawn

DAYS = "equipment.days_after_formal_notice"


def seven(when: str = "2015-02-10 10:00", **more: str) -> Stated:
    return stated("equipment", DAYS, 7, when, **more)


def ten(when: str = "2015-02-10 10:00", **more: str) -> Stated:
    return stated("equipment-south-west", DAYS, 10, when, **more)


def asked(contradictions: tuple[Contradiction, ...]) -> list[tuple[str, str, list[tuple[object, tuple[str, ...]]]]]:
    return [(c.subject, c.key, [(claim.value, claim.sources) for claim in c.claims]) for c in contradictions]


def test_two_values_of_equal_rank_wait_and_are_asked() -> None:
    one, other = seven(), ten("2015-02-11 10:00")

    progress = until("2015-03-01 00:00", one, other)

    assert heard(progress) == []
    assert asked(progress.contradictions) == [
        (ADSL, DAYS, [(7, ("equipment",)), (10, ("equipment-south-west",))]),
    ]
    assert progress.contradictions[0].since == at("2015-02-11 10:00")
    assert ended(progress, one, other) == ["waiting", "waiting"]
    assert [(hold.reason, hold.keys, hold.facts) for hold in progress.holds] == [
        ("contradiction", (DAYS,), (one.id, other.id))
    ]


def test_what_was_settled_is_said_and_the_other_ends_as_settled_against() -> None:
    one, other = seven(), ten()

    progress = until("2015-02-20 00:00", one, other, settled(DAYS, [7, 10], 10, "2015-02-12 10:00"))

    assert heard(progress) == [("2015-02-13 08:00", [(DAYS, 10)], [])]
    assert ended(progress, one, other) == [f"settled against by {other.name}", "said"]
    assert progress.contradictions == ()


def test_a_contradiction_after_telling_is_one_too_and_nothing_more_is_said_of_it() -> None:
    one, other = seven(), ten("2015-02-16 10:00")

    progress = until("2015-03-01 00:00", one, other)

    assert heard(progress) == [("2015-02-12 08:00", [(DAYS, 7)], [])]
    assert asked(progress.contradictions) == [(ADSL, DAYS, [(7, ("equipment",)), (10, ("equipment-south-west",))])]
    assert ended(progress, one, other) == ["said", "waiting"]


def test_settled_otherwise_than_told_it_is_told_as_a_change() -> None:
    facts = [seven(), ten("2015-02-16 10:00"), settled(DAYS, [7, 10], 10, "2015-02-18 10:00")]

    progress = until("2015-03-01 00:00", *facts)

    assert heard(progress)[1:] == [("2015-02-19 08:00", [(DAYS, 10)], [])]
    assert changed_from(progress) == [None, 7]


def test_settled_as_it_was_told_nothing_is_said() -> None:
    one, other = seven(), ten("2015-02-16 10:00")

    progress = until("2015-03-01 00:00", one, other, settled(DAYS, [7, 10], 7, "2015-02-18 10:00"))

    assert [message.at for message in heard(progress)] == ["2015-02-12 08:00"]
    assert ended(progress, one, other) == ["said", f"settled against by {one.name}"]


def test_a_settlement_is_remembered_for_the_same_values() -> None:
    facts = [
        seven(),
        ten(),
        settled(DAYS, [7, 10], 10, "2015-02-11 10:00"),
        stated("equipment", DAYS, 10, "2015-02-16 10:00"),
        again := seven("2015-02-23 10:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert [message.at for message in heard(progress)] == ["2015-02-12 08:00"]
    assert progress.contradictions == ()
    assert ended(progress, again) == [f"settled against by {facts[1].name}"]


def test_a_third_value_is_a_new_question() -> None:
    facts = [
        seven(),
        ten(),
        settled(DAYS, [7, 10], 10, "2015-02-11 10:00"),
        stated("equipment", DAYS, 14, "2015-02-16 10:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress) == [("2015-02-12 08:00", [(DAYS, 10)], [])]
    assert asked(progress.contradictions) == [(ADSL, DAYS, [(10, ("equipment-south-west",)), (14, ("equipment",))])]


def test_departments_that_come_to_agree_need_no_owner() -> None:
    facts = [seven(name="wrong"), ten(), stated("equipment", DAYS, 10, "2015-02-11 10:00")]

    progress = until("2015-02-20 00:00", *facts)

    assert heard(progress) == [("2015-02-13 08:00", [(DAYS, 10)], [])]
    assert ended(progress, *facts) == [f"superseded by {facts[2].name}", "said", "folded"]


def test_a_source_that_takes_its_value_back_ends_the_contradiction() -> None:
    facts = [seven(name="wrong"), ten(), withdrawn("wrong", "2015-02-12 10:00", source="equipment")]

    progress = until("2015-02-20 00:00", *facts)

    assert heard(progress) == [("2015-02-16 08:00", [(DAYS, 10)], [])]
    assert ended(progress, *facts[:2]) == [f"withdrawn by {facts[2].name}", "said"]


def test_a_settlement_given_for_other_values_settles_nothing() -> None:
    facts = [seven(), ten(), settled(DAYS, [7, 14], 7, "2015-02-11 10:00")]

    progress = until("2015-02-20 00:00", *facts)

    assert (heard(progress), len(progress.contradictions)) == ([], 1)


def test_what_is_contested_when_the_service_ends_stays_behind_with_a_date() -> None:
    facts = [
        seven(),
        ten(),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        settled(DAYS, [7, 10], 10, "2015-02-23 10:00"),
    ]

    progress = until("2015-02-26 00:00", *facts)

    assert heard(progress) == [
        ("2015-02-17 08:00", [("contract.ends_on", "2015-02-20")], [(DAYS, "2015-02-25")]),
        ("2015-02-24 08:00", [(DAYS, 10)], []),
    ]
    assert changed_from(progress) == [None, None]
    assert promised(progress) == [
        ("contract.ends_on", "value", "2015-02-20", "unconfirmed"),
        (DAYS, "telling", "2015-02-25", "kept"),
    ]


def test_until_it_is_settled_it_waits_for_the_day_that_was_told() -> None:
    facts = [seven(), ten(), stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00")]

    assert [hold.until for hold in until("2015-02-18 00:00", *facts).holds] == [at("2015-02-25 08:00")]
    assert [hold.until for hold in until("2015-02-12 00:00", *facts).holds] == [at("2015-02-17 08:00")] * 2


def test_a_contested_topic_does_not_hold_back_another_contract() -> None:
    facts = [
        seven(),
        ten(),
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00", about="contract:K-2"),
    ]

    assert [message.at for message in heard(until("2015-02-20 00:00", *facts))] == ["2015-02-12 08:00"]
