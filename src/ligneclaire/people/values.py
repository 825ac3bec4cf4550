"""What an import says of the people who serve and are served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentEntry:
    """A department."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryEntry:
    """A territory and its communes."""

    code: str
    name: str
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserEntry:
    """An adviser; the telephone number is E.164."""

    number: str
    name: str
    phone: str
    email: str
    languages: tuple[str, ...]
    territories: tuple[str, ...]
    backup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEntry:
    """A customer and how to reach them; a contact point that is None is not kept."""

    number: str
    name: str
    language: str
    territory: str
    since: date
    adviser: str
    address: tuple[str, ...]
    mobile: str | None
    email: str | None
