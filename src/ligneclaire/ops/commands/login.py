"""`ligneclaire login [USERNAME]`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import click
from django.conf import settings

from ligneclaire.kernel import clock
from ligneclaire.ops.printing import instant, refusals, table, whoever_runs_this, zone
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.link_company_identity import link_company_identity
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
@click.option("--subject", metavar="ID", help="Link it to who the company's identity provider calls so.")
@click.option("--withdraw", is_flag=True, help="Close it and log it out at once; what was done with it keeps its name.")
@click.option("--give-back", is_flag=True, help="Open one that was closed, with a new password.")
def command(*, username: str | None, **asked: Any) -> None:
    """Make the account with which somebody opens the desk, and show its password this once.

    It is an adviser's, or that of a clerk of a department, who sees the screen of the department only.
    Without USERNAME: list all accounts.
    """
    if username is None:
        click.echo("\n".join(table(_rows())))
        return
    way = WAYS.get(frozenset(name for name, value in asked.items() if value))
    if way is None:
        raise click.UsageError("say either --adviser, or --department and --name, or one of the others alone")
    with refusals():
        way(username, asked)


def _for_adviser(username: str, asked: Mapping[str, str]) -> None:
    password = secrets.token_urlsafe(12)
    give_login(adviser=asked["adviser"], username=username, password=password, by=whoever_runs_this(), at=clock.now())
    _show(username, password)


def _for_clerk(username: str, asked: Mapping[str, str]) -> None:
    department, name, password = asked["department"], asked["name"], secrets.token_urlsafe(12)
    if department in OURS:
        raise click.UsageError(f"{department} is this system itself")
    give_clerk_login(
        department=department,
        name=name,
        username=username,
        password=password,
        by=whoever_runs_this(),
        at=clock.now(),
    )
    _show(username, password)


def _withdraw(username: str, _asked: Mapping[str, str]) -> None:
    withdraw_login(username=username, by=whoever_runs_this(), at=clock.now())
    click.echo(f"{username} opens the desk no longer.")


def _give_back(username: str, _asked: Mapping[str, str]) -> None:
    password = secrets.token_urlsafe(12)
    return_login(username=username, password=password, by=whoever_runs_this(), at=clock.now())
    _show(username, password)


def _link(username: str, asked: Mapping[str, str]) -> None:
    issuer, subject = settings.OIDC_ISSUER, asked["subject"]
    if not issuer:
        raise click.ClickException("there is no identity provider: LIGNECLAIRE_OIDC_ISSUER is not set")
    link_company_identity(username=username, issuer=issuer, subject=subject, by=whoever_runs_this(), at=clock.now())
    click.echo(f"{username} comes in as {subject} of {issuer}.")


WAYS: dict[frozenset[str], Callable[[str, Mapping[str, str]], None]] = {
    frozenset({"adviser"}): _for_adviser,
    frozenset({"department", "name"}): _for_clerk,
    frozenset({"withdraw"}): _withdraw,
    frozenset({"give_back"}): _give_back,
    frozenset({"subject"}): _link,
}


def _show(username: str, password: str) -> None:
    click.echo(password)
    click.echo(f"This is the password of {username}. It is not kept here: keep it now.", err=True)


def _rows() -> list[tuple[str, ...]]:
    given, here = logins.listed(), zone()
    return [
        HEADING,
        *(
            (
                one.username,
                one.name,
                one.role,
                one.of,
                instant(one.given_at, here),
                "yes" if one.is_open else "no",
            )
            for one in given
        ),
    ]
