"""By which channel a message leaves, and whether a copy has to run ahead of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.people.states import MessagePurpose, Way
from ligneclaire.people.values import NO_WISHES, Wishes
from ligneclaire.voice.rules.bearing import days_of, is_duty, purposes
from ligneclaire.voice.rules.state import Utterance
from ligneclaire.voice.topics import TOPICS, Urgency
from ligneclaire.voice.values import Takes, day_told

LETTER_TRAVELS = 2  # working days in the post
ONLINE_FIRST = (Channel.EMAIL, Channel.LETTER, Channel.SMS)
PAPER_FIRST = (Channel.LETTER, Channel.EMAIL, Channel.SMS)
CHOSEN = {Way.EMAIL: Channel.EMAIL, Way.SMS: Channel.SMS, Way.LETTER: Channel.LETTER}
INSTEAD = {  # when the first cannot be delivered: what is durable before what is quick
    Channel.EMAIL: (Channel.LETTER, Channel.SMS),
    Channel.SMS: (Channel.EMAIL, Channel.LETTER),
    Channel.LETTER: (Channel.EMAIL, Channel.SMS),
}


def routes(
    utterance: Utterance,
    reachable: Mapping[Channel, tuple[str, ...]],
    *,
    calendar: Calendar,
    wishes: Wishes = NO_WISHES,
    in_doubt: Collection[Channel] = (),
) -> tuple[Channel, ...]:
    """Channels of a message, the main one first: as the customer wishes, or else the way the request came.

    A formal notice goes on paper. What the law asks for goes on a durable medium, and by text message besides where
    that was wished. A copy by e-mail, or else by SMS, runs ahead of a letter that may arrive after a date it tells or
    moves.
    After STOP a text message leaves only where nothing else reaches the customer. Where a letter or an e-mail came
    back, whatever need not be on paper goes another way.
    """
    chosen = None if _is_notice(utterance) else _chosen(utterance, wishes)
    ways = [channel for channel in _order(utterance, chosen, wishes, in_doubt) if reachable.get(channel)]
    if not ways:
        return ()
    main, *others = ways
    ahead = _ahead(main, chosen, is_late=_is_late_by_post(utterance, calendar))
    ahead = (Channel.SMS, *ahead) if _is_at_once(utterance) else ahead  # where the line is gone, a mobile still works
    copy = next((one for one in ahead if one in others and not (one is Channel.SMS and wishes.no_texts)), None)
    return (main, copy) if copy else (main,)


def instead_of(
    channel: Channel, reachable: Mapping[Channel, tuple[str, ...]], *, used: frozenset[Channel]
) -> Channel | None:
    """By which way a message goes that could not be delivered and that the law asks for."""
    return next((one for one in INSTEAD[channel] if reachable.get(one) and one not in used), None)


def way_of_receipt(reachable: Mapping[Channel, tuple[str, ...]], *, wishes: Wishes) -> Channel | None:
    """By which way a customer reads that what they need is here: as they chose for service, or else the quickest."""
    order = [Channel.EMAIL, Channel.SMS, Channel.LETTER]
    chosen = CHOSEN.get(wishes.ways.get(MessagePurpose.SERVICE, Way.ANY))
    order.sort(key=lambda channel: (channel is Channel.SMS and wishes.no_texts, channel is not chosen))
    return next((channel for channel in order if reachable.get(channel)), None)


def _order(
    utterance: Utterance, chosen: Channel | None, wishes: Wishes, in_doubt: Collection[Channel]
) -> list[Channel]:
    is_online = _is_online(utterance) or _is_at_once(utterance)
    order = list(PAPER_FIRST if _is_notice(utterance) or not is_online else ONLINE_FIRST)
    if chosen and (chosen is not Channel.SMS or not is_duty(utterance)):
        order.sort(key=lambda channel: channel is not chosen)
    if wishes.no_texts:
        order.sort(key=lambda channel: channel is Channel.SMS)
    doubted = {Channel.EMAIL} if _is_notice(utterance) else {Channel.EMAIL, Channel.LETTER}
    order.sort(key=lambda channel: channel in doubted and channel in in_doubt)
    return order


def _chosen(utterance: Utterance, wishes: Wishes) -> Channel | None:
    """What the customer chose for the first of its purposes for which they chose anything."""
    ways = (wishes.ways.get(purpose) for purpose in purposes(utterance))
    return next((CHOSEN[way] for way in ways if way in CHOSEN), None)


def _ahead(main: Channel, chosen: Channel | None, *, is_late: bool) -> tuple[Channel, ...]:
    """By which ways a copy may go beside the main one."""
    if main is Channel.LETTER and is_late:
        return (Channel.EMAIL, Channel.SMS)
    return (Channel.SMS,) if chosen is Channel.SMS and main is not Channel.SMS else ()


def _is_notice(utterance: Utterance) -> bool:
    return any(TOPICS[telling.key].on_paper and telling.value is not None for telling in utterance.tellings)


def _is_online(utterance: Utterance) -> bool:
    asked = (t.value for t in utterance.tellings if TOPICS[t.key].takes is Takes.REQUEST and isinstance(t.value, dict))
    ways = {utterance.received_by, *(str(value.get("received_by", "")) for value in asked)}
    return not ways.isdisjoint({"online", "email"})


def _is_at_once(utterance: Utterance) -> bool:
    return any(TOPICS[telling.key].urgency is Urgency.AT_ONCE for telling in utterance.tellings)


def _is_late_by_post(utterance: Utterance, calendar: Calendar) -> bool:
    today = calendar.date_of(utterance.at)
    arrives = calendar.add(today, LETTER_TRAVELS, DayKind.OUVRE)
    return any(today <= day <= arrives for day in (*days_of(utterance), *_days_that_move(utterance)))


def _days_that_move(utterance: Utterance) -> Iterator[date]:
    """The days that the customer was told before and counts on until they hear otherwise."""
    for telling in utterance.tellings:
        topic = TOPICS[telling.key]
        if telling.earlier and not topic.each_anew and (day := day_told(telling.earlier.value, topic.takes)):
            yield day
