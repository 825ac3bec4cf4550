"""`ligneclaire settle [CUSTOMER KEY=VALUE]`."""

from __future__ import annotations

import click

from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import QuestionCard
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.ops.printing import instant, refusals, someone, table
from ligneclaire.voice.actions.settle_contradiction import settle_contradiction
from ligneclaire.voice.queries import rules
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import comparable, problem, shown, typed

HEADING = ("CUSTOMER", "SUBJECT", "KEY", "VALUES", "OWNER", "ASKED")


@click.command
@click.argument("customer", required=False)
@click.argument("choice", metavar="[KEY=VALUE]", required=False)
@click.option("--reason", help="Why this value is true; others will read it.")
@click.option("--subject", help="Which contract, as in contract:K-ADSL-1, when the key is contested for several.")
@click.option("--by", metavar="ADVISER", help="Who settles it, as in A-1; the owner of the case unless given.")
def command(
    *, customer: str | None, choice: str | None, reason: str | None, subject: str | None, by: str | None
) -> None:
    """List the contradictions that wait for an answer, or settle one: which of the contested values is true.

    ligneclaire settle C-2001 equipment.days_after_formal_notice=10 --reason "asked both, 10 is right"
    """
    with refusals():
        if customer is None:
            _list(rules.current().calendar)
        elif choice is None:
            raise click.UsageError("say which value is true: settle CUSTOMER KEY=VALUE --reason WHY")
        else:
            _settle(_asked(customer, choice.partition("=")[0], subject), choice, reason or "", by)


def _list(calendar: Calendar) -> None:
    questions = cards.open_questions()
    if not questions:
        click.echo("Nothing is contested.")
        return
    rows = [
        (
            question.customer,
            question.subject,
            question.key,
            values_of(question),
            question.owner,
            instant(question.asked_at, calendar.tz),
        )
        for question in questions
    ]
    click.echo("\n".join(table([HEADING, *rows])))


def values_of(question: QuestionCard) -> str:
    """Who says what: `7 (equipment) or 10 (equipment-south-west)`."""
    return " or ".join(f"{shown(claim['value'])} ({_sources(claim['sources'])})" for claim in question.claims)


def _sources(sources: object) -> str:
    return ", ".join(map(str, sources)) if isinstance(sources, list) else str(sources)


def _asked(customer: str, key: str, subject: str | None) -> QuestionCard:
    found = [
        question
        for question in cards.open_questions()
        if (question.customer, question.key) == (customer, key) and subject in {None, question.subject}
    ]
    if not found:
        raise click.ClickException(f"{key!r} is not contested for {customer}; `ligneclaire settle` lists what is")
    if len(found) > 1:
        subjects = ", ".join(question.subject for question in found)
        raise click.UsageError(f"{key} is contested for several: say which by --subject ({subjects})")
    return found[0]


def _settle(question: QuestionCard, choice: str, reason: str, by: str | None) -> None:
    if not reason.strip():
        raise click.UsageError("say why: --reason")
    actor = someone(by) if by else Actor(ActorKind.ADVISER, question.owner)
    chosen = _chosen(question, choice.partition("=")[2])
    settle_contradiction(
        customer=question.customer,
        subject=question.subject,
        key=question.key,
        chosen=chosen,
        reason=reason,
        by=actor,
        at=clock.now(),
    )
    click.echo(f"{question.key} of {question.subject} is {shown(chosen)}, settled by {actor.number}.")


def _chosen(question: QuestionCard, text: str) -> object:
    """The contested value that somebody means, however they write it."""
    takes = TOPICS[question.key].takes
    meant = typed(text.strip(), takes)
    for claim in question.claims:
        if not problem(meant, takes) and comparable(meant, takes) == comparable(claim["value"], takes):
            return claim["value"]
    raise click.ClickException(f"{text!r} is none of the contested values: {values_of(question)}")
