"""Lines, and what they have now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ligneclaire.network.models import Assignment, Line
from ligneclaire.network.states import ResourceKind, Technology


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """A line at a place, of a customer and a contract."""

    code: str
    customer: str
    contract: str
    technology: Technology
    place: str
    site: str
    since: date
    until: date | None


def card(code: str) -> LineCard | None:
    """A line by its code."""
    return next(iter(_cards(code__in=[code])), None)


def of_contracts(contracts: Collection[str]) -> tuple[LineCard, ...]:
    """The lines of these contracts, those that ended too, by contract and age."""
    return _cards(contract__in=contracts)


def of_customers(customers: Collection[str]) -> tuple[LineCard, ...]:
    """The lines of these customers, those that ended too, by contract and age."""
    return _cards(customer_id__in=customers)


def held_by(line: str, kind: ResourceKind) -> str:
    """The resource of a kind that a line has until further notice, or nothing."""
    rows = Assignment.objects.filter(line_id=line, kind=kind, during__upper_inf=True)
    return str(rows.order_by("during").values_list("resource_id", flat=True).last() or "")


def _cards(**which: object) -> tuple[LineCard, ...]:
    return tuple(
        LineCard(
            code=row.code,
            customer=row.customer_id,
            contract=row.contract,
            technology=Technology(row.technology),
            place=row.place,
            site=row.site_id or "",
            since=row.since,
            until=row.until,
        )
        for row in Line.objects.filter(**which).order_by("contract", "since", "code")
    )
