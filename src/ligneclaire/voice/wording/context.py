"""What a message needs to know besides what it says."""

from __future__ import annotations

from dataclasses import dataclass

from ligneclaire.contracts.queries.household import Holding
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.operator import OperatorCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The customer, who writes to them, what they hold, and the reference of the matter."""

    language: str
    calendar: Calendar
    operator: OperatorCard
    addressee: Addressee
    household: tuple[Holding, ...]
    ending: frozenset[str]  # contracts of the household that end or have ended
    reference: str
