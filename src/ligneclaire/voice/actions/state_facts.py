"""Take in what sources state: each statement is accepted, known already, or refused with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ligneclaire.facts.record import hold, record, stated
from ligneclaire.facts.stated import Answer, Priority, Statement
from ligneclaire.journeys.actions.answer_denied import answer_denied
from ligneclaire.journeys.actions.follow_in_network import FOLLOWED, LONGEST, PLACES, follow_in_network
from ligneclaire.journeys.actions.give_back_line import give_back_line
from ligneclaire.journeys.plans.proofs import LEFT_IN_USE
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.queries import differences, resources
from ligneclaire.people.queries import operator
from ligneclaire.voice.intake import Parsed, Problem
from ligneclaire.voice.queries import checks, moves
from ligneclaire.voice.topics import MOVE_WITHDRAWN
from ligneclaire.voice.values import shown

NETWORK = "source:network"  # held by whoever changes several of its resources
CASES_AT_ONCE = 200


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
    """Record what can be recorded; the answers stand in the order of the items, and no item spoils another.

    What the network's records follow comes first, in the order of its instants, what was asked for before what it got.
    """
    checked = checks.of(items, at=at)
    found = {place: one for place, one in enumerate(checked) if isinstance(one, Statement)}
    together = {place: one for place, one in found.items() if one.kind not in {*FOLLOWED, MOVE_WITHDRAWN}}
    followed = sorted(found.keys() - together.keys(), key=lambda place: _turn(found[place], place))
    if followed:
        hold(_concerned(found.values()))
    answers: dict[int, Answer | Problem] = {
        place: _followed(found[place], priority=priority, by=by, at=at) for place in followed
    }
    recorded = record([*together.values()], by=by, at=at, priority=priority)
    answers |= zip(together, recorded, strict=True)
    before = stated({one.once for place, one in found.items() if answers[place] is Answer.CONFLICT})
    return tuple(
        _taken(item, one, answers.get(place), before)
        for place, (item, one) in enumerate(zip(items, checked, strict=True))
    )


def _turn(statement: Statement, place: int) -> tuple[datetime, bool, str, str, int]:
    return (statement.at, statement.kind not in PLACES, *statement.once, place)


def _concerned(statements: Collection[Statement]) -> set[str]:
    """Whoever has to be held at once before anything is recorded, so that batches which meet wait in one order.

    Besides those whom the statements are about: who has a resource that is named, and whose cases are opened by it.
    """
    named = {code for one in statements for code in _named(one)}
    holders = {held[0].customer for held in resources.histories(named).values()}
    asked = {one.customer for one in differences.without_case(limit=CASES_AT_ONCE)} if named else set()
    network = {NETWORK} if len(named) > 1 else set()
    return {one.key for one in statements} | (holders - {""}) | asked | network


def _named(statement: Statement) -> set[str]:
    """The resources that become somebody's by it."""
    value = statement.value
    if statement.kind not in FOLLOWED or not isinstance(value, dict):
        return set()
    return {str(value[field]) for field in LEFT_IN_USE if value.get(field)}


def _followed(statement: Statement, *, priority: Priority, by: Actor, at: datetime) -> Answer | Problem:
    """Record what the network's records follow; what they cannot is refused, and nobody loses anything by it."""
    if statement.kind == MOVE_WITHDRAWN:
        return _taken_back(statement, priority=priority, by=by, at=at)
    calendar = operator.current().calendar
    before = transaction.savepoint()
    [answer] = record([statement], by=by, at=at, priority=priority)
    denied = None
    if answer is Answer.ACCEPTED:
        denied = follow_in_network(statement=statement, calendar=calendar, by=by, at=at)
    if denied is None:
        transaction.savepoint_commit(before)
        return answer
    transaction.savepoint_rollback(before)
    reason = denied.reason
    if denied.held and (
        instead := answer_denied(statement=statement, held=denied.held, calendar=calendar, by=by, at=at)
    ):
        reason = f"{reason}; {instead}"
    return Problem(denied.field, reason, denied.constraint)


def _taken_back(statement: Statement, *, priority: Priority, by: Actor, at: datetime) -> Answer | Problem:
    """A move is taken back as long as the customer can stay; what was kept for them at the new place is free."""
    assert statement.customer
    contract = Ref.parse(statement.subject).number
    is_known = statement.once in stated({statement.once})
    move = moves.last_of(contract, customers=[statement.customer])
    if move.why_not and not is_known:
        return Problem("event", move.why_not)
    [answer] = record([statement], by=by, at=at, priority=priority)
    if answer is Answer.ACCEPTED:
        give_back_line(contract=contract, place=move.to, because=statement.name[:LONGEST], by=by, at=at)
    return answer


def _taken(
    item: Parsed | Problem,
    found: Statement | Problem,
    answer: Answer | Problem | None,
    before: Mapping[tuple[str, str], Statement],
) -> Taken:
    name = item.name if isinstance(item, Parsed) else ""
    if isinstance(found, Problem):
        return Taken(name=name, customer=None, answer=None, problem=found)
    if isinstance(answer, Problem):
        return Taken(name=name, customer=None, answer=None, problem=answer)
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
