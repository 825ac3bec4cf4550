"""What was told and is different now is said as a change; the same again says nothing; each fact ends once."""

from __future__ import annotations

from voice.gate import changed_from, ended, heard, promised, stated, until, withdrawn

BILL = "closing_bill.date"
MONEY = {"amount": "49.00", "currency": "EUR"}


def test_the_first_statement_of_a_value_is_said_and_the_others_fold_into_it() -> None:
    facts = [
        stated("equipment", "equipment.to_return", ["box"], "2015-02-10 10:00"),
        stated("equipment-south-west", "equipment.to_return", ["Box"], "2015-02-10 11:00"),
        stated("equipment", "equipment.to_return", ["box"], "2015-02-10 12:00"),
    ]

    progress = until("2015-02-20 00:00", *facts)

    assert heard(progress) == [("2015-02-12 08:00", [("equipment.to_return", ["box"])], [])]
    assert ended(progress, *facts) == ["said", "folded", "folded"]
    assert {outcome.utterance for _, outcome in progress.ended} == {progress.utterances[0].uuid}


def test_the_same_after_telling_says_nothing_and_folds_into_what_was_told() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("contracts", BILL, "2015-03-05", "2015-02-16 10:00"),
    ]

    progress = until("2015-02-28 00:00", *facts)

    assert len(progress.utterances) == 1
    assert ended(progress, *facts) == ["said", "folded told already"]


def test_a_change_before_telling_says_only_the_last_word() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", BILL, "2015-03-12", "2015-02-10 11:00"),
    ]

    progress = until("2015-02-20 00:00", *facts)

    assert heard(progress) == [("2015-02-12 08:00", [(BILL, "2015-03-12")], [])]
    assert changed_from(progress) == [None]
    assert ended(progress, *facts) == [f"superseded by {facts[1].name}", "said"]


def test_a_change_after_telling_names_the_earlier_value_and_moves_the_promise() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", BILL, "2015-03-12", "2015-02-16 10:00"),
    ]

    progress = until("2015-02-28 00:00", *facts)

    assert heard(progress)[1] == ("2015-02-18 08:00", [(BILL, "2015-03-12")], [])
    assert changed_from(progress) == [None, "2015-03-05"]
    assert ended(progress, *facts) == ["said", "said"]
    assert promised(progress) == [(BILL, "value", "2015-03-05", "moved"), (BILL, "value", "2015-03-12", "open")]


def test_a_higher_rank_changes_what_a_lower_one_had_us_tell() -> None:
    facts = [
        stated("contracts", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", BILL, "2015-03-12", "2015-02-16 10:00"),
    ]

    progress = until("2015-02-28 00:00", *facts)

    assert changed_from(progress) == [None, "2015-03-05"]


def test_a_lower_rank_that_speaks_after_telling_yields() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("contracts", BILL, "2015-03-12", "2015-02-16 10:00"),
    ]

    progress = until("2015-02-28 00:00", *facts)

    assert len(progress.utterances) == 1
    assert ended(progress, *facts) == ["said", f"superseded by {facts[0].name}"]


def test_a_value_taken_back_before_telling_is_never_said() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00", name="wrong"),
        withdrawn("wrong", "2015-02-10 11:00", source="billing"),
    ]

    progress = until("2015-02-28 00:00", *facts)

    assert heard(progress) == []
    assert ended(progress, *facts) == [f"withdrawn by {facts[1].name}", 'not for customers withdraws "wrong"']


def test_a_value_taken_back_after_telling_is_said_to_hold_no_longer() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00", name="wrong"),
        withdrawn("wrong", "2015-02-16 10:00", source="billing"),
    ]

    progress = until("2015-02-28 00:00", *facts)

    assert heard(progress)[1] == ("2015-02-18 08:00", [(BILL, None)], [])
    assert changed_from(progress) == [None, "2015-03-05"]
    assert progress.utterances[1].tellings[0].facts == (facts[1].id,)
    assert ended(progress, *facts) == ["said", 'not for customers withdraws "wrong"']
    assert promised(progress) == [(BILL, "value", "2015-03-05", "moved")]


def test_a_value_stated_anew_after_it_was_taken_back_is_news() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00", name="wrong"),
        withdrawn("wrong", "2015-02-16 10:00", source="billing"),
        stated("billing", BILL, "2015-03-05", "2015-02-23 10:00"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert heard(progress)[2] == ("2015-02-25 08:00", [(BILL, "2015-03-05")], [])
    assert changed_from(progress) == [None, "2015-03-05", None]


def test_a_value_restated_before_its_withdrawal_was_said_changes_nothing() -> None:
    facts = [
        stated("billing", BILL, "2015-03-05", "2015-02-10 10:00", name="wrong"),
        withdrawn("wrong", "2015-02-16 10:00", source="billing"),
        again := stated("billing", BILL, "2015-03-05", "2015-02-16 11:00"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert len(progress.utterances) == 1
    assert ended(progress, again) == ["folded told already"]


def test_a_withdrawal_known_before_its_fact_keeps_it_from_being_said() -> None:
    facts = [
        withdrawn("early", "2015-02-10 10:00", source="billing"),
        stated("billing", BILL, "2015-03-05", "2015-02-09 10:00", known="2015-02-11 10:00", name="early"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert heard(progress) == []
    assert ended(progress, *facts) == [
        'not understood no fact "early" of this source to withdraw',
        f"withdrawn by {facts[0].name}",
    ]


def test_when_a_higher_rank_takes_its_word_back_the_lower_one_is_told() -> None:
    facts = [
        stated("contracts", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", BILL, "2015-03-12", "2015-02-10 10:00", name="wrong"),
        withdrawn("wrong", "2015-02-16 10:00", source="billing"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert [message.says for message in heard(progress)] == [[(BILL, "2015-03-12")], [(BILL, "2015-03-05")]]
    assert changed_from(progress) == [None, "2015-03-12"]
    assert ended(progress, facts[0]) == [f"superseded by {facts[1].name}"]


def test_an_older_statement_that_arrives_late_does_not_undo_a_newer_one() -> None:
    facts = [
        stated("billing", BILL, "2015-03-12", "2015-02-10 10:00"),
        stated("billing", BILL, "2015-03-05", "2015-02-09 10:00", known="2015-02-16 10:00"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert len(progress.utterances) == 1
    assert ended(progress, *facts) == ["said", f"superseded by {facts[0].name}"]


def test_another_day_for_the_same_value_is_a_change() -> None:
    line = "line.taken_over_by"
    facts = [
        stated("third-party-operators", line, "other operator", "2015-02-10 10:00", effective="2015-03-13"),
        stated("third-party-operators", line, "other operator", "2015-02-16 10:00", effective="2015-03-16"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert [str(telling.effective) for u in progress.utterances for telling in u.tellings] == [
        "2015-03-13",
        "2015-03-16",
    ]
    assert changed_from(progress) == [None, "other operator"]


def test_facts_that_nobody_understands_end_at_once_and_disturb_nothing() -> None:
    facts = [
        stated("billing", "weather.forecast", "rain", "2015-02-10 10:00"),
        stated("somebody", BILL, "2015-03-05", "2015-02-10 10:00"),
        stated("billing", "contact.phone", "1014", "2015-02-10 10:00"),
        stated("marketing", "offer.promotion", "-50 %", "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00"),
    ]

    progress = until("2015-02-20 00:00", *facts)

    assert heard(progress) == [("2015-02-12 08:00", [("refund.deposit", MONEY)], [])]
    assert ended(progress, *facts) == [
        "not understood unknown topic or event 'weather.forecast'",
        "not understood unknown source 'somebody'",
        "not for customers the voice gives the contact",
        "not for customers no sales sentence without consent",
        "said",
    ]
