"""Who holds a contract, a line, a thing of ours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Upper

from ligneclaire.contracts.models import Contract, Equipment
from ligneclaire.people.rules.phone import e164

HELD = "SELECT number, customer_id, since FROM contracts_contract WHERE number = ANY(%s)"


class Thing(StrEnum):
    """What led to a customer."""

    CONTRACT = "contract"
    LINE = "line"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A contract's customer, and the day on which it began."""

    customer: str
    since: date


def of(contracts: Collection[str]) -> dict[str, str]:
    """The customer of each of these contracts that exists."""
    return {number: contract.customer for number, contract in held(contracts).items()}


def known_by(text: str, *, region: str) -> dict[str, Thing]:
    """The customers whose contract, line or equipment this is, by its number in any spelling."""
    typed = "".join(text.upper().split())
    contracts, things = Contract.objects.order_by(), Equipment.objects.order_by().alias(any_case=Upper("serial"))
    meant = (
        contracts.filter(number=typed).values_list("customer__number", Value(Thing.CONTRACT.value)),
        contracts.filter(line=e164(text, region=region) or "").values_list("customer__number", Value(Thing.LINE.value)),
        things.filter(any_case=typed).values_list("customer__number", Value(Thing.EQUIPMENT.value)),
    )
    return {customer: Thing(thing) for customer, thing in sorted(meant[0].union(*meant[1:]))}


def lines_of(customers: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The lines of each of these customers, the oldest contract first."""
    rows = Contract.objects.filter(customer__number__in=customers).order_by("since", "number")
    lines: dict[str, list[str]] = {customer: [] for customer in customers}
    for customer, line in rows.values_list("customer__number", "line"):
        lines[customer].append(line)
    return {customer: tuple(dict.fromkeys(held)) for customer, held in lines.items()}


def contracts_of(customer: str) -> tuple[str, ...]:
    """The contracts of a customer, oldest first."""
    rows = Contract.objects.filter(customer__number=customer).order_by("since", "number")
    return tuple(rows.values_list("number", flat=True))


def held(contracts: Collection[str]) -> dict[str, Held]:
    """Holder and beginning of each of these contracts that exists."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(contracts)])
        return {number: Held(customer=customer, since=since) for number, customer, since in cursor.fetchall()}


def on_offer(offer: str, *, after: str = "", limit: int) -> tuple[str, ...]:
    """Numbers of the contracts on an offer, in order, a stretch at a time."""
    rows = Contract.objects.filter(offer__code=offer, number__gt=after).order_by("number")
    return tuple(rows.values_list("number", flat=True)[:limit])
