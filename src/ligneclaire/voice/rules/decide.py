"""The gate: what is said of a customer's facts at one instant, what waits, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.promises.rules import Matter as Promised
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.rules.matter import Item, Matter, Status, matter_of
from ligneclaire.voice.rules.pledges import commit, review
from ligneclaire.voice.rules.sift import Sifted, sift
from ligneclaire.voice.rules.state import (
    Contradiction,
    End,
    FollowUp,
    Hold,
    Mode,
    Outcome,
    State,
    Telling,
    Utterance,
)
from ligneclaire.voice.rules.timing import DISPATCH, dispatch_from, told_by
from ligneclaire.voice.topics import ENDS_ON, EXPECTED, EXPECTED_WITH_EQUIPMENT, TOPICS, Moment, Urgency
from ligneclaire.voice.values import Takes

ANSWERS = {"closing_bill.date": ("closing_bill.issued",), "equipment.return_by": ("equipment.received",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Everything that follows from the facts known at an instant."""

    at: datetime
    outcomes: tuple[Outcome, ...]
    utterances: tuple[Utterance, ...]
    contradictions: tuple[Contradiction, ...]
    holds: tuple[Hold, ...]
    pledges: tuple[Pledge, ...]
    look_again_at: datetime | None


def decide(state: State, at: datetime) -> Decision:
    """Decide on the facts recorded up to `at` and the earlier utterances; the caller moves time."""
    sifted = sift(state, (fact for fact in state.facts if fact.recorded_at <= at))
    calendar, mode = state.rules.calendar, state.rules.mode_at(at)
    pledges = review(state.pledges, sifted.live, calendar=calendar, at=at)
    subjects = sorted({*sifted.live, *(subject for subject, _ in state.last_told)})
    matters = tuple(matter_of(state, sifted, subject, at) for subject in subjects)
    outcomes = [*sifted.outcomes, *(outcome for matter in matters for outcome in _settled(state, matter))]
    utterances: list[Utterance] = []
    for matter in matters:
        utterance = _utterance(state, sifted, matter, pledges, at) if mode is not Mode.STOP else None
        if utterance:
            utterances.append(utterance)
            outcomes += _spoken(state, matter, utterance)
            pledges = commit(pledges, utterance, calendar=calendar) if mode is Mode.LIVE else pledges
    done = state.ended | {outcome.fact for outcome in outcomes}
    leaves = [_next(leave, at, calendar) for matter in matters for leave in _instants(matter, utterances)]
    expiries = [expiry for pledge in pledges if (expiry := pledge.expires_at(calendar))]
    return Decision(
        at=at,
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.fact)),
        utterances=tuple(utterances),
        contradictions=tuple(_contradiction(matter, item) for matter in matters for item in matter.contested),
        holds=tuple(hold for matter in matters for hold in _holds(matter, done, mode, _promised(state, pledges))),
        pledges=pledges,
        look_again_at=min([*leaves, *expiries], default=None),
    )


def _settled(state: State, matter: Matter) -> Iterable[Outcome]:
    """End the facts that need no message: overtaken, settled against, or telling what was told already."""
    for item in matter.items:
        for fact, fate in item.standing.fates.items():
            if fact not in state.ended:
                by = fate.by
                reason = f"by {by.name}" if by else ""
                yield Outcome(fact=fact, end=fate.end, reason=reason, by_fact=by.id if by else None)
        if item.status is Status.SAME and item.told:
            for stated in item.standing.support:
                if stated.id not in state.ended:
                    uuid = item.told.utterance
                    yield Outcome(fact=stated.id, end=End.FOLDED, reason="told already", utterance=uuid)


def _utterance(
    state: State, sifted: Sifted, matter: Matter, pledges: tuple[Pledge, ...], at: datetime
) -> Utterance | None:
    leaving = [item for item in matter.items if _is_leaving(matter, item, at)]
    if not leaving:
        return None
    tellings = in_order(_telling(sifted, matter.subject, item) for item in leaving)
    names = {fact.id: fact.name for fact in state.facts}
    content = [[t.key, canonical(t.value), sorted(names[fact] for fact in t.facts)] for t in tellings]
    received = (
        matter.request.value.get("received_by") if matter.request and isinstance(matter.request.value, dict) else ""
    )
    return Utterance(
        uuid=uuid_of("utterance", state.customer, matter.subject, at.astimezone(UTC).isoformat(), canonical(content)),
        subject=matter.subject,
        at=at,
        tellings=tellings,
        follow_ups=_follow_ups(state, matter, leaving, pledges, at),
        received_by=str(received or ""),
    )


def _is_leaving(matter: Matter, item: Item, at: datetime) -> bool:
    return item.status in {Status.NEWS, Status.GONE} and matter.leaves[item.key] <= at


def _telling(sifted: Sifted, subject: str, item: Item) -> Telling:
    if item.status is Status.GONE:
        stated = sifted.stated.get((subject, item.key), ())
        causes = tuple(sorted({sifted.targets[fact.id].id for fact in stated if fact.id in sifted.targets}))
        return Telling(key=item.key, value=None, effective=None, earlier=item.told, facts=causes)
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
    if TOPICS[telling.key].takes is Takes.DATE and telling.value is not None:
        return date.fromisoformat(str(telling.value))
    return telling.effective


def _follow_ups(
    state: State, matter: Matter, leaving: list[Item], pledges: tuple[Pledge, ...], at: datetime
) -> tuple[FollowUp, ...]:
    """Date what stays behind in a message that says more than a receipt."""
    if all(TOPICS[item.key].urgency is Urgency.RECEIPT for item in leaving):
        return ()
    promised = {p.key for p in pledges if p.subject == matter.subject and p.matter is Promised.TELLING and p.is_waiting}
    known = {item.key for item in matter.items if item.status is not Status.CONTESTED}
    behind = [item.key for item in matter.contested]
    if matter.request:
        behind += [key for key in _expected(state, matter) if not known & {key, *ANSWERS.get(key, ())}]
    calendar, ends_on = state.rules.calendar, matter.ends_on
    today = calendar.date_of(at)
    return tuple(
        FollowUp(key=key, by=told_by(calendar, today=today, ends_on=ends_on, before_end=key == ENDS_ON))
        for key in TOPICS
        if key in behind and key not in promised
    )


def _expected(state: State, matter: Matter) -> tuple[str, ...]:
    to_return = matter.subject in state.with_equipment or any(i.key == "equipment.to_return" for i in matter.items)
    return EXPECTED + (EXPECTED_WITH_EQUIPMENT if to_return else ())


def _spoken(state: State, matter: Matter, utterance: Utterance) -> Iterable[Outcome]:
    """End the facts that an utterance says: the first statement of a value is said, the others fold into it."""
    support = {item.key: item.standing.support for item in matter.items}
    for telling in utterance.tellings:
        if telling.value is None:
            continue
        waiting = [fact for fact in support[telling.key] if fact.id not in state.ended]
        for place, fact in enumerate(waiting):
            end = End.SAID if place == 0 else End.FOLDED
            yield Outcome(fact=fact.id, end=end, reason="", utterance=utterance.uuid)


def _instants(matter: Matter, utterances: Iterable[Utterance]) -> Iterable[datetime]:
    said = {(u.subject, telling.key) for u in utterances for telling in u.tellings}
    for item in matter.items:
        if item.status in {Status.NEWS, Status.GONE} and (matter.subject, item.key) not in said:
            yield matter.leaves[item.key]


def _next(leave: datetime, at: datetime, calendar: Calendar) -> datetime:
    return leave if leave > at else dispatch_from(calendar, at + timedelta(microseconds=1))


def _contradiction(matter: Matter, item: Item) -> Contradiction:
    return Contradiction(subject=matter.subject, key=item.key, claims=item.standing.claims, since=item.touched_at)


def _holds(
    matter: Matter, done: frozenset[int], mode: Mode, promised: Mapping[tuple[str, str], datetime]
) -> Iterable[Hold]:
    """Say of every waiting fact why it waits and until when."""
    groups: dict[tuple[str, datetime | None], list[Item]] = {}
    for item in matter.items:
        if item.status is Status.CONTESTED:
            until = promised.get((matter.subject, item.key), matter.leaves[item.key])
            groups.setdefault(("contradiction", until), []).append(item)
        elif item.status is Status.NEWS:
            reason = "stopped" if mode is Mode.STOP else "receipt" if _is_receipt(item) else "settling"
            groups.setdefault((reason, matter.leaves[item.key]), []).append(item)
    for (reason, until), items in groups.items():
        facts = [fact for item in items for fact in _waiting(item, done)]
        if facts:
            keys = tuple(item.key for item in items)
            yield Hold(subject=matter.subject, facts=tuple(facts), reason=reason, keys=keys, until=until)


def _promised(state: State, pledges: Iterable[Pledge]) -> dict[tuple[str, str], datetime]:
    """Say by when we told the customer that they would hear of a topic that stayed behind."""
    calendar = state.rules.calendar
    return {
        (pledge.subject, pledge.key): calendar.at(pledge.due_on, DISPATCH)
        for pledge in pledges
        if pledge.matter is Promised.TELLING and pledge.is_waiting and pledge.due_on
    }


def _is_receipt(item: Item) -> bool:
    return TOPICS[item.key].urgency is Urgency.RECEIPT


def _waiting(item: Item, done: frozenset[int]) -> Iterable[int]:
    claimed = [fact for claim in item.standing.claims for fact in claim.facts]
    return (fact for fact in [*claimed, *(fact.id for fact in item.standing.support)] if fact not in done)
