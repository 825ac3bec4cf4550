"""One subject of a customer: what there is to tell about it, what is contested, and when it leaves."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.contracts.rules import notice
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.rules.sift import Sifted
from ligneclaire.voice.rules.standing import Standing, stand
from ligneclaire.voice.rules.state import State, Stated, Told
from ligneclaire.voice.rules.timing import (
    dispatch_from,
    latest_before_day,
    latest_before_end,
    latest_without_end,
    leaves_at,
)
from ligneclaire.voice.topics import (
    ENDS_ON,
    LEAVING,
    MET,
    OVERTAKEN_BY,
    RENOUNCED,
    REQUESTED,
    STAYING,
    TAKEN_OVER,
    TOPICS,
    Audience,
    Urgency,
    meets,
)
from ligneclaire.voice.values import day_of, day_told

ONLINE = "online"


class Status(enum.Enum):
    """What a topic asks of the voice."""

    SAME = "told already"
    NEWS = "to be told"
    GONE = "told, and true no longer"
    CONTESTED = "to be settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One topic of a subject, between what stands and what was told."""

    key: str
    status: Status
    standing: Standing
    told: Told | None
    since: datetime  # the first news that is not told yet
    touched_at: datetime  # the last

    @property
    def is_to_be_told(self) -> bool:
        """Whether it leaves when its time has come."""
        return self.status is Status.NEWS or self.status is Status.GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """All there is to say about one subject now, with the instant at which each topic leaves."""

    subject: str
    items: tuple[Item, ...]
    leaves: Mapping[str, datetime]
    ends_on: date | None  # when the service ends, computed when not stated; None when nothing ends
    request: Stated | None

    @property
    def contested(self) -> tuple[Item, ...]:
        """What the owner has to settle."""
        return tuple(item for item in self.items if item.status is Status.CONTESTED)


def matter_of(state: State, sifted: Sifted, subject: str, at: datetime) -> Matter:
    """Compare what stands on a subject with what was told of it, and say when the difference leaves."""
    items = _items(state, sifted, subject)
    standing = {item.key: item.standing for item in items}
    request = _request(standing)
    ends_on = _ends_on(state, standing, request)
    leaves = _leaves(state.rules.calendar, items, ends_on)
    calendar = state.rules.calendar
    return Matter(
        subject=subject,
        items=items,
        leaves={key: leave if leave >= at else dispatch_from(calendar, at) for key, leave in leaves.items()},
        ends_on=ends_on,
        request=request,
    )


def _request(standing: Mapping[str, Standing]) -> Stated | None:
    """What ends the contract by the customer's wish: to renounce it goes before to terminate it."""
    asked = (standing[key].support for key in (RENOUNCED, REQUESTED) if key in standing)
    return next((fact for support in asked for fact in support), None)


def _items(state: State, sifted: Sifted, subject: str) -> tuple[Item, ...]:
    live = sifted.live.get(subject, {})
    told = state.last_told.get(subject, {})
    items = []
    for key, topic in TOPICS.items():
        if topic.audience is not Audience.CUSTOMER or (key not in live and key not in told):
            continue
        standing = stand(topic, live.get(key, ()), sifted.settlements.get((subject, key), {}))
        last = _last_event(told, live, key)
        status = _status(standing, last, overtaken=_is_overtaken(key, live))
        if status is Status.SAME and last and last.at < state.announced.get((subject, key), last.at):
            status = Status.NEWS  # we said that we would tell it
        if status:
            since, touched_at = _touched(sifted, subject, key, last)
            items.append(Item(key=key, status=status, standing=standing, told=last, since=since, touched_at=touched_at))
    return tuple(items)


def _last_event(told: Mapping[str, Told], live: Mapping[str, Sequence[Stated]], key: str) -> Told | None:
    """Tell what the customer still believes of a topic: what they were told since is not overtaken."""
    last = told.get(key)
    later = [told[other].at for other in OVERTAKEN_BY.get(key, ()) if other in told]
    later += [
        fact.recorded_at for other in MET if other in OVERTAKEN_BY.get(key, ()) for fact in _ending(key, other, live)
    ]
    return None if last is None or any(at > last.at for at in later) else last


def _is_overtaken(key: str, live: Mapping[str, Sequence[Stated]]) -> bool:
    return any(_ending(key, other, live) for other in OVERTAKEN_BY.get(key, ()))


def _ending(key: str, other: str, live: Mapping[str, Sequence[Stated]]) -> list[Stated]:
    return [fact for fact in live.get(other, ()) if meets(key, other, fact.value)]


def _status(standing: Standing, told: Told | None, *, overtaken: bool) -> Status | None:
    if standing.is_contested:
        return Status.CONTESTED
    if not standing.stands:
        return Status.GONE if told and told.value is not None and not overtaken else None
    if told is None or told.value is None:
        return Status.NEWS
    same = told.says == standing.support[0].says
    return Status.SAME if same and told.effective == standing.effective else Status.NEWS


def _touched(sifted: Sifted, subject: str, key: str, told: Told | None) -> tuple[datetime, datetime]:
    """First and last instant at which a fact changed what stands since the customer was told."""
    concerned = sifted.stated.get((subject, key), ())
    fallen = [sifted.targets[fact.id] for fact in concerned if fact.id in sifted.targets]
    if told is None:
        instants = [fact.recorded_at for fact in [*concerned, *fallen]]
        return min(instants), max(instants)
    last = [fact.recorded_at for fact in [*concerned, *fallen] if fact.recorded_at > told.at]
    first = [fact.recorded_at for fact in concerned if fact.recorded_at > told.at and _differs(fact, told)]
    first += [fact.recorded_at for fact in fallen if fact.recorded_at > told.at]
    touched_at = max(last, default=told.at)
    return min(first, default=touched_at), touched_at


def _differs(fact: Stated, told: Told) -> bool:
    return (fact.says, fact.effective) != (told.says, told.effective)


def _ends_on(state: State, standing: Mapping[str, Standing], request: Stated | None) -> date | None:
    ends = standing.get(ENDS_ON, Standing())
    stated = [ends.value] if ends.stands else [claim.value for claim in ends.claims]
    if stated:
        return min(date.fromisoformat(str(value)) for value in stated)
    if request is not None:
        received = state.rules.calendar.date_of(request.at)
        return received if request.kind == RENOUNCED else latest_end(request, state.rules.calendar)
    taken_over = standing.get(TAKEN_OVER, Standing())
    return taken_over.effective


def latest_end(request: Stated, calendar: Calendar) -> date:
    """Last day on which a contract may end after a request: the notice of the law, or the day that was wished for."""
    by_law = notice.latest_on(calendar.date_of(request.at), calendar=calendar)
    return max(by_law, wished_on(request) or date.min)


def wished_on(request: Stated) -> date | None:
    """The day on which the customer wants the contract to end, if they said so."""
    return day_of(request.value.get("wished_on")) if isinstance(request.value, dict) else None


def _leaves(calendar: Calendar, items: tuple[Item, ...], ends_on: date | None) -> dict[str, datetime]:
    """Say when each topic leaves: receipts at the next dispatch, the rest together after settling.

    What is known when a request online is confirmed leaves with the confirmation; everything with what cannot wait.
    """
    news = [item for item in items if item.status is not Status.SAME]
    at_once = [item.touched_at for item in news if TOPICS[item.key].urgency is Urgency.AT_ONCE]
    leaves = {item.key: item.touched_at for item in news} | _leave_in_time(calendar, news, ends_on)
    return {item.key: min([leaves[item.key], *_confirmed_with(item, at_once)]) for item in news}


def _leave_in_time(calendar: Calendar, news: Sequence[Item], ends_on: date | None) -> dict[str, datetime]:
    receipts = [item for item in news if TOPICS[item.key].urgency is Urgency.RECEIPT]
    others = [item for item in news if TOPICS[item.key].urgency is Urgency.SETTLED]
    leaves = {item.key: _receipt_leaves_at(calendar, item) for item in receipts}
    if others:
        together = _others_leave_at(calendar, others, ends_on)
        staying = [leaves[key] for key in STAYING if key in leaves]
        together = min([together, *staying])  # what falls with the request is said together with it
        confirmed = [item.touched_at for item in receipts if item.key in LEAVING and _is_online(item)]
        leaves |= {item.key: min([together, *_confirmed_with(item, confirmed)]) for item in others}
    return leaves


def _confirmed_with(item: Item, confirmed: Iterable[datetime]) -> list[datetime]:
    return [at for at in confirmed if item.touched_at <= at and item.is_to_be_told]


def _others_leave_at(calendar: Calendar, others: list[Item], ends_on: date | None) -> datetime:
    news_at = max(item.touched_at for item in others)
    contested = any(item.status is Status.CONTESTED for item in others)
    return leaves_at(calendar, news_at=news_at, latest=_latest(calendar, others, ends_on), contested=contested)


def _receipt_leaves_at(calendar: Calendar, item: Item) -> datetime:
    return item.touched_at if _is_online(item) else dispatch_from(calendar, item.touched_at)


def _is_online(item: Item) -> bool:
    value = item.standing.value
    return isinstance(value, dict) and value.get("received_by") == ONLINE


def _latest(calendar: Calendar, items: list[Item], ends_on: date | None) -> datetime:
    """Latest dispatch: before the service ends, and before any told date that moves."""
    first = min(item.since for item in items)
    still_to_end = ends_on is not None and ends_on >= calendar.date_of(first)
    latest = [latest_before_end(calendar, ends_on) if ends_on and still_to_end else latest_without_end(calendar, first)]
    told = [(item.told.value, TOPICS[item.key]) for item in items if item.told]
    moving = [day_told(value, topic.takes) for value, topic in told if not topic.each_anew]
    return min([*latest, *(latest_before_day(calendar, day) for day in moving if day)])
