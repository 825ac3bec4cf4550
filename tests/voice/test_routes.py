"""A message answers by the way the request came, and a copy runs ahead of a letter that may come too late."""

from __future__ import annotations

from uuid import UUID

import pytest

from ligneclaire.channels.states import Channel
from ligneclaire.people.states import MessagePurpose, Way
from ligneclaire.people.values import NO_WISHES, Wishes
from ligneclaire.voice.rules.bearing import is_urgent
from ligneclaire.voice.rules.routes import instead_of, routes, way_of_receipt
from ligneclaire.voice.rules.state import Telling, Told, Utterance
from voice.gate import ADSL, CALENDAR, at

LETTER, EMAIL, SMS = Channel.LETTER, Channel.EMAIL, Channel.SMS
EVERYWHERE = {LETTER: ("M LENOIR",), EMAIL: ("lenoir@example.org",), SMS: ("+33639980201",)}


def spoken(
    *,
    on: object = "2015-03-05",
    key: str = "closing_bill.date",
    received_by: str = "",
    when: str = "2015-02-17 08:00",
    before: object = None,
) -> Utterance:
    told = Told(utterance=UUID(int=1), at=at("2015-02-10 08:00"), subject=ADSL, key=key, value=before)
    telling = Telling(key=key, value=on, effective=None, earlier=told if before else None, facts=())
    return Utterance(
        uuid=UUID(int=0), subject=ADSL, at=at(when), tellings=(telling,), follow_ups=(), received_by=received_by
    )


def ways(utterance: Utterance, **reachable: tuple[str, ...]) -> tuple[Channel, ...]:
    known = {channel: reachable.get(channel.value, there) for channel, there in EVERYWHERE.items()}
    return routes(utterance, known, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("received_by", "main"),
    [("", LETTER), ("letter", LETTER), ("shop", LETTER), ("phone", LETTER), ("online", EMAIL), ("email", EMAIL)],
)
def test_a_request_is_answered_on_paper_unless_it_came_online(received_by: str, main: Channel) -> None:
    assert ways(spoken(received_by=received_by)) == (main,)


def test_without_an_address_an_email_is_the_durable_medium_and_then_a_text_message() -> None:
    assert ways(spoken(), letter=()) == (EMAIL,)
    assert ways(spoken(), letter=(), email=()) == (SMS,)
    assert ways(spoken(received_by="online"), email=()) == (LETTER,)


def test_a_customer_who_cannot_be_reached_has_no_way() -> None:
    assert ways(spoken(), letter=(), email=(), sms=()) == ()


@pytest.mark.parametrize("day", ["2015-02-17", "2015-02-18", "2015-02-19"])
def test_a_copy_runs_ahead_of_a_letter_that_may_arrive_after_a_date_it_tells(day: str) -> None:
    assert ways(spoken(on=day)) == (LETTER, EMAIL)
    assert ways(spoken(on=day), email=()) == (LETTER, SMS)
    assert ways(spoken(on=day), email=(), sms=()) == (LETTER,)


@pytest.mark.parametrize("day", ["2015-02-16", "2015-02-20"])
def test_no_copy_runs_ahead_of_a_letter_in_time_or_about_the_past(day: str) -> None:
    assert ways(spoken(on=day)) == (LETTER,)


@pytest.mark.parametrize(("before", "copies"), [("2015-02-18", (EMAIL,)), ("2015-02-16", ()), ("2015-02-20", ())])
def test_a_copy_runs_ahead_of_a_letter_that_may_arrive_after_the_date_it_moves(
    before: str, copies: tuple[Channel, ...]
) -> None:
    assert ways(spoken(on="2015-03-12", before=before)) == (LETTER, *copies)
    assert ways(spoken(on=None, before=before)) == (LETTER, *copies)
    # What happens anew is no date that moves.
    assert ways(spoken(key="line.works", on="2015-02-13", before=before)) == (LETTER,)


def test_a_line_that_was_cut_is_told_by_email_and_on_the_mobile_that_still_works() -> None:
    lost = spoken(key="line.lost", on="2015-02-17")

    assert ways(lost) == (EMAIL, SMS)
    assert ways(lost, email=()) == (LETTER, SMS)
    assert ways(lost, sms=()) == (EMAIL,)


@pytest.mark.parametrize(("way", "main"), [("online", EMAIL), ("email", EMAIL), ("shop", LETTER)])
def test_a_move_is_answered_the_way_it_was_asked_for(way: str, main: Channel) -> None:
    assert ways(spoken(key="move.requested", on={"received_by": way})) == (main,)
    assert ways(spoken(key="move.requested", on="moved")) == (LETTER,)


def test_a_letter_travels_on_working_days() -> None:
    assert ways(spoken(on="2015-02-24", when="2015-02-20 08:00")) == (LETTER, EMAIL)
    assert ways(spoken(on="2015-02-25", when="2015-02-20 08:00")) == (LETTER,)


def test_only_dates_that_are_told_hurry() -> None:
    assert ways(spoken(on=None)) == (LETTER,)
    assert ways(spoken(on=7, key="equipment.days_after_formal_notice")) == (LETTER,)


@pytest.mark.parametrize("received_by", ["", "online", "email"])
def test_a_formal_notice_goes_on_paper_however_the_request_came(received_by: str) -> None:
    notice = spoken(key="equipment.formal_notice", received_by=received_by)

    assert ways(notice) == (LETTER,)
    assert ways(notice, letter=()) == (EMAIL,)


def test_that_a_formal_notice_no_longer_holds_needs_no_paper() -> None:
    assert ways(spoken(key="equipment.formal_notice", on=None, received_by="online")) == (EMAIL,)


@pytest.mark.parametrize("received_by", ["", "online"])
def test_where_a_letter_came_back_only_what_must_be_on_paper_is(received_by: str) -> None:
    def way(key: str, *without: Channel) -> tuple[Channel, ...]:
        known = {channel: there for channel, there in EVERYWHERE.items() if channel not in without}
        return routes(spoken(key=key, received_by=received_by), known, calendar=CALENDAR, in_doubt={LETTER})

    assert way("closing_bill.date") == (EMAIL,)
    assert way("closing_bill.date", EMAIL) == (SMS,)
    assert way("closing_bill.date", EMAIL, SMS) == (LETTER,)
    assert way("equipment.formal_notice") == (LETTER,)


@pytest.mark.parametrize("key", ["closing_bill.date", "equipment.formal_notice"])
def test_where_an_e_mail_came_back_it_is_the_last_way(key: str) -> None:
    utterance = spoken(key=key, received_by="online")
    only_online = {EMAIL: EVERYWHERE[EMAIL], SMS: EVERYWHERE[SMS]}

    assert routes(utterance, EVERYWHERE, calendar=CALENDAR, in_doubt={EMAIL}) == (LETTER,)
    assert routes(utterance, only_online, calendar=CALENDAR, in_doubt={EMAIL}) == (SMS,)
    assert routes(utterance, {EMAIL: EVERYWHERE[EMAIL]}, calendar=CALENDAR, in_doubt={EMAIL}) == (EMAIL,)


def wished(utterance: Utterance, wishes: Wishes, **reachable: tuple[str, ...]) -> tuple[Channel, ...]:
    known = {channel: reachable.get(channel.value, there) for channel, there in EVERYWHERE.items()}
    return routes(utterance, known, calendar=CALENDAR, wishes=wishes)


@pytest.mark.parametrize(
    ("way", "went"), [(Way.EMAIL, (EMAIL,)), (Way.LETTER, (LETTER,)), (Way.SMS, (SMS,)), (None, (LETTER,))]
)
def test_what_a_customer_chose_goes_before_the_way_of_the_request(way: Way | None, went: tuple[Channel, ...]) -> None:
    assert wished(spoken(), Wishes(ways={MessagePurpose.BILLS: way} if way else {})) == went


def test_the_first_purpose_for_which_they_chose_decides() -> None:
    wishes = Wishes(ways={MessagePurpose.DATES: Way.LETTER, MessagePurpose.COMMERCIAL: Way.NONE})

    assert wished(spoken(received_by="online"), wishes) == (EMAIL,)
    assert wished(spoken(received_by="online", key="equipment.return_by"), wishes) == (LETTER,)


def test_what_the_law_asks_for_goes_on_a_durable_medium_and_by_text_besides() -> None:
    wishes = Wishes(ways={MessagePurpose.DATES: Way.SMS})

    assert wished(spoken(key="contract.ends_on"), wishes) == (LETTER, SMS)
    assert wished(spoken(key="contract.ends_on"), wishes, sms=()) == (LETTER,)


def test_a_formal_notice_goes_on_paper_whatever_was_wished() -> None:
    wishes = Wishes(ways={MessagePurpose.DATES: Way.SMS})

    assert wished(spoken(key="equipment.formal_notice"), wishes) == (LETTER,)


def test_after_stop_a_text_message_is_the_last_way_and_never_a_copy() -> None:
    wishes = Wishes(ways={MessagePurpose.BILLS: Way.SMS}, no_texts=True)
    late = spoken(on="2015-02-17")

    assert wished(late, wishes) == (LETTER, EMAIL)
    assert wished(late, wishes, email=()) == (LETTER,)
    assert wished(late, wishes, email=(), letter=()) == (SMS,)


@pytest.mark.parametrize(
    ("refused", "used", "next_"),
    [
        (EMAIL, {EMAIL}, LETTER),
        (EMAIL, {EMAIL, LETTER}, SMS),
        (SMS, {SMS}, EMAIL),
        (LETTER, {LETTER}, EMAIL),
        (LETTER, {LETTER, EMAIL, SMS}, None),
    ],
)
def test_what_cannot_be_delivered_goes_by_the_next_way(
    refused: Channel, used: set[Channel], next_: Channel | None
) -> None:
    assert instead_of(refused, EVERYWHERE, used=frozenset(used)) is next_


def test_what_is_tomorrow_cannot_wait_for_the_morning() -> None:
    assert is_urgent(spoken(on="2015-02-18"), CALENDAR)
    assert not is_urgent(spoken(on="2015-02-19"), CALENDAR)
    assert not is_urgent(spoken(on=None), CALENDAR)


@pytest.mark.parametrize(
    ("wishes", "gone", "way"),
    [
        (NO_WISHES, (), EMAIL),
        (NO_WISHES, (EMAIL,), SMS),
        (NO_WISHES, (EMAIL, SMS), LETTER),
        (NO_WISHES, (EMAIL, SMS, LETTER), None),
        (Wishes(ways={MessagePurpose.SERVICE: Way.LETTER}), (), LETTER),
        (Wishes(ways={MessagePurpose.SERVICE: Way.LETTER}), (LETTER,), EMAIL),
        (Wishes(ways={MessagePurpose.SERVICE: Way.SMS}, no_texts=True), (), EMAIL),
        (Wishes(no_texts=True), (EMAIL, LETTER), SMS),
    ],
)
def test_a_receipt_goes_as_the_customer_chose_for_service_or_by_the_quickest_way(
    wishes: Wishes, gone: tuple[Channel, ...], way: Channel | None
) -> None:
    known = {channel: () if channel in gone else there for channel, there in EVERYWHERE.items()}

    assert way_of_receipt(known, wishes=wishes) == way
