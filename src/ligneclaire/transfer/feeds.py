"""From the cells of a line to the values of a row, as a mapping file says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ligneclaire.channels.email.plain import plain as text_of_html
from ligneclaire.kernel.refusal import Refused
from ligneclaire.transfer import mapping as file
from ligneclaire.transfer.fields import FIELDS, Sort

Cells = Sequence[str]
PLACE = re.compile(r"\{([^{}]+)\}")
SPACE = re.compile(r"\s+")
LONGEST = 10_000
CUT = " […]"
YES, NO = {"1", "true", "yes", "y", "oui", "o", "vrai"}, {"0", "false", "no", "n", "non", "faux", ""}


class ColumnsDiffer(Refused):
    """The columns of the file are not those that the mapping speaks of; `problems` names them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems=problems)
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a line: in which column, or which field where no column feeds it."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the values of a line, by field; `columns` are those that feed each."""

    columns: Mapping[str, str]
    feeds: Mapping[str, Callable[[Cells], object]]
    skips: Mapping[int, frozenset[str]]

    def leaves_out(self, cells: Cells) -> bool:
        """Whether the mapping wants nothing of this line."""
        return any(cells[place].strip() in values for place, values in self.skips.items())

    def read(self, cells: Cells) -> tuple[dict[str, object], list[Problem]]:
        """The values that a line has, and what is wrong with others."""
        values: dict[str, object] = {}
        problems = []
        for name, feed in self.feeds.items():
            try:
                value = feed(cells)
            except ValueError as wrong:
                problems.append(Problem(column=self.columns[name], reason=str(wrong)))
            else:
                if value not in (None, "", []):
                    values[name] = value
        return values, problems


def reader(given: file.Mapping, header: Cells, *, zone: str) -> Reader:
    """A reader for files with this header; refused unless each column is read or ignored, once."""
    used = {name: _used(feed) for name, feed in given.fields.items()}
    named = {column for columns in used.values() for column in columns} | given.skip.keys()
    if problems := _differences(named, header, given.ignore):
        raise ColumnsDiffer(problems)
    at = {column: header.index(column) for column in named}
    kinds = FIELDS[given.rows]
    return Reader(
        columns={name: ", ".join(columns) or name for name, columns in used.items()},
        feeds={
            name: _converted(kinds[name].sort, _source(feed, at), feed, given, zone)
            for name, feed in given.fields.items()
        },
        skips={at[column]: frozenset(values) for column, values in given.skip.items()},
    )


def _differences(named: set[str], header: Cells, ignore: Sequence[str]) -> tuple[str, ...]:
    """What of a header does not go with the columns that a mapping names."""
    idle = [column for column in header if column not in named and not _ignored(column, ignore)]
    return (
        *(f"there is no column {column}" for column in sorted(named.difference(header))),
        *(f"the column {column} is there twice" for column in sorted(named) if header.count(column) > 1),
        *(f"nothing reads the column {column}: name it in `ignore`" for column in idle),
    )


def _ignored(column: str, patterns: Sequence[str]) -> bool:
    return any(column == pattern or (pattern.endswith("*") and column.startswith(pattern[:-1])) for pattern in patterns)


def _used(feed: file.Feed) -> list[str]:
    if feed.column is not None:
        return [feed.column]
    return list(dict.fromkeys(PLACE.findall("\n".join([feed.text or "", *(feed.lines or [])]))))


def _source(feed: file.Feed, at: Mapping[str, int]) -> Callable[[Cells], list[str]]:
    """The texts that a feed takes from a line: one, or the lines of an address."""
    if feed.constant is not None:
        constant = [feed.constant]
        return lambda _: constant
    if feed.column is not None:
        place = at[feed.column]
        return lambda cells: [cells[place]]
    patterns = feed.lines if feed.lines is not None else [feed.text or ""]
    return lambda cells: [PLACE.sub(lambda found: cells[at[found[1]]], pattern) for pattern in patterns]


def _converted(
    sort: Sort, source: Callable[[Cells], list[str]], feed: file.Feed, given: file.Mapping, zone: str
) -> Callable[[Cells], object]:
    if sort is Sort.LINES:
        return lambda cells: [line for text in source(cells) if (line := _line(text))]
    convert = _CONVERT[sort](feed, given, zone)
    if feed.table is None and feed.otherwise is None:
        return lambda cells: convert("\n".join(source(cells)))
    look_up = _table(feed)
    return lambda cells: convert(look_up("\n".join(source(cells))))


def _table(feed: file.Feed) -> Callable[[str], str]:
    table, otherwise = feed.table or {}, feed.otherwise

    def look_up(text: str) -> str:
        text = text.strip()
        if text in table:
            return table[text]
        if feed.table is None and text:
            return text
        if otherwise is None and text:
            raise ValueError(f"{text[:40]!r} is not in the table")
        return otherwise or ""

    return look_up


def _line(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def _text(feed: file.Feed, _: file.Mapping, __: str) -> Callable[[str], object]:
    def read(text: str) -> str:
        text = text_of_html(text) if feed.html else text.replace("\r\n", "\n").replace("\r", "\n")
        text = text.replace("\x00", "").strip()
        if len(text) > LONGEST and feed.cut:
            return text[: LONGEST - len(CUT)] + CUT
        if len(text) > LONGEST:
            raise ValueError(f"the text has more than {LONGEST} characters")
        return text

    return read


def _date(feed: file.Feed, given: file.Mapping, _: str) -> Callable[[str], object]:
    form = feed.date or given.date

    def read(text: str) -> str:
        text = text.strip()
        if not text:
            return ""
        try:
            # A tenth of the time of `strptime`, and most systems write days so.
            day = date.fromisoformat(text) if form == "%Y-%m-%d" else datetime.strptime(text, form).date()  # noqa: DTZ007
            return day.isoformat()
        except ValueError:
            raise ValueError(f"{text[:40]!r} is not a day such as {form}") from None

    return read


def _instant(feed: file.Feed, given: file.Mapping, zone: str) -> Callable[[str], object]:
    form, here = feed.time or given.time, ZoneInfo(given.zone or zone)

    def read(text: str) -> datetime | None:
        text = text.strip()
        if not text:
            return None
        try:
            moment = datetime.strptime(text, form) if form else datetime.fromisoformat(text)  # noqa: DTZ007
        except ValueError:
            raise ValueError(f"{text[:40]!r} is not an instant such as {form or '2015-02-09 14:30'}") from None
        return moment if moment.tzinfo else moment.replace(tzinfo=here)

    return read


def _amount(_: file.Feed, given: file.Mapping, __: str) -> Callable[[str], object]:
    def read(text: str) -> str:
        digits = SPACE.sub("", text)
        if given.decimal == ",":
            digits = digits.replace(".", "").replace(",", ".")
        whole, _, part = digits.partition(".")
        return f"{whole}.{part:0<2}" if digits else ""

    return read


def _number(_: file.Feed, __: file.Mapping, ___: str) -> Callable[[str], object]:
    def read(text: str) -> int | None:
        text = text.strip()
        if text and not (text.isascii() and text.isdecimal()):
            raise ValueError(f"{text[:40]!r} is not a whole number")
        return int(text) if text else None

    return read


def _yes_no(_: file.Feed, __: file.Mapping, ___: str) -> Callable[[str], object]:
    def read(text: str) -> bool:
        word = text.strip().lower()
        if word not in YES | NO:
            raise ValueError(f"{text[:40]!r} is neither yes nor no")
        return word in YES

    return read


def _list(feed: file.Feed, _: file.Mapping, __: str) -> Callable[[str], object]:
    def read(text: str) -> list[str]:
        parts = text.split(feed.split) if feed.split else [text]
        return [line for part in parts if (line := _line(part))]

    return read


_CONVERT = {
    Sort.LINE: lambda *_: _line,
    Sort.TEXT: _text,
    Sort.DATE: _date,
    Sort.INSTANT: _instant,
    Sort.AMOUNT: _amount,
    Sort.NUMBER: _number,
    Sort.YES_NO: _yes_no,
    Sort.LIST: _list,
}
