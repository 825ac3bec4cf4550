"""The lines of a CSV file in any of the usual encodings, and the file to which those that are wrong go."""

from __future__ import annotations

import codecs
import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from ligneclaire.kernel.refusal import Refused
from ligneclaire.transfer.feeds import Problem

MARKS = ("_line", "_column", "_reason")
LARGEST_CELL = 1 << 20
UNREADABLE = re.compile("[\ud800-\udfff]")


class NotCsv(Refused):
    """From this line on the file cannot be read as lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the file, or several that one quotation holds together, by the number of the first."""

    number: int
    cells: tuple[str, ...]
    is_readable: bool
    """All its bytes are of the encoding."""


@dataclass(kw_only=True)
class Table:
    """A CSV file: its columns, and its lines one after the other."""

    columns: tuple[str, ...]
    size: int
    lines: Iterator[Line]
    _source: _Source = field(repr=False)

    @property
    def read(self) -> int:
        """How many bytes have been read."""
        return self._source.read


class _Source:
    """Lines of text from a file of bytes, of which those that are no text are kept as surrogates."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file, self._encoding = file, encoding
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        for raw in self._file:
            text = raw.removeprefix(codecs.BOM_UTF8) if self.read == 0 else raw
            self.read += len(raw)
            yield text.decode(self._encoding, "surrogateescape")


def table(file: BinaryIO, *, encoding: str, delimiter: str) -> Table:
    """Read the columns, and the lines as they are asked for; marks of an earlier import are left out."""
    source = _Source(file, encoding)
    csv.field_size_limit(LARGEST_CELL)
    rows = csv.reader(iter(source), delimiter=delimiter)
    header = tuple(name.strip() for name in next(rows, []))
    marks = len(MARKS) if header[: len(MARKS)] == MARKS else 0
    size = Path(file.name).stat().st_size
    return Table(columns=header[marks:], size=size, lines=_lines(rows, rows, marks), _source=source)


def _lines(rows: Iterator[list[str]], counter: object, marks: int) -> Iterator[Line]:
    first = getattr(counter, "line_num", 0) + 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as wrong:
            raise NotCsv(line=first, reason=str(wrong)) from None
        if cells is None:
            return
        if cells:
            text = "".join(cells)
            yield Line(number=first, cells=tuple(cells[marks:]), is_readable=text.isascii() or _is_readable(text))
        first = getattr(counter, "line_num", 0) + 1


def _is_readable(text: str) -> bool:
    return UNREADABLE.search(text) is None


class WrongLines:
    """A file beside the other, with the lines that are wrong and why: mended there, they are imported like any file."""

    def __init__(
        self, path: Path, columns: Sequence[str], *, encoding: str, delimiter: str, kept: int | None = None
    ) -> None:
        self._path, self._columns = path, columns
        self._encoding, self._delimiter = encoding, delimiter
        self._kept = kept
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        if self._kept and self._path.is_file() and self._path.stat().st_size >= self._kept:
            self._file = self._path.open("r+b")  # what was written after the last chunk that stands is written again
            self._file.truncate(self._kept)
            self._file.seek(self._kept)
        elif self._path.is_symlink() or self._path.exists():
            self._path.replace(self._path.with_name(f"{self._path.name}~"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def write(self, wrong: Sequence[tuple[Line, Sequence[Problem]]]) -> int:
        """Add lines; returns how long the file is now."""
        if self._file is None and wrong:
            # Lines about customers, for whoever imports them alone.
            self._file = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            self._file.write(self._written([*MARKS, *self._columns]))
        for line, problems in wrong:
            self._add(line, problems)
        if self._file is None:
            return 0
        self._file.flush()
        return self._file.tell()

    def _add(self, line: Line, problems: Sequence[Problem]) -> None:
        columns = dict.fromkeys(problem.column for problem in problems)
        reasons = "; ".join(problem.reason for problem in problems)
        assert self._file is not None
        self._file.write(self._written([str(line.number), ", ".join(columns), reasons, *line.cells]))

    def _written(self, cells: Sequence[str]) -> bytes:
        text = _Text()
        csv.writer(text, delimiter=self._delimiter, lineterminator="\n").writerow(cells)
        # A reason may have signs that the encoding of the file has not.
        return b"".join(_encoded(part, self._encoding) for part in text.parts)


class _Text:
    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, part: str) -> int:
        self.parts.append(part)
        return len(part)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return text.encode(encoding, "replace")
