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


def routes(
    utterance: Utterance, reachable: Mapping[Channel, tuple[str, ...]], *, calendar: Calendar
) -> tuple[Channel, ...]:
    """Channels of a message, the main one first: it answers the way the request came, on a durable medium.

    A formal notice goes on paper. A copy by e-mail, or else by SMS, runs ahead of a letter that may arrive after a date
    it tells.
    """
    order = PAPER_FIRST if _is_on_paper(utterance) else ONLINE_FIRST
    main = next((channel for channel in order if reachable.get(channel)), None)
    if main is None:
        return ()
    if main is Channel.LETTER and _is_late_by_post(utterance, calendar):
        ahead = next((channel for channel in (Channel.EMAIL, Channel.SMS) if reachable.get(channel)), None)
        return (main, ahead) if ahead else (main,)
    return (main,)


def _is_on_paper(utterance: Utterance) -> bool:
    if any(TOPICS[telling.key].on_paper and telling.value is not None for telling in utterance.tellings):
        return True
    return utterance.received_by not in {"online", "email"}


def _is_late_by_post(utterance: Utterance, calendar: Calendar) -> bool:
    today = calendar.date_of(utterance.at)
    arrives = calendar.add(today, LETTER_TRAVELS, DayKind.OUVRE)
    return any(today <= day <= arrives for day in _days(utterance))


def _days(utterance: Utterance) -> Iterable[date]:
    for telling in utterance.tellings:
        if TOPICS[telling.key].takes is Takes.DATE and telling.value is not None:
            yield date.fromisoformat(str(telling.value))
