"""What an import says of a contract, and what a customer declares about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentEntry:
    """A thing of ours at the customer's place."""

    kind: str
    serial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEntry:
    """A contract and its equipment; the line is E.164."""

    number: str
    customer: str
    offer: str
    line: str
    since: date
    committed_until: date | None
    place: str
    equipment: tuple[EquipmentEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A proof that lies in the folder of documents: what it was called, what it is, and where."""

    name: str
    kind: str
    size: int
    sha256: str
    place: str
    scan: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What somebody typed or confirmed on one form; `customer` and `contracts` only of one who is signed in.

    `form` makes sending it again harmless; `sender` recognises a guest's address without naming it.
    """

    form: UUID
    language: str
    surname: str = ""
    first_name: str = ""
    company: str = ""
    email: str = ""
    address: str = ""
    references: str = ""
    lines: tuple[str, ...] = ()
    wished_on: date | None = None
    reason: str = ""
    reason_words: str = ""
    customer: str | None = None
    contracts: tuple[str, ...] = ()
    sender: str = ""
    proofs: tuple[KeptFile, ...] = ()
