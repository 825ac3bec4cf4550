"""A stopped voice says nothing, a shadow only proposes; when it may speak again it says all that still holds."""

from __future__ import annotations

from ligneclaire.voice.rules.advance import advance
from ligneclaire.voice.rules.state import Mode
from voice.gate import ONLINE, a_state, at, changed_from, ended, heard, promised, requested, stated, until

RECEIPT = [("termination.requested", {"received_by": "letter"})]


def test_nothing_is_said_while_the_voice_is_stopped() -> None:
    request = requested("2015-02-10 09:12")

    progress = until("2015-02-13 12:00", request, modes=[("2015-02-10 00:00", Mode.STOP)])

    assert heard(progress) == []
    assert ended(progress, request) == ["waiting"]
    assert [(hold.reason, hold.until) for hold in progress.holds] == [("stopped", at("2015-02-13 08:00"))]


def test_what_waited_during_a_stop_leaves_at_the_first_dispatch_after_it() -> None:
    modes = [("2015-02-10 00:00", Mode.STOP), ("2015-02-12 10:00", Mode.LIVE)]

    progress = until("2015-02-14 00:00", requested("2015-02-10 09:12"), modes=modes)

    assert heard(progress) == [("2015-02-13 08:00", RECEIPT, [])]


def test_an_online_request_that_met_a_stop_is_confirmed_at_the_next_dispatch() -> None:
    modes = [("2015-02-10 00:00", Mode.STOP), ("2015-02-12 10:00", Mode.LIVE)]

    progress = until("2015-02-14 00:00", requested("2015-02-10 09:12", by=ONLINE), modes=modes)

    assert heard(progress) == [("2015-02-13 08:00", [("termination.requested", ONLINE)], [])]


def test_a_shadow_proposes_what_it_would_say_and_promises_nothing() -> None:
    request, bill = (
        requested("2015-02-10 09:12"),
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00"),
    )

    progress = until("2015-02-13 00:00", request, bill, modes=[("2015-01-01 00:00", Mode.SHADOW)])

    assert [(message.at, message.says) for message in heard(progress)] == [
        ("2015-02-11 08:00", RECEIPT),
        ("2015-02-12 08:00", [("closing_bill.date", "2015-03-05")]),
    ]
    assert ended(progress, request, bill) == ["said", "said"]
    assert promised(progress) == []


def test_a_shadow_does_not_propose_the_same_twice() -> None:
    modes = [("2015-01-01 00:00", Mode.SHADOW)]

    progress = until("2015-03-01 00:00", requested("2015-02-10 09:12"), requested("2015-02-12 09:12"), modes=modes)

    assert [message.at for message in heard(progress)] == ["2015-02-11 08:00"]


def test_what_was_only_proposed_is_said_when_the_voice_may_speak() -> None:
    request = requested("2015-02-10 09:12")
    modes = [("2015-01-01 00:00", Mode.SHADOW), ("2015-02-16 10:00", Mode.LIVE)]

    progress = until("2015-02-18 00:00", request, modes=modes)

    assert heard(progress) == [("2015-02-11 08:00", RECEIPT, []), ("2015-02-17 08:00", RECEIPT, [])]
    assert changed_from(progress) == [None, None]
    assert ended(progress, request) == ["said"]


def test_a_shadow_between_two_tellings_leaves_the_first_as_what_the_customer_knows() -> None:
    modes = [("2015-02-17 00:00", Mode.SHADOW), ("2015-02-20 10:00", Mode.LIVE)]
    facts = [
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 09:00"),
        stated("billing", "closing_bill.date", "2015-03-06", "2015-02-17 09:00"),
        stated("billing", "closing_bill.date", "2015-03-09", "2015-02-19 09:00"),
    ]

    progress = until("2015-02-24 00:00", *facts, modes=modes)

    assert [(message.at, message.says) for message in heard(progress)] == [
        ("2015-02-12 08:00", [("closing_bill.date", "2015-03-05")]),
        ("2015-02-19 08:00", [("closing_bill.date", "2015-03-06")]),
        ("2015-02-23 08:00", [("closing_bill.date", "2015-03-09")]),
    ]
    assert changed_from(progress) == [None, "2015-03-05", "2015-03-05"]


def test_a_change_of_mode_is_found_by_a_worker_that_comes_late() -> None:
    modes = [("2015-01-01 00:00", Mode.SHADOW), ("2015-02-16 10:00", Mode.LIVE)]
    state = a_state(requested("2015-02-10 09:12"), modes=modes)

    at_once = advance(state, at("2015-02-20 00:00"))
    before = advance(state, at("2015-02-12 00:00"))
    after = advance(before.state, at("2015-02-20 00:00"))

    assert heard(before) + heard(after) == heard(at_once)


def test_the_mode_before_the_first_change_is_live() -> None:
    assert a_state().rules.mode_at(at("2015-02-10 00:00")) is Mode.LIVE
