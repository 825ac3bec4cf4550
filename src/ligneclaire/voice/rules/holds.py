"""Which facts wait, why, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from ligneclaire.promises.rules import Matter as Promised
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.rules.matter import Item, Matter, Status
from ligneclaire.voice.rules.state import Hold, Mode, State
from ligneclaire.voice.rules.timing import DISPATCH
from ligneclaire.voice.topics import TOPICS, Urgency


def holds(
    matter: Matter, done: frozenset[int], mode: Mode, promised: Mapping[tuple[str, str], datetime]
) -> Iterable[Hold]:
    """Say of every waiting fact of a subject why it waits and until when."""
    groups: dict[tuple[str, datetime], list[Item]] = {}
    for item in matter.items:
        if item.status is Status.CONTESTED:
            until = promised.get((matter.subject, item.key), matter.leaves[item.key])
            groups.setdefault(("contradiction", until), []).append(item)
        elif item.status is Status.NEWS:
            groups.setdefault((_reason(item, mode), matter.leaves[item.key]), []).append(item)
    for (reason, until), items in groups.items():
        facts = tuple(fact for item in items for fact in _waiting(item, done))
        keys = tuple(item.key for item in items)
        if facts:
            yield Hold(subject=matter.subject, facts=facts, reason=reason, keys=keys, until=until)


def _reason(item: Item, mode: Mode) -> str:
    if mode is Mode.STOP:
        return "stopped"
    return "settling" if TOPICS[item.key].urgency is Urgency.SETTLED else "receipt"


def promised(state: State, pledges: Iterable[Pledge]) -> dict[tuple[str, str], datetime]:
    """Say by when we told the customer that they would hear of a topic that stayed behind."""
    calendar = state.rules.calendar
    return {
        (pledge.subject, pledge.key): calendar.at(pledge.due_on, DISPATCH)
        for pledge in pledges
        if pledge.matter is Promised.TELLING and pledge.is_waiting and pledge.due_on
    }


def _waiting(item: Item, done: frozenset[int]) -> Iterable[int]:
    claimed = [fact for claim in item.standing.claims for fact in claim.facts]
    return (fact for fact in [*claimed, *(fact.id for fact in item.standing.support)] if fact not in done)
