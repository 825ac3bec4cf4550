"""Run the events of a file in their own time, and report everything that came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

from ligneclaire.cases.queries import cards
from ligneclaire.channels.queries import messages
from ligneclaire.facts.delivery import next_due
from ligneclaire.facts.stated import Answer
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice.actions.settle_contradiction import settle_contradiction
from ligneclaire.voice.actions.state_facts import state_facts
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.intake import Parsed, Problem, parse_line
from ligneclaire.voice.queries import waiting
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import comparable

INSTANT = timedelta(microseconds=1)
AFTERWARDS = timedelta(days=7)
REASON = "settled on the command line"


class Deliver(Protocol):
    """Handles news that is due before an instant; returns how many customers had some."""

    def __call__(self, *, until: datetime) -> int:
        """Handle some of them."""
        ...


@dataclass(kw_only=True)
class Replay:
    """The outcome of a run: which lines were refused or known, who was concerned, and until when it ran."""

    until: datetime | None = None
    duplicates: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    stated: list[str] = field(default_factory=list)  # names of the facts taken in, in their own order
    kinds: dict[str, str] = field(default_factory=dict)  # of these
    denied: list[tuple[int, str, Problem]] = field(default_factory=list)  # by the database: line, name, why


def replay(
    lines: Iterable[bytes],
    *,
    deliver: Deliver,
    settlements: Mapping[str, object],
    until: datetime | None = None,
    progress: Callable[[datetime], None] = lambda _: None,
) -> Replay:
    """Record each event at its own time and drain everything due before time moves on.

    Events are sorted by (at, source, id). Settlements apply when a contradiction is raised. Without `until` it
    runs to seven days after the last event, or to the last dispatch if that is later.
    """
    run = Replay()
    events: list[tuple[int, Parsed]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        item = parse_line(line)
        if isinstance(item, Problem):
            run.refused.append((number, str(item)))
        else:
            events.append((number, item))
    events.sort(key=lambda event: (event[1].at, event[1].source, event[1].source_id))
    clock = _Clock(deliver=deliver, settlements=settlements)
    for at, group in groupby(events, key=lambda event: event[1].at):
        if until is not None and at > until:
            break
        clock.drain(before=at)
        _state(run, list(group), at)
        progress(at)
    _run_out(run, clock, until, events[-1][1].at if events else None)
    run.refused.sort()
    return run


def drain(*, deliver: Deliver, until: datetime) -> None:
    """Let everything happen that is due up to an instant, and let the messages leave."""
    _Clock(deliver=deliver, settlements={}).drain(before=until + INSTANT)


@dataclass(kw_only=True)
class _Clock:
    """Moves time from one due instant to the next."""

    deliver: Deliver
    settlements: Mapping[str, object]

    def drain(self, *, before: datetime) -> None:
        while (due := next_due()) is not None and due < before:
            while self.deliver(until=due + INSTANT):
                pass
            _let_leave()
            self._settle(due)

    def _settle(self, at: datetime) -> None:
        if not self.settlements:
            return
        for question in cards.open_questions():
            values = [claim["value"] for claim in question.claims]
            for value in values:
                if self._chooses(question.key, value):
                    settle_contradiction(
                        customer=question.customer,
                        subject=question.subject,
                        key=question.key,
                        chosen=value,
                        reason=REASON,
                        by=Actor(ActorKind.ADVISER, question.owner),
                        at=at,
                    )
                    break

    def _chooses(self, key: str, value: object) -> bool:
        takes = TOPICS[key].takes
        return key in self.settlements and comparable(self.settlements[key], takes) == comparable(value, takes)


def _let_leave() -> None:
    for card in messages.waiting_to_leave():
        dispatch(message=card.uuid, by=SYSTEM, at=card.written_at)


def _state(run: Replay, group: Sequence[tuple[int, Parsed]], at: datetime) -> None:
    taken = state_facts(items=[item for _, item in group], by=SYSTEM, at=at)
    for (number, item), answer in zip(group, taken, strict=True):
        if answer.problem:
            run.refused.append((number, str(answer.problem)))
            if answer.problem.constraint:
                run.denied.append((number, answer.name, answer.problem))
        elif answer.answer is Answer.KNOWN:
            run.duplicates += 1
        else:
            run.stated.append(answer.name)
            run.kinds[answer.name] = item.kind
            if answer.customer and answer.customer not in run.customers:
                run.customers.append(answer.customer)


def _run_out(run: Replay, clock: _Clock, until: datetime | None, last: datetime | None) -> None:
    if last is None:
        run.until = until
        return
    end = until or last + AFTERWARDS
    clock.drain(before=end + INSTANT)
    while until is None and (leaves := _last_dispatch(run.customers, end)) and leaves > end:
        end = leaves
        clock.drain(before=end + INSTANT)
    run.until = end


def _last_dispatch(customers: Sequence[str], at: datetime) -> datetime | None:
    found = waiting.of(customers, at=at)
    leaves = [h.until for one in found.values() for h in one.holds if h.until and h.reason != "contradiction"]
    return max(leaves, default=None)
