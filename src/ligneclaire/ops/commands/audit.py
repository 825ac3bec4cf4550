"""`ligneclaire audit`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, datetime, timedelta, tzinfo

import click

from ligneclaire.audit.queries import changes
from ligneclaire.audit.queries.changes import Filter
from ligneclaire.audit.states import ChangeKind
from ligneclaire.ops.printing import instant, refusals, table
from ligneclaire.people.queries import operator

HEADING = ("AT", "BY", "WHAT", "ABOUT", "BEFORE", "AFTER")
DAY = click.DateTime(["%Y-%m-%d"])
NEWEST = 100


@click.command
@click.option("--kind", type=click.Choice([kind.lower() for kind in ChangeKind]), help="Only changes of this.")
@click.option("--by", default="", help="Only what they changed: adviser:A-1, system:root.")
@click.option("--about", default="", help="Only of what has this in its number or name.")
@click.option("--from", "first", type=DAY, help="First day, in the operator's time.")
@click.option("--to", "last", type=DAY, help="Last day.")
@click.option("--limit", type=click.IntRange(min=1), default=NEWEST, show_default=True, help="At most so many.")
def command(
    *, kind: str | None, by: str, about: str, first: datetime | None, last: datetime | None, limit: int
) -> None:
    """Show who changed settings and what somebody may do, when, and from what to what; the last changes first."""
    with refusals():
        tz = operator.current().calendar.tz
    wanted = Filter(
        kind=ChangeKind(kind.upper()) if kind else None,
        by=by,
        about=about,
        since=first.replace(tzinfo=tz) if first else None,
        until=(last + timedelta(days=1)).replace(tzinfo=tz) if last and last.year < MAXYEAR else None,
    )
    click.echo("\n".join(table(_rows(wanted, limit, tz))))


def _rows(wanted: Filter, limit: int, tz: tzinfo) -> Iterator[tuple[str, ...]]:
    yield HEADING
    for card in changes.newest(wanted, limit=limit):
        at = instant(card.at, tz, "seconds")
        yield (at, card.by, card.kind.lower(), card.about, _said(card.before), _said(card.after))


def _said(values: Mapping[str, object] | None) -> str:
    return "" if values is None else json.dumps(values, ensure_ascii=False)
