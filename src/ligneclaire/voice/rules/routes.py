"""By which channel a message leaves, and whether a copy has to run ahead of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.voice.rules.state import Utterance
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes

LETTER_TRAVELS = 2  # working days in the post
ONLINE_FIRST = (Channel.EMAIL, Channel.LETTER, Channel.SMS)
PAPER_FIRST = (Channel.LETTER, Channel.EMAIL, Channel.SMS)
PAPER_LAST = (Channel.EMAIL, Channel.SMS, Channel.LETTER)


def routes(
    utterance: Utterance,
    reachable: Mapping[Channel, tuple[str, ...]],
    *,
    calendar: Calendar,
    is_address_in_doubt: bool = False,
) -> tuple[Channel, ...]:
    """Channels of a message, the main one first: it answers the way the request came, on a durable medium.

    A formal notice goes on paper. A copy by e-mail, or else by SMS, runs ahead of a letter that may arrive after a date
    it tells. Where a letter came back, whatever need not be on paper goes another way.
    """
    order = _order(utterance, is_address_in_doubt=is_address_in_doubt)
    main = next((channel for channel in order if reachable.get(channel)), None)
    if main is None:
        return ()
    if main is Channel.LETTER and _is_late_by_post(utterance, calendar):
        ahead = next((channel for channel in (Channel.EMAIL, Channel.SMS) if reachable.get(channel)), None)
        return (main, ahead) if ahead else (main,)
    return (main,)


def _order(utterance: Utterance, *, is_address_in_doubt: bool) -> tuple[Channel, ...]:
    if any(TOPICS[telling.key].on_paper and telling.value is not None for telling in utterance.tellings):
        return PAPER_FIRST
    if is_address_in_doubt:
        return PAPER_LAST
    return ONLINE_FIRST if utterance.received_by in {"online", "email"} else PAPER_FIRST


def _is_late_by_post(utterance: Utterance, calendar: Calendar) -> bool:
    today = calendar.date_of(utterance.at)
    arrives = calendar.add(today, LETTER_TRAVELS, DayKind.OUVRE)
    return any(today <= day <= arrives for day in _days(utterance))


def _days(utterance: Utterance) -> Iterable[date]:
    for telling in utterance.tellings:
        if TOPICS[telling.key].takes is Takes.DATE and telling.value is not None:
            yield date.fromisoformat(str(telling.value))
