"""Files that clerks sent, line by line: what can be stated, what was, and what is wrong with the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.facts.record import stated
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator
from ligneclaire.voice.by_hand import Fault, Mistake, Typed, mistake, statement
from ligneclaire.voice.intake import Parsed, Problem
from ligneclaire.voice.models import Upload
from ligneclaire.voice.queries import checks
from ligneclaire.voice.sheet import Row
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import comparable


class UploadUnknown(Refused):
    """The department sent no such file, or sent it long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a file: the statement that it makes, or what is wrong with it."""

    number: int
    typed: Typed
    found: Parsed | Mistake
    is_stated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedUpload:
    """A file of a department, held against what is known now."""

    uuid: UUID
    name: str
    sent_at: datetime
    lines: tuple[Line, ...]

    @property
    def to_state(self) -> tuple[Parsed, ...]:
        """What can be stated and was not yet."""
        return tuple(one.found for one in self.lines if isinstance(one.found, Parsed) and not one.is_stated)

    @property
    def stated(self) -> int:
        """How many lines were stated."""
        return sum(one.is_stated for one in self.lines)

    @property
    def wrong(self) -> tuple[tuple[Line, Mistake], ...]:
        """The lines that cannot be stated, each with the reason."""
        return tuple((one, one.found) for one in self.lines if isinstance(one.found, Mistake))


def of(upload: UUID, *, department: str, at: datetime) -> CheckedUpload:
    """A file of this department, checked now."""
    row = Upload.objects.filter(uuid=upload, department=department).first()
    if row is None:
        raise UploadUnknown(upload=upload)
    return check(row, at=at)


def check(upload: Upload, *, at: datetime) -> CheckedUpload:
    """Check each line of a file; a line is stated under the name of the file and its own number."""
    rows = [Row(line=line, typed=Typed(**typed)) for line, typed in upload.rows]
    currency = operator.current().currency
    read = [
        statement(
            row.typed,
            source=upload.department,
            name=f"upload/{upload.uuid}/{row.line}",
            currency=currency,
            at=at,
        )
        for row in rows
    ]
    found = _against_what_is_known(_against_each_other(read), at)
    known = stated({(one.source, one.source_id) for one in found if isinstance(one, Parsed)})
    lines = (
        Line(
            number=row.line,
            typed=row.typed,
            found=one,
            is_stated=isinstance(one, Parsed) and (one.source, one.source_id) in known,
        )
        for row, one in zip(rows, found, strict=True)
    )
    return CheckedUpload(uuid=upload.uuid, name=upload.name, sent_at=upload.sent_at, lines=tuple(lines))


def as_kept(rows: Sequence[Row]) -> list[list[object]]:
    """Lines as they are kept."""
    return [[row.line, asdict(row.typed)] for row in rows]


def _against_each_other(read: Sequence[Parsed | Mistake]) -> list[Parsed | Mistake]:
    """Let no line say again what an earlier one says, and none of several that say different things of one topic."""
    said: Mapping[tuple[str | None, str], dict[str, int]] = defaultdict(dict)
    for place, one in enumerate(read):
        if isinstance(one, Parsed):
            said[one.contract, one.kind].setdefault(_says(one), place)
    return [
        _alone(one, place, said[one.contract, one.kind]) if isinstance(one, Parsed) else one
        for place, one in enumerate(read)
    ]


def _alone(one: Parsed, place: int, said: Mapping[str, int]) -> Parsed | Mistake:
    if len(said) > 1:
        return Mistake("line", Fault.CONTRADICTED)
    return one if said[_says(one)] == place else Mistake("line", Fault.REPEATED)


def _says(one: Parsed) -> str:
    return f"{comparable(one.value, TOPICS[one.kind].takes)} {one.effective}"


def _against_what_is_known(read: Sequence[Parsed | Mistake], at: datetime) -> list[Parsed | Mistake]:
    checked = iter(checks.of([one for one in read if isinstance(one, Parsed)], at=at))
    return list(_checked(read, checked))


def _checked(read: Sequence[Parsed | Mistake], checked: Iterator[object]) -> Iterator[Parsed | Mistake]:
    for one in read:
        answer = next(checked) if isinstance(one, Parsed) else None
        yield mistake(answer) if isinstance(answer, Problem) else one
