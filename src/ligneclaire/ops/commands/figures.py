"""`ligneclaire figures [--from DAY] [--to DAY]`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import click

from ligneclaire.figures.actions.roll_up import roll_up
from ligneclaire.figures.rules import Span
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.printing import refusals
from ligneclaire.people.queries import operator

DAY = click.DateTime(["%Y-%m-%d"])
AT_ONCE = timedelta(days=31)  # counted in one transaction


@click.command
@click.option("--from", "first", type=DAY, help="First day; yesterday unless given.")
@click.option("--to", "last", type=DAY, help="Last day; today unless given.")
def command(*, first: datetime | None, last: datetime | None) -> None:
    """Count again what supervisors look at, for some days: from everything that is known by now.

    The worker counts today and yesterday every hour and the last month every night. This is for days before, as after
    an import. It can be interrupted and run again.
    """
    with refusals():
        at, house = clock.now(), operator.current()
        today = house.calendar.date_of(at)
        begin, end = _day(first, today - timedelta(days=1)), min(_day(last, today), today)
        rows, day = 0, begin
        while day <= end:
            part = Span(first=day, last=min(day + AT_ONCE, end))
            rows += roll_up(span=part, zone=house.zone, by=SYSTEM, at=at)
            day = part.last + timedelta(days=1)
    click.echo(f"{max((end - begin).days + 1, 0):,} days counted, {rows:,} figures")


def _day(given: datetime | None, otherwise: date) -> date:
    return given.date() if given else otherwise
