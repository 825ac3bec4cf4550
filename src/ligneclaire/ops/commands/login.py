"""`ligneclaire login [USERNAME]`."""

from __future__ import annotations

import secrets

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.printing import refusals, table
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.queries import logins
from ligneclaire.voice.intake import OURS

HEADING = ("USERNAME", "NAME", "ROLE", "OF", "GIVEN")


@click.command
@click.argument("username", required=False)
@click.option("--adviser", metavar="NUMBER", help="The adviser who logs in with it.")
@click.option("--department", metavar="CODE", help="The department whose facts are stated with it, by hand.")
@click.option("--name", metavar="NAME", help="With --department: the clerk's name.")
def command(*, username: str | None, adviser: str | None, department: str | None, name: str | None) -> None:
    """Make the account with which somebody opens the desk, and show its password this once.

    It is an adviser's, or that of a clerk of a department, who sees the screen of the department only.
    Without USERNAME: list all accounts.
    """
    if username is None:
        click.echo("\n".join(table(_rows())))
        return
    if bool(adviser) == bool(department) or bool(name) != bool(department):
        raise click.UsageError("say either --adviser, or --department and --name")
    if department in OURS:
        raise click.UsageError(f"{department} is this system itself")
    password, at = secrets.token_urlsafe(12), clock.now()
    with refusals():
        if adviser:
            give_login(adviser=adviser, username=username, password=password, by=SYSTEM, at=at)
        else:
            give_clerk_login(
                department=department or "", name=name or "", username=username, password=password, by=SYSTEM, at=at
            )
    click.echo(password)
    click.echo(f"This is the password of {username}. It is not kept here: keep it now.", err=True)


def _rows() -> list[tuple[str, ...]]:
    given = logins.listed()
    return [
        HEADING,
        *((one.username, one.name, one.role, one.of, f"{one.given_at:%Y-%m-%d %H:%M} UTC") for one in given),
    ]
