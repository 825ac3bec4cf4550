"""A network as CSV files: one of sites, of resources, of lines, of who holds what; and what the network itself sees."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ligneclaire.network.rules.codes import NotACode, read_code, read_imei, read_imsi
from ligneclaire.network.states import AT_A_SITE, Condition, ResourceKind, Seen, SiteKind, Technology
from ligneclaire.network.values import HoldingEntry, LineEntry, ObservationEntry, ResourceEntry, SiteEntry
from ligneclaire.people.rules.phone import e164

Code = Annotated[str, Field(min_length=1, max_length=40), BeforeValidator(str.strip)]
Optional = BeforeValidator(lambda text: text.strip() or None)
MaybeCode = Annotated[str | None, Field(max_length=40), Optional]
T = TypeVar("T")


class FileRefused(Exception):
    """The file is none of these; the message says why."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line of a file that was left out, and why."""

    line: int
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Site(_Row):
    """A line of the file of sites."""

    code: Code
    kind: SiteKind
    commune: Annotated[str, Field(min_length=1, max_length=80)]
    territory: Code
    parent: MaybeCode = None

    def entry(self, _region: str) -> SiteEntry:
        """As it is imported."""
        return SiteEntry(**dict(self))


class Resource(_Row):
    """A line of the file of resources."""

    kind: ResourceKind
    code: Code
    site: MaybeCode = None
    condition: Condition = Condition.USABLE
    wear: Annotated[int, Field(ge=0, le=32767)] = 0
    imsi: str = ""
    imei: str = ""

    @model_validator(mode="after")
    def _at_a_site(self) -> Resource:
        if (self.kind in AT_A_SITE) != (self.site is not None):
            raise ValueError(f"a {self.kind} {'is at a site' if self.kind in AT_A_SITE else 'is at no site'}")
        if self.imsi and self.kind is not ResourceKind.SIM:
            raise ValueError(f"a {self.kind} has no IMSI")
        if self.imei and self.kind is not ResourceKind.BOX:
            raise ValueError(f"a {self.kind} has no IMEI")
        return self

    def entry(self, region: str) -> ResourceEntry:
        """As it is imported; raises `NotACode`."""
        return ResourceEntry(
            code=read_code(self.kind, self.code, region=region),
            kind=self.kind,
            site=self.site,
            condition=self.condition,
            wear=self.wear,
            imsi=self.imsi and read_imsi(self.imsi),
            imei=self.imei and read_imei(self.imei),
        )


class Line(_Row):
    """A line of the file of lines."""

    code: Code
    customer: Code
    contract: Code
    technology: Technology
    since: date
    until: Annotated[date | None, Optional] = None
    place: Annotated[str, Field(max_length=120)] = ""
    site: MaybeCode = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Line:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"it ends before it begins, on {self.since}")
        return self

    def entry(self, _region: str) -> LineEntry:
        """As it is imported."""
        return LineEntry(**dict(self))


class Holding(_Row):
    """A line of the file of who holds what."""

    resource: Code
    line: MaybeCode = None
    since: AwareDatetime

    def entry(self, _region: str) -> HoldingEntry:
        """As it is imported."""
        return HoldingEntry(**dict(self))


KINDS: dict[str, type[Site | Resource | Line | Holding]] = {
    "sites": Site,
    "resources": Resource,
    "lines": Line,
    "holdings": Holding,
}
Entry = SiteEntry | ResourceEntry | LineEntry | HoldingEntry


def kind_of(path: Path) -> str:
    """What a file lists, by its first line; raises `FileRefused`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    for kind, shape in KINDS.items():
        wanted = {name for name, field in shape.model_fields.items() if field.is_required()}
        if wanted <= set(header) <= set(shape.model_fields):
            return kind
    known = "; ".join(f"{kind}: {','.join(shape.model_fields)}" for kind, shape in KINDS.items())
    raise FileRefused(f"its columns are none of these: {known}")


def read(path: Path, kind: str, *, region: str) -> Iterator[tuple[int, Entry | Wrong]]:
    """Each line of a file, as an entry or as what is wrong with it; national numbers are read in `region`."""
    shape = KINDS[kind]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            yield rows.line_num, entry(shape, row, rows.line_num, region)


def entry(shape: type[Site | Resource | Line | Holding], row: dict[str, str], line: int, region: str) -> Entry | Wrong:
    """A row as it is imported, or what is wrong with it."""
    try:
        return shape.model_validate({name: text for name, text in row.items() if text != ""}).entry(region)
    except ValidationError as wrong:
        return Wrong(line, "; ".join(_said(one["loc"], one["msg"]) for one in wrong.errors()))
    except NotACode as wrong:
        return Wrong(line, f"code: {wrong}")


def _said(place: tuple[int | str, ...], what: str) -> str:
    words = what.removeprefix("Value error, ")
    return f"{place[0]}: {words}" if place else words


def parts(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """So many at once, and the rest."""
    each = iter(rows)
    while part := list(islice(each, size)):
        yield part


def digest_of(path: Path) -> str:
    """What makes a file the same file."""
    with path.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def observed(path: Path, *, after: int, region: str) -> Iterator[tuple[int, ObservationEntry | Wrong]]:
    """What the network sees, from a CSV with `resource`, `seen` and `number`, beyond the lines read before."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        place = _places(next(lines, []))
        for number, row in enumerate(lines, start=1):
            if number > after:
                yield number, _observation(row, number, place, region)


def _places(header: list[str]) -> Callable[[list[str], str], str]:
    if not {"resource", "seen"} <= set(header):
        raise FileRefused("its first line must name the columns: resource,seen,number")
    places = {name: place for place, name in enumerate(header)}

    def value(row: list[str], name: str) -> str:
        place = places.get(name, len(row))
        return row[place].strip() if place < len(row) else ""

    return value


def _observation(
    row: list[str], line: int, value: Callable[[list[str], str], str], region: str
) -> ObservationEntry | Wrong:
    resource, seen, text = value(row, "resource").upper(), value(row, "seen"), value(row, "number")
    number = e164(text, region=region) if text else ""
    if not 0 < len(resource) <= 40:  # noqa: PLR2004 - as the records keep it
        return Wrong(line + 1, "resource: a code of 1 to 40 characters is needed")
    if seen not in Seen.values:
        return Wrong(line + 1, f"seen: {seen[:40]!r} is neither active nor silent")
    if number is None:
        return Wrong(line + 1, f"number: {text[:40]!r} is no telephone number")
    return ObservationEntry(resource=resource, number=number, seen=Seen(seen))


def seen_at(path: Path) -> datetime:
    """When a file was written, for surveys that do not say when they looked."""
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
