"""What is said of one subject at one instant: the topics in order, what stays behind, what each fact came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.promises.rules import Matter as Promised
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.rules.matter import Item, Matter, Status
from ligneclaire.voice.rules.sift import Sifted
from ligneclaire.voice.rules.state import End, FollowUp, Outcome, State, Telling, Utterance
from ligneclaire.voice.rules.timing import told_by
from ligneclaire.voice.topics import (
    CLOSED,
    ENDS_ON,
    EXPECTED,
    EXPECTED_WITH_EQUIPMENT,
    RENOUNCED,
    TOPICS,
    WITHDRAWN,
    Moment,
    Urgency,
)
from ligneclaire.voice.values import day_told

ANSWERS = {"closing_bill.date": ("closing_bill.issued",), "equipment.return_by": ("equipment.received",)}


def speak(state: State, sifted: Sifted, matter: Matter, pledges: tuple[Pledge, ...], at: datetime) -> Utterance | None:
    """Say what leaves of one subject now, if anything does."""
    leaving = [item for item in matter.items if _is_leaving(matter, item, at)]
    if not leaving:
        return None
    tellings = in_order(_telling(sifted, matter.subject, item) for item in leaving)
    names = {fact.id: fact.name for fact in state.facts}
    content = [[t.key, t.says, sorted(names[fact] for fact in t.facts)] for t in tellings]
    return Utterance(
        uuid=uuid_of("utterance", state.customer, matter.subject, at.astimezone(UTC).isoformat(), canonical(content)),
        subject=matter.subject,
        at=at,
        tellings=tellings,
        follow_ups=_follow_ups(state, matter, leaving, pledges, at),
        received_by=_received_by(matter),
        request=matter.request,
        known={item.key: item.standing.value for item in matter.items if item.status is Status.SAME},
    )


def _received_by(matter: Matter) -> str:
    """How the customer asked to leave; or, when they stay after all, how they said that."""
    stays = (fact for item in matter.items if item.key == WITHDRAWN for fact in item.standing.support)
    asked = matter.request or next(stays, None)
    value = asked.value if asked else None
    return str(value.get("received_by") or "") if isinstance(value, dict) else ""


def _is_leaving(matter: Matter, item: Item, at: datetime) -> bool:
    return item.is_to_be_told and matter.leaves[item.key] <= at


def _telling(sifted: Sifted, subject: str, item: Item) -> Telling:
    if item.status is Status.GONE:
        stated = sifted.stated.get((subject, item.key), ())
        causes = {cause.id: cause for fact in stated if (cause := sifted.targets.get(fact.id))}
        facts = tuple(cause.id for cause in sorted(causes.values(), key=lambda cause: cause.order))
        return Telling(key=item.key, value=None, effective=None, earlier=item.told, facts=facts)
    earlier = item.told if item.told and item.told.value is not None else None
    facts = tuple(fact.id for fact in item.standing.support)
    return Telling(
        key=item.key, value=item.standing.value, effective=item.standing.effective, earlier=earlier, facts=facts
    )


def in_order(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Sort by the moment at which a thing happens to the customer; what has no date stands with its moment."""
    by_moment: dict[Moment, list[Telling]] = {}
    for telling in tellings:
        by_moment.setdefault(TOPICS[telling.key].moment, []).append(telling)
    ordered: list[tuple[date, Moment]] = []
    day = date.min
    for moment in sorted(by_moment):
        day = min((d for t in by_moment[moment] if (d := _happens_on(t))), default=day)
        ordered.append((day, moment))
    return tuple(telling for _, moment in sorted(ordered) for telling in by_moment[moment])


def _happens_on(telling: Telling) -> date | None:
    return day_told(telling.value, TOPICS[telling.key].takes) or telling.effective


def _follow_ups(
    state: State, matter: Matter, leaving: list[Item], pledges: tuple[Pledge, ...], at: datetime
) -> tuple[FollowUp, ...]:
    """Date what stays behind in a message that says more than a receipt."""
    if all(TOPICS[item.key].urgency is Urgency.RECEIPT for item in leaving):
        return ()
    promised = {p.key for p in pledges if p.subject == matter.subject and p.matter is Promised.TELLING and p.is_waiting}
    behind = _behind(state, matter) - promised
    today, ends_on = state.rules.calendar.date_of(at), matter.ends_on
    return tuple(
        FollowUp(key=key, by=told_by(state.rules.calendar, today=today, ends_on=ends_on, before_end=key == ENDS_ON))
        for key in TOPICS
        if key in behind
    )


def _behind(state: State, matter: Matter) -> set[str]:
    """Name what is contested, and what a household that leaves must know and nobody has stated."""
    contested = {item.key for item in matter.contested}
    known = {item.key for item in matter.items if item.standing.stands}
    if not matter.request or matter.request.kind == RENOUNCED or CLOSED in known:
        return contested
    return contested | {key for key in _expected(state, matter) if not known & {key, *ANSWERS.get(key, ())}}


def _expected(state: State, matter: Matter) -> tuple[str, ...]:
    to_return = matter.subject in state.with_equipment or any(i.key == "equipment.to_return" for i in matter.items)
    return EXPECTED + (EXPECTED_WITH_EQUIPMENT if to_return else ())


def endings(state: State, matter: Matter, utterance: Utterance) -> Iterable[Outcome]:
    """End the facts that an utterance says: the first statement of a value is said, the others fold into it."""
    support = {item.key: item.standing.support for item in matter.items}
    for telling in utterance.tellings:
        if telling.value is None:
            continue
        waiting = [fact for fact in support[telling.key] if fact.id not in state.ended]
        for place, fact in enumerate(waiting):
            end = End.SAID if place == 0 else End.FOLDED
            yield Outcome(fact=fact.id, end=end, reason="", utterance=utterance.uuid)
