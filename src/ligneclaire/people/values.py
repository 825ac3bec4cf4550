"""What an import says of the people who serve and are served, and what customers wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ligneclaire.people.states import MessagePurpose, Way


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
    zone: str = ""
    """Its time zone, where it is not the operator's."""


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
    ways: Mapping[MessagePurpose, Way] = field(default_factory=dict)
    """By which they want to be written to, as far as nobody has said so here yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a customer wants to be written to, where they chose; `no_texts` is their STOP by text message."""

    ways: Mapping[MessagePurpose, Way] = field(default_factory=dict)
    no_texts: bool = False


NO_WISHES = Wishes()
