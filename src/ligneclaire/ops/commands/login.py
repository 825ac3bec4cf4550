"""`ligneclaire login [USERNAME]`."""

from __future__ import annotations

import secrets

import click

from ligneclaire.kernel import clock
from ligneclaire.ops.printing import refusals, table, whoever_runs_this
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.return_login import return_login
from ligneclaire.people.actions.withdraw_login import withdraw_login
from ligneclaire.people.queries import logins
from ligneclaire.voice.intake import OURS

HEADING = ("USERNAME", "NAME", "ROLE", "OF", "GIVEN", "OPEN")


@click.command
@click.argument("username", required=False)
@click.option("--adviser", metavar="NUMBER", help="The adviser who logs in with it.")
@click.option("--department", metavar="CODE", help="The department whose facts are stated with it, by hand.")
@click.option("--name", metavar="NAME", help="With --department: the clerk's name.")
@click.option("--withdraw", is_flag=True, help="Close it and log it out at once; what was done with it keeps its name.")
@click.option("--give-back", is_flag=True, help="Open one that was closed, with a new password.")
def command(
    *,
    username: str | None,
    adviser: str | None,
    department: str | None,
    name: str | None,
    withdraw: bool,
    give_back: bool,
) -> None:
    """Make the account with which somebody opens the desk, and show its password this once.

    It is an adviser's, or that of a clerk of a department, who sees the screen of the department only.
    Without USERNAME: list all accounts.
    """
    if username is None:
        click.echo("\n".join(table(_rows())))
        return
    if withdraw or give_back:
        if (withdraw and give_back) or adviser or department or name:
            raise click.UsageError("say one thing at a time")
        _open_or_close(username, is_open=give_back)
        return
    if bool(adviser) == bool(department) or bool(name) != bool(department):
        raise click.UsageError("say either --adviser, or --department and --name")
    if department in OURS:
        raise click.UsageError(f"{department} is this system itself")
    password, at = secrets.token_urlsafe(12), clock.now()
    with refusals():
        if adviser:
            give_login(adviser=adviser, username=username, password=password, by=whoever_runs_this(), at=at)
        else:
            give_clerk_login(
                department=department or "",
                name=name or "",
                username=username,
                password=password,
                by=whoever_runs_this(),
                at=at,
            )
    _show(username, password)


def _open_or_close(username: str, *, is_open: bool) -> None:
    password, by, at = secrets.token_urlsafe(12), whoever_runs_this(), clock.now()
    with refusals():
        if is_open:
            return_login(username=username, password=password, by=by, at=at)
            _show(username, password)
        else:
            withdraw_login(username=username, by=by, at=at)
            click.echo(f"{username} opens the desk no longer.")


def _show(username: str, password: str) -> None:
    click.echo(password)
    click.echo(f"This is the password of {username}. It is not kept here: keep it now.", err=True)


def _rows() -> list[tuple[str, ...]]:
    given = logins.listed()
    return [
        HEADING,
        *(
            (
                one.username,
                one.name,
                one.role,
                one.of,
                f"{one.given_at:%Y-%m-%d %H:%M} UTC",
                "yes" if one.is_open else "no",
            )
            for one in given
        ),
    ]
