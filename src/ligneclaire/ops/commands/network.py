"""`ligneclaire network import|export|reconcile|where|history|free|differences`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from uuid import UUID

import click

from ligneclaire.cases.actions.take_up_differences import take_up_differences
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.begin_survey import begin_survey
from ligneclaire.network.actions.compare_survey import compare_survey
from ligneclaire.network.actions.settle_difference import settle_difference
from ligneclaire.network.actions.take_observations import take_observations
from ligneclaire.network.queries import differences, listing, resources, sites
from ligneclaire.network.queries.resources import Holding
from ligneclaire.network.states import Use
from ligneclaire.network.values import ObservationEntry
from ligneclaire.ops import netbox_export, netbox_files, network_files
from ligneclaire.ops.network_files import FileRefused, Wrong, parts
from ligneclaire.ops.network_import import Imported, import_file, import_rows
from ligneclaire.ops.printing import instant, refusals, someone, table, zone
from ligneclaire.people.queries import operator

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
AT_ONCE = 50_000
LOOK_WITHIN = timedelta(days=2)
SHOWN = 100
"""How many wrong lines are printed; all are counted."""


@click.group
def command() -> None:
    """What exists in the network, who holds what of it, and what the network itself sees."""


@command.command("import")
@click.argument("files", type=FILE, nargs=-1, required=True)
def import_(files: tuple[Path, ...]) -> None:
    """Import sites, resources, lines and holdings from CSV files, told apart by their columns, or JSON of NetBox.

    Wrong lines are named and left out; the others are imported. Nothing changes hands by an import.
    """
    wrong = sum(_import_netbox(path) for path in files if path.suffix == ".json")
    kinds = {path: _kind(path) for path in files if path.suffix != ".json"}
    for path in sorted(kinds, key=lambda path: list(network_files.KINDS).index(kinds[path])):
        done = import_file(path, kinds[path], by=SYSTEM, at=clock.now())
        click.echo(f"{path}: {_said(done)}")
        _tell(done.wrong)
        wrong += len(done.wrong)
    if wrong:
        raise click.exceptions.Exit(1)


@command.command
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["csv", "netbox"]), default="csv", show_default=True)
def export(directory: Path, form: str) -> None:
    """Write sites, resources, lines and holdings as CSV or as NetBox takes them; nothing is overwritten.

    An import reads both.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = [f"{kind}.csv" for kind in listing.KINDS] if form == "csv" else ["netbox.json"]
    paths = [directory / name for name in names]
    if there := [path for path in paths if path.is_symlink() or path.exists()]:
        raise click.ClickException(f"{there[0]} is there already; an export overwrites nothing")
    for path in paths:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            if form == "csv":
                file.writelines(listing.as_csv(path.stem))
            else:
                netbox_export.write(file)
        click.echo(str(path))


@command.command
@click.argument("file", type=FILE)
@click.option("--source", default="exchange", show_default=True, help="Which part of the network looked.")
@click.option("--seen-at", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="When; else when the file was written.")
def reconcile(*, file: Path, source: str, seen_at: datetime | None) -> None:
    """Compare what the network sees (CSV: resource,seen,number) with the records.

    Each difference gets an owner and a day; what is in use and free for the records is given to nobody until it is
    settled. An interrupted run goes on where it stopped, and the same file again changes nothing.
    """
    digest = network_files.digest_of(file)
    at = seen_at or network_files.seen_at(file)
    survey = begin_survey(source=source, digest=digest, seen_at=at, by=SYSTEM, at=clock.now())
    if survey.read:
        click.echo(f"{survey.read:,} lines were read before", err=True)
    read, wrong = survey.read, list[Wrong]()
    for piece in parts(_observed(file, after=read), AT_ONCE):
        seen = [row for _, row in piece if not isinstance(row, Wrong)]
        wrong += [row for _, row in piece if isinstance(row, Wrong)]
        upto = piece[-1][0]
        take_observations(survey=survey.uuid, after=read, upto=upto, rows=seen, by=SYSTEM, at=clock.now())
        read = upto
        click.echo(f"{read:,} lines read", err=True)
    _tell(wrong)
    now = clock.now()
    found = compare_survey(survey=survey.uuid, due_on=(now + LOOK_WITHIN).date(), by=SYSTEM, at=now)
    click.echo("\n".join(f"{kind}: {count} new" for kind, count in found.new.items()) or "no new difference")
    cases = 0
    while taken := take_up_differences(by=SYSTEM, at=now):
        cases += taken
    click.echo(f"{cases} of them concern a customer and have a case")
    click.echo(f"{found.gone} gone, {found.protected} resources are given to nobody until somebody has looked")


@command.command
@click.argument("resource")
def where(resource: str) -> None:
    """Say where a resource is, and who has it."""
    card = resources.card(resource)
    if card is None:
        raise click.ClickException(f"the records know no {resource}")
    rows = [("kind", card.kind), ("site", card.site or "-"), ("condition", card.condition), ("wear", str(card.wear))]
    held = card.holding
    if held is None:
        rows += [("holder", "nobody: it is free")]
    elif held.use is Use.HELD:
        rows += [("holder", f"line {held.line}, contract {held.contract}, customer {held.customer}")]
    else:
        rows += [("holder", held.use)]
    rows += [("since", instant(held.since, zone()))] if held else []
    click.echo("\n".join(table(rows)))


@command.command
@click.argument("resource")
def history(resource: str) -> None:
    """List who had a resource, the first first."""
    found, here = resources.history(resource), zone()
    if not found:
        raise click.ClickException(f"nobody ever had {resource}")
    click.echo(
        "\n".join(
            table([("SINCE", "UNTIL", "USE", "LINE", "CUSTOMER", "BECAUSE"), *(_holding(one, here) for one in found)])
        )
    )


@command.command
@click.argument("site")
def free(site: str) -> None:
    """List what can be given at a site, the best first."""
    if sites.card(site) is None:
        raise click.ClickException(f"the records know no site {site}")
    found = sites.free(site, at=clock.now())
    counted = Counter(one.kind for one in found)
    for kind, count in sites.counted(site).items():
        click.echo(f"{counted[kind]} of {count} free: {kind}")
    click.echo("\n".join(table([(one.code, one.kind, str(one.wear)) for one in found])))


@command.command("differences")
@click.option("--owner", help="Only those of this adviser.")
def list_differences(owner: str | None) -> None:
    """List where the network and the records disagree, with who looks by when."""
    rows = [
        (f"{one.due_on}", one.owner, one.kind, one.resource, one.number, one.line, one.customer, str(one.uuid))
        for one in differences.open_of({owner} if owner else None, limit=SHOWN)
    ]
    click.echo("\n".join(table([("BY", "OWNER", "KIND", "RESOURCE", "NUMBER", "LINE", "CUSTOMER", "ID"), *rows])))


@command.command
@click.argument("difference", type=click.UUID)
@click.option("--note", required=True, help="What was found, and what was done.")
@click.option("--free", "is_free", is_flag=True, help="Nobody uses the resource after all: it can be given again.")
@click.option("--by", "adviser", help="The adviser who looked; else whoever runs this.")
def settle(*, difference: UUID, note: str, is_free: bool, adviser: str | None) -> None:
    """Say what a difference was about, by its ID."""
    with refusals():
        settle_difference(difference=difference, note=note, is_free=is_free, by=someone(adviser), at=clock.now())
    click.echo("settled")


def _import_netbox(path: Path) -> int:
    """Import what a file for NetBox says of the network; return how many of its things were left out."""
    at, wrong = clock.now(), 0
    try:
        found = netbox_files.read(path, region=operator.current().country, at=at)
    except FileRefused as refused:
        raise click.ClickException(f"{path}: {refused}") from None
    for kind, rows in found.rows.items():
        done = import_rows(rows, kind, by=SYSTEM, at=at)
        click.echo(f"{path}: {kind}: {_said(done)}")
        _tell([f"{found.places[one.line]}: {one.why}" for one in done.wrong])
        wrong += len(done.wrong)
    if found.other:
        click.echo(f"not read: {', '.join(found.other)}", err=True)
    return wrong


def _kind(path: Path) -> str:
    try:
        return network_files.kind_of(path)
    except FileRefused as refused:
        raise click.ClickException(f"{path}: {refused}") from None


def _observed(file: Path, *, after: int) -> Iterator[tuple[int, ObservationEntry | Wrong]]:
    try:
        yield from network_files.observed(file, after=after, region=operator.current().country)
    except FileRefused as refused:
        raise click.ClickException(f"{file}: {refused}") from None


def _said(done: Imported) -> str:
    tally = done.tally
    counts = {"new": tally.new, "changed": tally.changed, "as before": tally.same, "wrong": len(done.wrong)}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "nothing in it"


def _tell(wrong: Sequence[Wrong | str]) -> None:
    for one in wrong[:SHOWN]:
        click.echo(f"  {one}", err=True)
    if len(wrong) > SHOWN:
        click.echo(f"  and {len(wrong) - SHOWN} more", err=True)


def _holding(one: Holding, here: tzinfo) -> tuple[str, ...]:
    until = instant(one.until, here) if one.until else ""
    return (instant(one.since, here), until, one.use, one.line, one.customer, one.because)
