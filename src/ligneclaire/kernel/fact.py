"""The base of facts of our own: something that an action made true, past tense, immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.ref import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that became true; `kind` is "package.snake_case", `customer` a public number or None."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    customer: str | None

    def as_json(self) -> dict[str, object]:
        """The fields as JSON values, without kind and version, which are kept beside them."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case Money():
            return value.as_json()
        case Ref() | Actor() | Period() | UUID():
            return str(value)
        case tuple():
            return [_plain(member) for member in value]
        case Mapping():
            return {key: _plain(member) for key, member in value.items()}
        case _:
            raise TypeError(f"a fact cannot hold a {type(value).__name__}")
