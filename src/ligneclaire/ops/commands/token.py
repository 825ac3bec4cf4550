"""`ligneclaire token [DEPARTMENT]`."""

from __future__ import annotations

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.printing import refusals, table
from ligneclaire.people.actions.give_token import give_token
from ligneclaire.people.actions.revoke_token import revoke_token
from ligneclaire.people.queries import departments, tokens

HEADING = ("DEPARTMENT", "NAME", "TOKEN")


@click.command
@click.argument("department", required=False)
@click.option("--revoke", is_flag=True, help="Take the department's token back at once, without a new one.")
def command(*, department: str | None, revoke: bool) -> None:
    """Make the token with which a department's systems state facts (`POST /api/facts`), and show it this once.

    The department's earlier token ends. Without DEPARTMENT: list the departments and since when they have one.
    """
    at = clock.now()
    if department is None:
        if revoke:
            raise click.UsageError("say which department")
        click.echo("\n".join(table(_rows())))
        return
    with refusals():
        if revoke:
            revoke_token(department=department, by=SYSTEM, at=at)
            click.echo(f"{department} has no token any more.")
        else:
            click.echo(give_token(department=department, by=SYSTEM, at=at))
            click.echo(f"This is the token of {department}. It is not kept here: keep it now.", err=True)


def _rows() -> list[tuple[str, str, str]]:
    since = {card.department: f"since {card.given_at:%Y-%m-%d %H:%M} UTC" for card in tokens.given()}
    return [HEADING, *((code, name, since.get(code, "none")) for code, name in departments.names().items())]
