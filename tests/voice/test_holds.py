"""Of every fact that waits it is known why, and until when."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Hold, Mode
from voice.gate import ADSL, at, requested, stated, until

DAYS = "equipment.days_after_formal_notice"
MONEY = {"amount": "49.00", "currency": "EUR"}


def test_news_that_settles_waits_for_its_dispatch_together() -> None:
    facts = [
        stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00"),
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00"),
        stated("contracts", "closing_bill.date", "2015-03-05", "2015-02-10 10:00"),
    ]

    assert until("2015-02-10 12:00", *facts).holds == (
        Hold(
            subject=ADSL,
            facts=(facts[1].id, facts[2].id, facts[0].id),
            reason="settling",
            keys=("closing_bill.date", "refund.deposit"),
            until=at("2015-02-12 08:00"),
        ),
    )


def test_a_request_waits_for_its_receipt() -> None:
    ask = requested("2015-02-10 10:00")

    assert until("2015-02-10 12:00", ask).holds == (
        Hold(
            subject=ADSL,
            facts=(ask.id,),
            reason="receipt",
            keys=("termination.requested",),
            until=at("2015-02-11 08:00"),
        ),
    )


def test_while_the_voice_is_stopped_that_is_the_reason() -> None:
    facts = [requested("2015-02-10 10:00"), stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00")]

    holds = until("2015-02-10 12:00", *facts, modes=[("2015-02-01 00:00", Mode.STOP)]).holds

    assert [(hold.reason, hold.keys) for hold in holds] == [
        ("stopped", ("termination.requested",)),
        ("stopped", ("refund.deposit",)),
    ]


def test_what_departments_disagree_on_waits_for_the_owner_beside_the_rest() -> None:
    facts = [
        stated("equipment", DAYS, 7, "2015-02-10 10:00"),
        stated("equipment-south-west", DAYS, 10, "2015-02-10 10:00"),
        stated("billing", "refund.deposit", MONEY, "2015-02-10 10:00"),
    ]

    holds = until("2015-02-10 12:00", *facts).holds

    assert [(hold.reason, hold.facts, hold.until) for hold in holds] == [
        ("settling", (facts[2].id,), at("2015-02-17 08:00")),
        ("contradiction", (facts[0].id, facts[1].id), at("2015-02-17 08:00")),
    ]


def test_what_has_ended_waits_no_longer_although_it_is_told_again() -> None:
    said = stated("contracts", "closing_bill.date", "2015-03-05", "2015-02-10 10:00")
    echo = stated("billing", "closing_bill.date", "2015-03-05", "2015-02-16 10:00", effective="2015-02-20")

    assert [hold.facts for hold in until("2015-02-16 12:00", said, echo).holds] == [(echo.id,)]
