"""Bring everyone who serves and is served in line with an outside list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.rows import Tally, prune, upsert
from ligneclaire.people.models import Adviser, ContactPoint, Coverage, Customer, Department, Operator, Territory
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.people.rules.plain import plain
from ligneclaire.people.states import ContactKind
from ligneclaire.people.values import AdviserEntry, CustomerEntry, DepartmentEntry, TerritoryEntry

POINT = ("customer_id", "kind")
ALONE = ("survivor_id",)  # a new number is its own; a list from outside says nothing of merges


@transaction.atomic
def import_people(
    *,
    operator: OperatorCard,
    departments: Sequence[DepartmentEntry],
    territories: Sequence[TerritoryEntry],
    advisers: Sequence[AdviserEntry],
    customers: Sequence[CustomerEntry],
    by: Actor,
    at: datetime,
) -> dict[str, Tally]:
    """Import people; those who are not on the list stay, but what is listed is then exactly as listed."""
    return {
        "operator": upsert(Operator, [_operator(operator)], key=["id"], by=by, at=at),
        "departments": upsert(Department, [_department(row) for row in departments], key=["code"], by=by, at=at),
        "territories": upsert(Territory, [_territory(row) for row in territories], key=["code"], by=by, at=at),
        "advisers": upsert(Adviser, [_adviser(row) for row in advisers], key=["number"], by=by, at=at),
        "coverages": _cover(advisers),
        "customers": upsert(Customer, [_customer(row) for row in customers], key=["number"], first=ALONE, by=by, at=at),
        "contact points": _reach(customers, by=by, at=at),
    }


def _operator(row: OperatorCard) -> dict[str, object]:
    return {
        "id": 1,
        "name": row.name,
        "country": row.country,
        "currency": row.currency,
        "languages": row.languages,
        "phone": row.phone,
        "address": row.address,
        "zone": row.zone,
        "duty_id": row.duty or None,
    }


def _department(row: DepartmentEntry) -> dict[str, object]:
    return {"code": row.code, "name": row.name}


def _territory(row: TerritoryEntry) -> dict[str, object]:
    return {"code": row.code, "name": row.name, "communes": row.communes, "zone": row.zone}


def _adviser(row: AdviserEntry) -> dict[str, object]:
    return {
        "number": row.number,
        "name": row.name,
        "phone": row.phone,
        "email": row.email,
        "languages": row.languages,
        "backup_id": row.backup,
    }


def _customer(row: CustomerEntry) -> dict[str, object]:
    return {
        "number": row.number,
        "survivor_id": row.number,
        "name": row.name,
        "plain_name": plain(row.name),
        "language": row.language,
        "territory_id": row.territory,
        "since": row.since.isoformat(),
        "adviser_id": row.adviser,
    }


def _cover(advisers: Sequence[AdviserEntry]) -> Tally:
    listed = {(row.number, territory) for row in advisers for territory in row.territories}
    kept = Coverage.objects.filter(adviser__number__in=[row.number for row in advisers])
    ids = {
        (adviser, territory): pk
        for adviser, territory, pk in kept.values_list("adviser__number", "territory__code", "pk")
    }
    new = sorted(listed - ids.keys())
    Coverage.objects.bulk_create(Coverage(adviser_id=adviser, territory_id=territory) for adviser, territory in new)
    removed, _ = Coverage.objects.filter(pk__in=[pk for pair, pk in ids.items() if pair not in listed]).delete()
    return Tally(new=len(new), same=len(listed) - len(new), removed=removed)


def _reach(customers: Sequence[CustomerEntry], *, by: Actor, at: datetime) -> Tally:
    points = [point for row in customers for point in _points(row)]
    numbers = [row.number for row in customers]
    tally = upsert(ContactPoint, points, key=POINT, reset={"verified": False}, by=by, at=at)
    # Another address than before is not the one from which a letter came back.
    ContactPoint.objects.filter(customer__number__in=numbers, changed_at=at).update(doubted_at=None)
    return tally + prune(ContactPoint, points, key=POINT, parent="customer_id", parents=numbers)


def _points(row: CustomerEntry) -> Iterator[dict[str, object]]:
    yield {"customer_id": row.number, "kind": ContactKind.ADDRESS, "value": "", "lines": row.address}
    if row.mobile is not None:
        yield {"customer_id": row.number, "kind": ContactKind.MOBILE, "value": row.mobile, "lines": ()}
    if row.email is not None:
        yield {"customer_id": row.number, "kind": ContactKind.EMAIL, "value": row.email, "lines": ()}
