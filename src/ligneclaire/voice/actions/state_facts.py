"""Take in what sources state: each statement is accepted, known already, or refused with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ligneclaire.facts.record import record, stated
from ligneclaire.facts.stated import Answer, Priority, Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.intake import Parsed, Problem
from ligneclaire.voice.queries import checks
from ligneclaire.voice.values import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The answer to one statement."""

    name: str
    customer: str | None  # whose news it is; None also where it was refused
    answer: Answer | None  # None: refused
    problem: Problem | None


@transaction.atomic
def state_facts(
    *, items: Sequence[Parsed | Problem], priority: Priority = Priority.LIVE, by: Actor, at: datetime
) -> tuple[Taken, ...]:
    """Record what can be recorded; the answers stand in the order of the items, and no item spoils another."""
    checked = checks.of(items, at=at)
    statements = [found for found in checked if isinstance(found, Statement)]
    answers = record(statements, by=by, at=at, priority=priority)
    before = stated({one.once for one, answer in zip(statements, answers, strict=True) if answer is Answer.CONFLICT})
    following = iter(answers)
    return tuple(_taken(item, found, following, before) for item, found in zip(items, checked, strict=True))


def _taken(
    item: Parsed | Problem,
    found: Statement | Problem,
    answers: Iterator[Answer],
    before: Mapping[tuple[str, str], Statement],
) -> Taken:
    name = item.name if isinstance(item, Parsed) else ""
    if isinstance(found, Problem):
        return Taken(name=name, customer=None, answer=None, problem=found)
    answer = next(answers)
    if answer is Answer.CONFLICT:
        return Taken(name=name, customer=None, answer=None, problem=_conflict(name, found, before[found.once]))
    return Taken(name=name, customer=found.customer, answer=answer, problem=None)


def _conflict(name: str, found: Statement, earlier: Statement) -> Problem:
    both = [
        f"{field} {_shown(then)} then, {_shown(now)} now" for field, (then, now) in found.differences(earlier).items()
    ]
    return Problem("id", f"{name} was stated before with other content: {'; '.join(both)}")


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else shown(value)
