"""What commands print: aligned columns, times of the operator, and refusals as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from itertools import zip_longest
from os import getuid
from pwd import getpwuid
from typing import TextIO

import click

from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import advisers, operator
from ligneclaire.people.queries.operator import NoOperator

WIDTH = 79


def table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write rows under each other, each column as wide as its widest cell."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()


def instant(at: datetime, zone: tzinfo, precision: str = "minutes") -> str:
    """An instant as every command prints it, with its offset: `2026-06-02 00:30+02:00`."""
    return at.astimezone(zone).isoformat(" ", precision)


def zone() -> tzinfo:
    """The operator's time zone; UTC as long as there is no operator."""
    try:
        return operator.current().calendar.tz
    except NoOperator:
        return UTC


class OneLine:
    """One line on a terminal that says how far something long is; nothing elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def say(self, text: str) -> None:
        """Say it anew."""
        if self._stream.isatty():
            self._stream.write(f"\r{text:<{WIDTH}}")
            self._stream.flush()

    def clear(self) -> None:
        """Leave an empty line."""
        if self._stream.isatty():
            self._stream.write(f"\r{'':<{WIDTH}}\r")
            self._stream.flush()


@contextmanager
def refusals() -> Iterator[None]:
    """Say an anticipated no in a sentence, and exit with 1."""
    try:
        yield
    except Refused as refused:
        sentence = str(type(refused).__doc__).splitlines()[0]
        values = ", ".join(f"{name} {value}" for name, value in refused.values.items())
        raise click.ClickException(f"{sentence} ({values})" if values else sentence) from None


def whoever_runs_this() -> Actor:
    """The operator's IT: the system, by the name that this machine has for who gives the command."""
    try:
        name = getpwuid(getuid()).pw_name
    except KeyError:  # in a container there may be none
        name = str(getuid())
    return Actor(ActorKind.SYSTEM, name)


def someone(adviser: str | None) -> Actor:
    """Who gives a command: an adviser, or whoever runs this system when none is named."""
    if adviser is None:
        return SYSTEM
    if adviser not in advisers.cards([adviser]):
        raise click.BadParameter(f"there is no adviser {adviser}", param_hint="--by")
    return Actor(ActorKind.ADVISER, adviser)
