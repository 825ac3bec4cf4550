"""What an import says of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
