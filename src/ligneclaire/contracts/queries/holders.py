"""Who holds a contract."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from ligneclaire.contracts.models import Contract

HELD = "SELECT number, customer_id, since FROM contracts_contract WHERE number = ANY(%s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A contract's customer, and the day on which it began."""

    customer: str
    since: date


def of(contracts: Collection[str]) -> dict[str, str]:
    """The customer of each of these contracts that exists."""
    return {number: contract.customer for number, contract in held(contracts).items()}


def contracts_of(customer: str) -> tuple[str, ...]:
    """The contracts of a customer, oldest first."""
    rows = Contract.objects.filter(customer__number=customer).order_by("since", "number")
    return tuple(rows.values_list("number", flat=True))


def of_line(line: str) -> tuple[str, ...]:
    """The customers who hold a contract for this line, an E.164 number."""
    rows = Contract.objects.filter(line=line).order_by("customer").values_list("customer__number", flat=True)
    return tuple(dict.fromkeys(rows))


def held(contracts: Collection[str]) -> dict[str, Held]:
    """Holder and beginning of each of these contracts that exists."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(contracts)])
        return {number: Held(customer=customer, since=since) for number, customer, since in cursor.fetchall()}


def on_offer(offer: str, *, after: str = "", limit: int) -> tuple[str, ...]:
    """Numbers of the contracts on an offer, in order, a stretch at a time."""
    rows = Contract.objects.filter(offer__code=offer, number__gt=after).order_by("number")
    return tuple(rows.values_list("number", flat=True)[:limit])
