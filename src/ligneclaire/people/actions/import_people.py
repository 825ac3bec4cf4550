"""Bring everyone who serves and is served in line with an outside list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.rows import Tally, upsert
from ligneclaire.people.actions.import_customers import import_customers
from ligneclaire.people.models import Adviser, Coverage, Department, Operator, Territory
from ligneclaire.people.queries import settings
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.people.values import AdviserEntry, CustomerEntry, DepartmentEntry, TerritoryEntry


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
    """Import people; those who are not on the list stay, but what is listed is then exactly as listed.

    Who is on duty stays where the list names nobody.
    """
    before = settings.standing()
    tally = {
        "operator": upsert(Operator, [_operator(operator)], key=["id"], by=by, at=at),
        "departments": upsert(Department, [_department(row) for row in departments], key=["code"], by=by, at=at),
        "territories": upsert(Territory, [_territory(row) for row in territories], key=["code"], by=by, at=at),
        "advisers": upsert(Adviser, [_adviser(row) for row in advisers], key=["number"], by=by, at=at),
        "coverages": _cover(advisers),
    } | import_customers(customers=customers, by=by, at=at)
    for kind, after in settings.standing().items():
        note_changes(kind=kind, before=before[kind], after=after, by=by, at=at)
    return tally


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
        **({"duty_id": row.duty} if row.duty else {}),
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
