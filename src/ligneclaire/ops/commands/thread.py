"""`ligneclaire thread CUSTOMER`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

import click

from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import QuestionCard
from ligneclaire.channels.queries import messages
from ligneclaire.contracts.facts import REASON_DECIDED
from ligneclaire.ops.commands.settle import values_of
from ligneclaire.ops.printing import instant, refusals, table
from ligneclaire.people.queries import customers
from ligneclaire.promises.queries import pledges
from ligneclaire.voice.queries import rules, told
from ligneclaire.voice.queries.told import Ended
from ligneclaire.voice.rules.state import OWN_RECORDS
from ligneclaire.voice.values import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened with a customer."""

    at: datetime
    what: str
    name: str  # of the fact as its source calls it, of the message's file, of the owner who was asked
    subject: str
    says: str
    state: str


@click.command
@click.argument("customer")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array and nothing else.")
def command(*, customer: str, as_json: bool) -> None:
    """Show everything that happened with a customer, oldest first.

    Facts with what they came to, contradictions, messages, and what was promised.
    """
    if not customers.known([customer]):
        raise click.ClickException(f"there is no customer {customer}")
    with refusals():
        zone = rules.current().calendar.tz
    entries = sorted(_entries(customer), key=lambda entry: entry.at)
    if as_json:
        rows = [asdict(entry) | {"at": entry.at.astimezone(zone).isoformat()} for entry in entries]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif entries:
        click.echo("\n".join(table(_row(entry, instant(entry.at, zone)) for entry in entries)))
    else:
        click.echo(f"Nothing happened with {customer} yet.")


def _row(entry: Entry, at: str) -> tuple[str, ...]:
    return (at, entry.what, entry.name, entry.subject, entry.says, entry.state)


def _entries(customer: str) -> Iterator[Entry]:
    for fact in reversed(told.outcomes_of(customer)):
        if fact.kind == REASON_DECIDED or fact.kind not in OWN_RECORDS:
            yield _of_fact(fact)
    for question in reversed(cards.questions_of(customer)):
        yield _of_question(question)
    for card in messages.of([customer]):
        yield Entry(
            at=card.written_at,
            what=f"copy by {card.channel}" if card.copy_of else card.channel,
            name=card.file,
            subject=card.case,
            says=card.subject,
            state=f"{card.standing}: {card.answer}" if card.answer else card.standing,
        )
    for pledge in pledges.of([customer]).get(customer, ()):
        due = f"due {pledge.due_on}" if pledge.due_on else "without date"
        yield Entry(
            at=pledge.made_at,
            what="promise",
            name="",
            subject=pledge.subject,
            says=f"{pledge.key} {shown(pledge.value)}",
            state=f"{pledge.state}, {due}",
        )


def _of_fact(fact: Ended) -> Entry:
    return Entry(
        at=fact.recorded_at,
        what="fact",
        name=fact.name,
        subject=fact.subject,
        says=f"{fact.kind} {shown(fact.value)}",
        state=f"{fact.end}: {fact.reason}" if fact.reason else fact.end,
    )


def _of_question(question: QuestionCard) -> Entry:
    settled = f"{question.state} by {question.settled_by}: {shown(question.chosen)}, {question.reason}"
    return Entry(
        at=question.asked_at,
        what="contradiction",
        name=question.owner,
        subject=question.subject,
        says=f"{question.key} {values_of(question)}",
        state=settled if question.settled_by else question.state,
    )
