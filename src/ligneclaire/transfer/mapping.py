"""A mapping file: which column of a CSV file feeds what, and how it is written there."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from ligneclaire.kernel.refusal import Refused
from ligneclaire.transfer.fields import FIELDS

ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "iso-8859-15")
SAID = {"missing": "is missing", "extra_forbidden": "is not a known key"}


class MappingRefused(Refused):
    """The file does not say how a CSV file is to be read; `problems` has all that is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems=problems)
        self.problems = problems


class Strict(BaseModel):
    """A part of the file: a key that is not named here is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Feed(Strict):
    """Where a value comes from (one of the first four), and how it is read."""

    column: str | None = None
    text: str | None = None
    """With columns in braces."""
    lines: list[str] | None = None
    """Texts with columns in braces, of which those that say nothing fall away."""
    constant: str | None = None
    table: dict[str, str] | None = None
    """What a value of the column means here."""
    otherwise: str | None = None
    """For values that are not in the table; without a table, for none."""
    date: str = ""
    time: str = ""
    split: str = ""
    html: bool = False
    cut: bool = False
    """A text that is too long is cut, rather than wrong."""

    @model_validator(mode="after")
    def _one_source(self) -> Feed:
        if sum(given is not None for given in (self.column, self.text, self.lines, self.constant)) != 1:
            raise ValueError("expected one of: column, text, lines, constant")
        return self


class Mapping(Strict):
    """The whole file."""

    source: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", max_length=40)]
    rows: Literal["customers", "contracts", "history"]
    encoding: Literal["utf-8", "cp1252", "iso-8859-1", "iso-8859-15"] = "utf-8"
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ","
    decimal: Literal[".", ","] = "."
    date: str = "%Y-%m-%d"
    time: str = ""
    """Empty: as ISO 8601 has it."""
    zone: str = ""
    """Of instants that say none; the operator's unless given."""
    ignore: list[str] = []
    """Columns that nothing reads; `x_*` for all that begin so."""
    skip: dict[str, list[str]] = {}
    """Lines that are left out, by the values of columns."""
    fields: dict[str, Feed] = Field(min_length=1)

    @field_validator("fields", mode="before")
    @classmethod
    def _short_forms(cls, given: object) -> object:
        return {name: _whole(feed) for name, feed in given.items()} if isinstance(given, dict) else given

    @field_validator("zone")
    @classmethod
    def _a_zone(cls, zone: str) -> str:
        if zone and zone not in available_timezones():
            raise ValueError("expected a time zone such as Europe/Paris")
        return zone

    @model_validator(mode="after")
    def _known_fields(self) -> Mapping:
        known = FIELDS[self.rows]
        if unknown := sorted(self.fields.keys() - known.keys()):
            raise ValueError(f"{self.rows} have no {', '.join(unknown)}; they have {', '.join(known)}")
        missing = [name for name, field in known.items() if field.is_required and name not in self.fields]
        if missing:
            raise ValueError(f"nothing feeds {', '.join(missing)}")
        return self


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; refused with every mistake in it."""
    try:
        document = tomllib.loads(path.read_bytes().removeprefix(codecs.BOM_UTF8).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise MappingRefused((str(wrong),)) from None
    try:
        return Mapping.model_validate(document)
    except ValidationError as wrong:
        problems = [
            f"{'.'.join(map(str, error['loc']))}: ".removeprefix(": ")
            + SAID.get(error["type"], error["msg"].removeprefix("Value error, "))
            for error in wrong.errors(include_url=False, include_context=False, include_input=False)
        ]
    raise MappingRefused(tuple(problems))


def _whole(feed: object) -> object:
    match feed:
        case str() if "{" in feed:
            return {"text": feed}
        case str():
            return {"column": feed}
        case list():
            return {"lines": feed}
        case _:
            return feed
