"""What was agreed on a contract, as far as a plan depends on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ligneclaire.contracts.queries.household import HeldEquipment, Holding
from ligneclaire.contracts.rules.early_termination import Commitment
from ligneclaire.contracts.rules.repair import Level
from ligneclaire.flow.store import Subject
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.ref import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A contract; `kind` is "fixed" or "mobile"."""

    kind: str
    since: date
    committed_until: date | None
    commitment: Commitment | None = None
    price: Money
    deposit: Money | None
    equipment: tuple[HeldEquipment, ...]
    level: Level | None = None


def terms_of(households: Mapping[str, Sequence[Holding]]) -> dict[Subject, Terms]:
    """The terms of every contract of these households, by customer and subject."""
    return {
        (customer, str(Ref("contract", holding.contract))): Terms(
            kind=holding.kind,
            since=holding.since,
            committed_until=holding.committed_until,
            commitment=holding.commitment,
            price=holding.price,
            deposit=holding.deposit,
            equipment=holding.equipment,
            level=holding.level,
        )
        for customer, held in households.items()
        for holding in held
    }
