"""What an import says of a contract, and what a customer declares about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ligneclaire.contracts.rules.early_termination import BeforeTwelve
from ligneclaire.kernel.calendar import add_months
from ligneclaire.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentEntry:
    """A thing of ours at the customer's place."""

    kind: str
    serial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentEntry:
    """For how long a customer is bound, and what leaving earlier costs; no fee: what the law allows."""

    accepted_on: date
    months: int
    subsidised_handset: bool
    fee: Money | None
    clause: str
    before_month_twelve: BeforeTwelve

    @property
    def ends_on(self) -> date:
        """The first day on which the customer is no longer bound."""
        return add_months(self.accepted_on, self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEntry:
    """A contract and its equipment; the line is E.164, `concluded_on` the day on which it began unless said.

    With a commitment, `committed_until` is its end.
    """

    number: str
    customer: str
    offer: str
    line: str
    since: date
    committed_until: date | None
    place: str
    equipment: tuple[EquipmentEntry, ...]
    concluded_on: date | None = None
    commitment: CommitmentEntry | None = None
    rio: str = ""


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
