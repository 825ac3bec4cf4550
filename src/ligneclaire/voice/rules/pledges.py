"""What an utterance promises, and what later facts and utterances do to earlier promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.promises.rules import Matter as Promised
from ligneclaire.promises.rules import Pledge, expire, prove, retell
from ligneclaire.voice.rules.state import Stated, Utterance
from ligneclaire.voice.topics import STAYING, TOPICS, Audience, falls, meets
from ligneclaire.voice.values import Takes, comparable, day_told

Live = Mapping[str, Mapping[str, tuple[Stated, ...]]]
Amounts = Mapping[tuple[str, str], str]  # promised last, by subject and topic


def review(pledges: Iterable[Pledge], live: Live, *, calendar: Calendar, at: datetime) -> tuple[Pledge, ...]:
    """Close what facts prove and what its day has overtaken."""
    pledges = tuple(pledges)
    amounts = {(p.subject, p.key): comparable(p.value, Takes.MONEY) for p in pledges if _is_amount(p)}
    return tuple(expire(_proved(pledge, live, amounts, calendar, at), calendar=calendar, at=at) for pledge in pledges)


def commit(pledges: Iterable[Pledge], utterance: Utterance, *, calendar: Calendar) -> tuple[Pledge, ...]:
    """Add what an utterance promises, and close what it moves or at last tells."""
    today = calendar.date_of(utterance.at)
    told = {telling.key: telling.value for telling in utterance.tellings}
    reviewed = [
        _told_again(pledge, told, today, utterance.at) if pledge.subject == utterance.subject else pledge
        for pledge in pledges
    ]
    return (*reviewed, *_made(utterance))


def _is_amount(pledge: Pledge) -> bool:
    return pledge.matter is Promised.VALUE and TOPICS[pledge.key].takes is Takes.MONEY


def _proved(pledge: Pledge, live: Live, amounts: Amounts, calendar: Calendar, at: datetime) -> Pledge:
    proof = TOPICS[pledge.key].kept_by
    if pledge.matter is not Promised.VALUE or proof is None or not pledge.is_waiting:
        return pledge
    keys = live.get(pledge.subject, {})
    for fact in keys.get(proof, ()):
        if meets(pledge.key, proof, fact.value) and _is_in_time(fact, pledge) and _proves(fact, pledge, keys, amounts):
            return prove(pledge, happened_on=_happened_on(fact, calendar), at=at)
    return pledge


def _proves(fact: Stated, pledge: Pledge, keys: Mapping[str, tuple[Stated, ...]], amounts: Amounts) -> bool:
    """Check that money paid is the money promised, and that all that had to come back came back."""
    match TOPICS[fact.kind].takes:
        case Takes.MONEY:
            amount = amounts.get((pledge.subject, TOPICS[pledge.key].pays or pledge.key))
            return amount is None or fact.says == amount  # a day without an amount: any payment
        case Takes.TEXTS:
            wanted = {name for f in keys.get("equipment.to_return", ()) for name in _names(f)}
            return wanted <= {name for f in keys[fact.kind] for name in _names(f)}
        case _:
            return True


def _is_in_time(fact: Stated, pledge: Pledge) -> bool:
    """What happens anew each time proves no promise that was made after it."""
    topic = TOPICS[fact.kind]
    return fact.at >= pledge.made_at or not (topic.each_anew or topic.audience is Audience.PLANS)


def _names(fact: Stated) -> tuple[str, ...]:
    return tuple(name.casefold() for name in fact.value) if isinstance(fact.value, list) else ()


def _happened_on(fact: Stated, calendar: Calendar) -> date:
    if TOPICS[fact.kind].takes is Takes.DATE:
        return date.fromisoformat(str(fact.value))
    return calendar.date_of(fact.at)


def _told_again(pledge: Pledge, told: Mapping[str, object], today: date, at: datetime) -> Pledge:
    if pledge.key in told and pledge.matter is Promised.TELLING:
        return prove(pledge, happened_on=today, at=at)
    stays = any(told.get(kind) is not None and falls(pledge.key, after=kind) for kind in STAYING)
    if pledge.key in told or stays:
        return retell(pledge, told_on=today, at=at)
    return pledge


def _made(utterance: Utterance) -> Iterable[Pledge]:
    for telling in utterance.tellings:
        topic = TOPICS[telling.key]
        if topic.commits and telling.value is not None and topic.takes in {Takes.DATE, Takes.MONEY, Takes.SLOT}:
            due_on = day_told(telling.value, topic.takes)
            yield _pledge(utterance, telling.key, Promised.VALUE, telling.value, due_on)
    for later in utterance.follow_ups:
        yield _pledge(utterance, later.key, Promised.TELLING, None, later.by)


def _pledge(utterance: Utterance, key: str, matter: Promised, value: object, due_on: date | None) -> Pledge:
    return Pledge(
        subject=utterance.subject,
        key=key,
        matter=matter,
        value=value,
        due_on=due_on,
        made_by=utterance.uuid,
        made_at=utterance.at,
    )
