"""All that a customer holds with us."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from ligneclaire.contracts.models import Contract, Equipment
from ligneclaire.contracts.rules.early_termination import Commitment
from ligneclaire.contracts.rules.repair import Level
from ligneclaire.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEquipment:
    """A thing of ours at the customer's place."""

    kind: str
    serial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A contract that a customer holds, with its offer and equipment; `kind` is "fixed" or "mobile".

    Of a commitment at least `committed_until` is known, its first free day; `rio` is as it is typed, "" for none.
    """

    contract: str
    offer: str
    offer_name: str
    kind: str
    line: str
    since: date
    concluded_on: date
    committed_until: date | None
    commitment: Commitment | None = None
    place: str
    price: Money
    deposit: Money | None
    equipment: tuple[HeldEquipment, ...]
    rio: str = ""
    level: Level | None = None
    """By when a line that broke is to work again, as the offer has it (SLA-05)."""


def of(customers: Collection[str]) -> dict[str, tuple[Holding, ...]]:
    """What each of these customers holds, oldest first; nothing for one who holds nothing."""
    contracts = HELD.filter(customer__number__in=customers).order_by("since", "number")
    holdings: dict[str, list[Holding]] = {customer: [] for customer in customers}
    for contract in contracts:
        things = tuple(HeldEquipment(**thing) for thing in contract.equipment)
        holdings[contract.customer_id].append(_holding(contract, things))
    return {customer: tuple(held) for customer, held in holdings.items()}


def _holding(contract: Contract, equipment: tuple[HeldEquipment, ...]) -> Holding:
    return Holding(
        contract=contract.number,
        offer=contract.offer.code,
        offer_name=contract.offer.name,
        kind=contract.offer.kind.lower(),
        line=contract.line,
        since=contract.since,
        concluded_on=contract.concluded_on,
        committed_until=contract.committed_until,
        commitment=contract.commitment,
        place=contract.place,
        price=contract.offer.price_per_month,
        deposit=contract.offer.deposit,
        equipment=equipment,
        rio=contract.rio,
        level=Level(contract.offer.terms["level"]) if contract.offer.terms.get("level") else None,
    )


EQUIPMENT = Equipment.objects.filter(contract=OuterRef("number")).order_by("kind", "serial")
HELD = Contract.objects.select_related("offer").annotate(
    equipment=ArraySubquery(EQUIPMENT.values(thing=JSONObject(kind="kind", serial="serial")))
)
