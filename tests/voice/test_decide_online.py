"""A request that came online is answered at once, with all that is known at that instant."""

from __future__ import annotations

from voice.gate import ADSL, LETTER, ONLINE, ended, heard, promised, requested, stated, until

REQUESTED, RENOUNCED = "termination.requested", "withdrawal.requested"
ENDS_ON, BILL, DAYS = "contract.ends_on", "closing_bill.date", "equipment.days_after_formal_notice"
TOLD = {"received_by": "online", "declared_at": "2015-02-14T23:12:00+01:00"}


def left(*facts: object, before: str = "2015-03-10 00:00") -> list[tuple[str, list[tuple[str, object]]]]:
    return [(message.at, message.says) for message in heard(until(before, *facts))]  # type: ignore[arg-type]


def test_what_a_plan_computes_at_the_same_instant_leaves_with_the_acknowledgement() -> None:
    facts = [
        requested("2015-02-14 23:12", by=ONLINE, source="journeys"),
        stated("journeys", ENDS_ON, "2015-02-24", "2015-02-14 23:12"),
        stated("journeys", BILL, "2015-03-05", "2015-02-14 23:12"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress) == [
        ("2015-02-14 23:12", [(REQUESTED, ONLINE), (ENDS_ON, "2015-02-24"), (BILL, "2015-03-05")], [])
    ]
    assert ended(progress, *facts) == ["said", "said", "said"]
    assert progress.utterances[0].request == facts[0]


def test_what_is_missing_then_has_a_date_in_the_acknowledgement() -> None:
    facts = [
        requested("2015-02-14 23:12", by=ONLINE, source="journeys"),
        stated("journeys", ENDS_ON, "2015-02-24", "2015-02-14 23:12"),
    ]

    progress = until("2015-02-15 00:00", *facts, with_equipment=[ADSL])

    assert heard(progress)[0].later == [
        (BILL, "2015-02-27"),
        ("equipment.return_by", "2015-02-27"),
        ("equipment.return_how", "2015-02-27"),
    ]


def test_what_was_known_before_and_still_settled_leaves_with_it() -> None:
    facts = [
        stated("third-party-operators", "line.taken_over_by", "other operator", "2015-02-14 20:00"),
        requested("2015-02-14 23:12", by=ONLINE),
    ]

    assert left(*facts) == [
        ("2015-02-14 23:12", [(REQUESTED, ONLINE), ("line.taken_over_by", "other operator")]),
    ]


def test_what_is_known_later_settles_as_usual() -> None:
    facts = [
        requested("2015-02-14 23:12", by=ONLINE, source="journeys"),
        stated("journeys", ENDS_ON, "2015-02-24", "2015-02-14 23:12"),
        stated("billing", BILL, "2015-03-05", "2015-02-14 23:13"),
    ]

    assert left(*facts) == [
        ("2015-02-14 23:12", [(REQUESTED, ONLINE), (ENDS_ON, "2015-02-24")]),
        ("2015-02-16 08:00", [(BILL, "2015-03-05")]),
    ]


def test_what_is_contested_stays_behind_and_is_promised() -> None:
    facts = [
        requested("2015-02-14 23:12", by=ONLINE, source="journeys"),
        stated("journeys", ENDS_ON, "2015-02-24", "2015-02-14 23:12"),
        stated("journeys", BILL, "2015-03-05", "2015-02-14 23:12"),
        stated("equipment", DAYS, 7, "2015-02-14 22:00"),
        stated("equipment-south-west", DAYS, 10, "2015-02-14 22:00"),
    ]

    progress = until("2015-02-16 12:00", *facts)

    assert heard(progress) == [
        (
            "2015-02-14 23:12",
            [(REQUESTED, ONLINE), (ENDS_ON, "2015-02-24"), (BILL, "2015-03-05")],
            [(DAYS, "2015-02-27")],
        )
    ]
    assert [hold.reason for hold in progress.holds] == ["contradiction"]
    assert (DAYS, "telling", "2015-02-27", "open") in promised(progress)


def test_a_department_that_knows_better_later_changes_what_the_plan_computed() -> None:
    facts = [
        requested("2015-02-14 23:12", by=ONLINE, source="journeys"),
        stated("journeys", BILL, "2015-03-05", "2015-02-14 23:12"),
        stated("billing", BILL, "2015-03-09", "2015-02-17 10:00"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert [message.says for message in heard(progress)] == [
        [(REQUESTED, ONLINE), (BILL, "2015-03-05")],
        [(BILL, "2015-03-09")],
    ]
    assert ended(progress, *facts) == ["said", "said", "said"]


def test_a_plan_that_computes_later_than_a_department_yields_to_it() -> None:
    facts = [
        stated("equipment", "equipment.return_by", "2015-03-06", "2015-02-16 09:00"),
        stated("journeys", "equipment.return_by", "2015-03-10", "2015-02-16 10:00"),
    ]

    progress = until("2015-03-01 00:00", *facts)

    assert [message.says for message in heard(progress)] == [[("equipment.return_by", "2015-03-06")]]
    assert ended(progress, *facts) == ["said", f"superseded by {facts[0].name}"]


def test_a_contract_renounced_online_is_acknowledged_at_once_with_its_refund() -> None:
    facts = [
        stated("journeys", RENOUNCED, TOLD, "2015-02-14 23:12"),
        stated("journeys", "refund.withdrawal_by", "2015-02-28", "2015-02-14 23:12"),
    ]

    progress = until("2015-02-28 00:00", *facts, with_equipment=[ADSL])

    assert heard(progress) == [("2015-02-14 23:12", [(RENOUNCED, TOLD), ("refund.withdrawal_by", "2015-02-28")], [])]
    assert [utterance.received_by for utterance in progress.utterances] == ["online"]
    assert promised(progress) == [("refund.withdrawal_by", "value", "2015-02-28", "open")]


def test_a_contract_renounced_by_letter_is_acknowledged_at_the_next_dispatch() -> None:
    facts = [
        stated("journeys", RENOUNCED, LETTER, "2015-02-14 23:12"),
        stated("journeys", "refund.withdrawal_by", "2015-02-28", "2015-02-14 23:12"),
    ]

    assert left(*facts) == [
        ("2015-02-16 08:00", [(RENOUNCED, LETTER), ("refund.withdrawal_by", "2015-02-28")]),
    ]


def test_a_contract_renounced_ends_on_that_day_so_that_news_leaves_in_time() -> None:
    facts = [
        stated("journeys", RENOUNCED, LETTER, "2015-02-10 09:00"),
        stated("billing", "refund.withdrawal", {"amount": "5.00", "currency": "EUR"}, "2015-02-13 09:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert [message.at for message in heard(progress)] == ["2015-02-11 08:00", "2015-02-16 08:00"]
    assert [message.later for message in heard(progress)] == [[], []]


def test_who_renounced_has_left_whatever_is_stated_after_it() -> None:
    gone = stated("journeys", RENOUNCED, TOLD, "2015-02-14 23:12")
    stays = stated("mailroom", "termination.withdrawn", LETTER, "2015-02-16 09:00")
    refund = stated("journeys", "refund.withdrawal_by", "2015-02-28", "2015-02-15 09:00")

    progress = until("2015-02-25 00:00", gone, refund, stays)

    assert [message.says for message in heard(progress)] == [
        [(RENOUNCED, TOLD)],
        [("refund.withdrawal_by", "2015-02-28")],
    ]
    assert ended(progress, stays) == [f"superseded by {gone.name}"]


def test_who_stays_after_all_is_answered_the_way_they_said_so() -> None:
    online = until(
        "2015-02-20 00:00",
        requested("2015-02-14 23:12", by=LETTER),
        stated("space", "termination.withdrawn", ONLINE, "2015-02-18 21:00"),
    )
    by_letter = until(
        "2015-02-20 00:00",
        requested("2015-02-14 23:12", by=ONLINE),
        stated("mailroom", "termination.withdrawn", LETTER, "2015-02-18 09:00"),
    )

    assert [said.received_by for said in online.utterances] == ["letter", "online"]
    assert [said.received_by for said in by_letter.utterances] == ["online", "letter"]
