"""Take in a file of statements, however long: a chunk of lines at a time, each chunk whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ligneclaire.facts.stated import Answer, Priority
from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.actions.state_facts import Taken, state_facts
from ligneclaire.voice.intake import SIZE_LIMIT, Problem, parse_line

AT_ONCE = 10_000
BYTES_AT_ONCE = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A line that was not taken in, and why."""

    line: int
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What came of the lines read so far, and those refused among the latest of them."""

    lines: int = 0
    accepted: int = 0
    known: int = 0
    refused: int = 0
    latest: tuple[RefusedLine, ...] = ()

    def after(self, numbers: Sequence[int], answers: Sequence[Taken]) -> Ingested:
        """Count these lines too."""
        refused = tuple(
            RefusedLine(line=line, problem=taken.problem)
            for line, taken in zip(numbers, answers, strict=True)
            if taken.problem
        )
        known = sum(taken.answer is Answer.KNOWN for taken in answers)
        return Ingested(
            lines=self.lines + len(answers),
            accepted=self.accepted + len(answers) - known - len(refused),
            known=self.known + known,
            refused=self.refused + len(refused),
            latest=refused,
        )


def ingest_file(*, path: Path, told: Callable[[Ingested], None] = lambda _: None, by: Actor, at: datetime) -> Ingested:
    """State every line of a file behind live news, and tell after each chunk; again changes nothing that is known.

    Whoever is interrupted starts again from the beginning: what was taken in is known then.
    """
    done = Ingested()
    with path.open("rb") as file:
        for chunk in _chunks(file):
            items = [parse_line(line) for _, line in chunk]
            answers = state_facts(items=items, priority=Priority.BULK, by=by, at=at)
            done = done.after([number for number, _ in chunk], answers)
            told(done)
    return done


def _chunks(file: BinaryIO) -> Iterator[list[tuple[int, bytes]]]:
    chunk: list[tuple[int, bytes]] = []
    size = 0
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            chunk.append((number, line))
            size += len(line)
        if len(chunk) == AT_ONCE or size > BYTES_AT_ONCE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Read lines, and of one that is too long no more than shows that it is."""
    while line := file.readline(SIZE_LIMIT + 1):
        rest = line
        while len(rest) > SIZE_LIMIT and not rest.endswith(b"\n"):
            rest = file.readline(SIZE_LIMIT + 1)
        yield line
