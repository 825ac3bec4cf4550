"""Read a table of statements as office programs save it: comma, semicolon or tab, UTF-8 or Windows-1252."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ligneclaire.kernel.refusal import Refused
from ligneclaire.voice.by_hand import Typed

COLUMNS = ("contract", "key", "value", "effective")
NEEDED = COLUMNS[:3]
ADDED = ("line", "field", "reason")  # what we add to the lines that are given back; a mended file may keep it
LARGEST = 1024 * 1024
MOST = 5000
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # office programs would take such a cell for a formula


class SheetRefused(Refused):
    """The file is no table of statements."""


class SheetTooLarge(SheetRefused):
    """The file is larger than is taken at once."""


class TooManyLines(SheetRefused):
    """The file has more lines than are taken at once."""


class NotAText(SheetRefused):
    """The file is not a table as text, or a quoted cell in it has no end."""


class ColumnsMissing(SheetRefused):
    """The first line does not name the columns that are needed."""


class ColumnsUnknown(SheetRefused):
    """The first line names columns that nobody knows."""


class NoLines(SheetRefused):
    """There is no line below the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table, by its number in the file."""

    line: int
    typed: Typed


def harmless(cell: str) -> str:
    """A cell that is given back, marked as text where an office program would calculate it; `rows` takes that off."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def rows(content: bytes) -> tuple[Row, ...]:
    """The lines of a file; columns in any order, empty lines left out."""
    if len(content) > LARGEST:
        raise SheetTooLarge(most=LARGEST)
    text = _text(content)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        found = list(_lines(read))
    except csv.Error:
        raise NotAText(line=read.line_num) from None
    if not found:
        raise ColumnsMissing(columns=NEEDED)
    places = _places(found[0][1])
    if len(found) == 1:
        raise NoLines
    if len(found) - 1 > MOST:
        raise TooManyLines(most=MOST)
    return tuple(Row(line=line, typed=_typed(cells, places)) for line, cells in found[1:])


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise NotAText(line=text.count("\n", 0, text.index("\x00")) + 1)
    return text


def _separator(text: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return max(";,\t", key=heading.count)


def _lines(read: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, each with the number at which it begins."""
    line = 1
    for cells in read:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = read.line_num + 1  # type: ignore[attr-defined]  # a csv.reader, which has no public type


def _places(heading: list[str]) -> Mapping[str, int]:
    names = [cell.strip().casefold() for cell in heading]
    if missing := [name for name in NEEDED if name not in names]:
        raise ColumnsMissing(columns=missing)
    if unknown := [name for name in names if name and name not in (*COLUMNS, *ADDED)]:
        raise ColumnsUnknown(columns=unknown)
    return {name: names.index(name) for name in COLUMNS if name in names}


def _typed(cells: list[str], places: Mapping[str, int]) -> Typed:
    found = {name: _meant(cells[place]) for name, place in places.items() if place < len(cells)}
    return Typed(**{name: found.get(name, "") for name in COLUMNS})


def _meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell
