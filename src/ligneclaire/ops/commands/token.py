"""`ligneclaire token [DEPARTMENT]`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import click

from ligneclaire.kernel import clock
from ligneclaire.ops.printing import refusals, table, whoever_runs_this
from ligneclaire.people.access.scopes import ALL, Scope
from ligneclaire.people.actions.give_token import MAIN, YEAR, give_token
from ligneclaire.people.actions.revoke_token import revoke_token
from ligneclaire.people.queries import departments, tokens
from ligneclaire.people.queries.tokens import TokenCard

HEADING = ("DEPARTMENT", "NAME", "TOKEN", "MAY", "SINCE", "UNTIL", "LAST USED")


@click.command
@click.argument("department", required=False)
@click.option("--name", default=MAIN, show_default=True, help="For which system; each has a token of its own.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it may do; else all.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it ends, at 00:00 UTC; else a year.")
@click.option("--revoke", is_flag=True, help="Take the token back at once, without a new one.")
def command(
    *, department: str | None, name: str, scopes: tuple[str, ...], until: datetime | None, revoke: bool
) -> None:
    """Make the token with which a system of a department uses the API, and show it this once.

    An earlier token of that name ends. Without DEPARTMENT: list the departments and their tokens.
    """
    at = clock.now()
    if department is None:
        if revoke:
            raise click.UsageError("say which department")
        click.echo("\n".join(table(_rows(at))))
        return
    with refusals():
        if revoke:
            revoke_token(department=department, name=name, by=whoever_runs_this(), at=at)
            click.echo(f"{department} has no token {name} any more.")
            return
        may = frozenset(map(Scope, scopes)) or ALL
        life = until.replace(tzinfo=UTC) - at if until else YEAR
        click.echo(give_token(department=department, name=name, scopes=may, life=life, by=whoever_runs_this(), at=at))
        click.echo(f"This is the token {name} of {department}. It is not kept here: keep it now.", err=True)


def _rows(at: datetime) -> Iterator[tuple[str, ...]]:
    yield HEADING
    given = tokens.given()
    for code, department in departments.names().items():
        theirs = [card for card in given if card.department == code]
        yield from (_row(card, department, at) for card in theirs)
        if not theirs:
            yield (code, department, "none")


def _row(card: TokenCard, department: str, at: datetime) -> tuple[str, ...]:
    ended = " (ended)" if card.ends_at <= at else ""
    used = f"{card.last_used_on}" if card.last_used_on else "never"
    may, since, until = " ".join(card.scopes), f"{card.given_at:%Y-%m-%d}", f"{card.ends_at:%Y-%m-%d}{ended}"
    return (card.department, department, card.name, may, since, until, used)
