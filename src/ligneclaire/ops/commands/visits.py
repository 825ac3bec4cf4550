"""`ligneclaire visits technicians|off|free|need|day|book|close|miss`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.rows import Tally
from ligneclaire.network.queries.known import known
from ligneclaire.ops import visits_files
from ligneclaire.ops.network_files import FileRefused, Wrong
from ligneclaire.ops.printing import refusals, someone, table
from ligneclaire.people.queries import advisers, operator
from ligneclaire.visits.actions.ask_visit import ask_visit
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.close_visit import close_visit
from ligneclaire.visits.actions.hold_slot import hold_slot
from ligneclaire.visits.actions.import_technicians import import_technicians
from ligneclaire.visits.actions.miss_visit import miss_visit
from ligneclaire.visits.actions.take_time_off import take_time_off
from ligneclaire.visits.queries import links, needs, slots, technicians, visits
from ligneclaire.visits.states import MissedBy, Purpose
from ligneclaire.visits.values import TechnicianEntry, Window

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
BY = click.option("--by", "adviser", help="The adviser who says so; else whoever runs this.")


@click.group
def command() -> None:
    """Who can come to customers, when they are free, and what they do there."""


@command.command("technicians")
@click.argument("file", type=FILE, required=False)
def import_(file: Path | None) -> None:
    """List the technicians; with a CSV FILE import them first, leaving out lines that are wrong."""
    wrong = _import(file) if file else []
    rows = [
        (one.number, one.name, one.mobile, " ".join(one.skills), " ".join(one.territories), "" if one.works else "left")
        for one in technicians.listed()
    ]
    click.echo("\n".join(table([("NUMBER", "NAME", "MOBILE", "SKILLS", "TERRITORIES", ""), *rows])))
    for one in wrong:
        click.echo(f"  {one}", err=True)
    if wrong:
        raise click.exceptions.Exit(1)


@command.command
@click.argument("technician")
@click.argument("starts", type=MOMENT)
@click.argument("ends", type=MOMENT)
@BY
def off(*, technician: str, starts: datetime, ends: datetime, adviser: str | None) -> None:
    """Let a technician be away from STARTS to ENDS; the visits that somebody then has to move are named."""
    if ends <= starts:
        raise click.BadParameter("it ends before it begins", param_hint="ENDS")
    with refusals():
        window = Window(starts=_here(starts), ends=_here(ends))
        clash = take_time_off(technician=technician, window=window, by=someone(adviser), at=clock.now())
    click.echo("\n".join(["off", *(f"to move: {reference}" for reference in clash)]))


@command.command
@click.argument("territory")
@click.argument("skill")
@click.option("--from", "from_", type=DAY, help="The first day; else the first that is possible.")
@click.option("--days", default=14, show_default=True, type=click.IntRange(1, 92), help="How many days.")
def free(*, territory: str, skill: str, from_: datetime | None, days: int) -> None:
    """List the windows in which somebody can come."""
    zone, now = operator.current().calendar.tz, clock.now()
    first = from_.date() if from_ else now.astimezone(zone).date()
    last = first + timedelta(days=days - 1)
    rows = [
        (f"{one.starts.astimezone(zone):%a %Y-%m-%dT%H:%M}", f"{one.ends.astimezone(zone):%H:%M}", str(one.technicians))
        for one in slots.free(territory=territory, skill=skill, from_=first, to=last, at=now)
    ]
    click.echo("\n".join(table([("FROM", "TO", "FREE"), *rows])) if rows else "nobody is free")


@command.command
@click.argument("contract")
@click.argument("purpose", type=click.Choice(Purpose.values))
@click.option("--task", default="", help="What the order says.")
@BY
def need(*, contract: str, purpose: str, task: str, adviser: str | None) -> None:
    """Say that somebody has to come to a contract's line; print the reference and the customer's link."""
    entry = needs.of_contract(contract, Purpose(purpose), task=task)
    if entry is None:
        raise click.ClickException(f"the records know no line by wire of contract {contract}")
    with refusals():
        reference = ask_visit(need=entry, by=someone(adviser), at=clock.now())
    click.echo(f"{reference}  {links.path(reference)}")


@command.command
@click.argument("technician")
@click.argument("date", type=DAY, required=False)
def day(*, technician: str, date: datetime | None) -> None:
    """Show the day of a technician in its order; today unless a DATE is given."""
    if technicians.card(technician) is None:
        raise click.ClickException(f"there is no technician {technician}")
    zone = operator.current().calendar.tz
    rows = [
        (
            f"{stop.visit.starts.astimezone(zone):%H:%M}-{stop.visit.ends.astimezone(zone):%H:%M}",
            stop.visit.reference,
            stop.visit.state,
            stop.visit.purpose,
            stop.name,
            stop.mobile or stop.number,
            stop.visit.place,
            stop.expected,
            stop.visit.task,
        )
        for stop in visits.of_technician(technician, _day(date))
    ]
    head = ("WHEN", "VISIT", "STATE", "FOR", "NAME", "PHONE", "WHERE", "EXPECTED", "TASK")
    click.echo("\n".join(table([head, *rows])) if rows else "nothing")


@command.command
@click.argument("need")
@click.argument("starts", type=MOMENT)
@BY
def book(*, need: str, starts: datetime, adviser: str | None) -> None:
    """Book the window that STARTS then, in the operator's time, for a need by its reference."""
    card, begins, now = needs.card(need), _here(starts), clock.now()
    if card is None:
        raise click.ClickException(f"nobody has to come under {need}")
    on = starts.date()
    offered = slots.free(territory=card.territory, skill=card.skill, from_=on, to=on, at=now)
    windows = [slot.window for slot in offered if slot.starts == begins]
    if not windows:
        raise click.ClickException("nobody is free then: see `ligneclaire visits free`")
    by = someone(adviser)
    with refusals():
        reference = hold_slot(need=need, window=windows[0], by=by, at=now)
        book_visit(reference=reference, by=by, at=now)
    click.echo(reference)


@command.command
@click.argument("visit")
@click.option("--result", required=True, help="What was found and done.")
@click.option("--used", default="", help="The pair, port or path that is in use now.")
@click.option("--none-because", default="", help="Why nothing is in use.")
@BY
def close(*, visit: str, result: str, used: str, none_because: str, adviser: str | None) -> None:
    """Close a visit with what was really used, which the records follow at once."""
    with refusals():
        by = someone(adviser)
        stated = close_visit(
            reference=visit, result=result, resource=used, none_because=none_because, by=by, at=clock.now()
        )
    click.echo("closed")
    if stated and stated.difference:
        click.echo(f"another line has it in the records: somebody looks first ({stated.difference})")


@command.command
@click.argument("visit")
@click.argument("missed_by", metavar="operator|customer", type=click.Choice(MissedBy.values))
@BY
def miss(*, visit: str, missed_by: str, adviser: str | None) -> None:
    """Say through whom a visit did not take place."""
    with refusals():
        miss_visit(reference=visit, missed_by=MissedBy(missed_by), by=someone(adviser), at=clock.now())
    click.echo("missed")


def _import(file: Path) -> list[Wrong]:
    try:
        rows = list(visits_files.read(file, region=operator.current().country))
    except FileRefused as refused:
        raise click.ClickException(f"{file}: {refused}") from None
    good = [(line, row) for line, row in rows if not isinstance(row, Wrong)]
    wrong = [row for _, row in rows if isinstance(row, Wrong)] + list(_unfit(good))
    left_out = {one.line for one in wrong}
    done = import_technicians(
        technicians=[row for line, row in good if line not in left_out], by=SYSTEM, at=clock.now()
    )["technicians"]
    click.echo(f"{file}: {_said(done, len(left_out))}")
    return sorted(wrong, key=lambda one: one.line)


def _unfit(rows: list[tuple[int, TechnicianEntry]]) -> Iterator[Wrong]:
    places = known("territory", {place for _, row in rows for place in row.territories})
    staff = set(advisers.cards({row.adviser for _, row in rows if row.adviser}))
    seen: set[str] = set()
    for line, row in rows:
        if row.number in seen:
            yield Wrong(line, f"{row.number} stands in this file already")
        if unknown := [place for place in row.territories if place not in places]:
            yield Wrong(line, f"territories: there is no territory {' '.join(unknown)}")
        if row.adviser and row.adviser not in staff:
            yield Wrong(line, f"adviser: there is no adviser {row.adviser}")
        seen.add(row.number)


def _said(tally: Tally, wrong: int) -> str:
    counts = {"new": tally.new, "changed": tally.changed, "as before": tally.same, "wrong": wrong}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "nothing in it"


def _here(local: datetime) -> datetime:
    return operator.current().calendar.at(local.date(), local.time())


def _day(local: datetime | None) -> date:
    return local.date() if local else operator.current().calendar.date_of(clock.now())
