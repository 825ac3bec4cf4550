"""News leaves a working day after the last word on its subject, together, and never too late."""

from __future__ import annotations

from voice.gate import (
    changed_from,
    heard,
    stated,
    until,
)

DAYS = "equipment.days_after_formal_notice"
MONEY = {"amount": "49.00", "currency": "EUR"}


def left(*facts: object, before: str, **state: object) -> list[tuple[str, list[str]]]:
    return [(message.at, [key for key, _ in message.says]) for message in heard(until(before, *facts, **state))]


def test_a_source_that_repeats_itself_every_night_delays_nothing_beyond_five_working_days() -> None:
    nights = [stated("billing", "refund.deposit", MONEY, f"2015-02-{day:02} 02:00") for day in range(10, 28)]

    assert left(*nights, before="2015-02-28 00:00") == [("2015-02-17 08:00", ["refund.deposit"])]


def test_a_source_that_changes_its_mind_every_night_is_heard_after_five_working_days() -> None:
    nights = [
        stated("billing", "refund.deposit", {"amount": f"{day}.00", "currency": "EUR"}, f"2015-02-{day:02} 02:00")
        for day in range(10, 21)
    ]

    progress = until("2015-02-21 00:00", *nights)

    assert [message.at for message in heard(progress)] == ["2015-02-17 08:00"]
    assert changed_from(progress) == [None]
