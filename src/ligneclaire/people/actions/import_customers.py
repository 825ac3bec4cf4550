"""Bring customers, and the ways to reach them, in line with an outside list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.rows import Tally, prune, upsert
from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.people.rules.plain import plain
from ligneclaire.people.states import ContactKind
from ligneclaire.people.values import CustomerEntry

POINT = ("customer_id", "kind")
ALONE = ("survivor_id",)  # a new number is its own; a list from outside says nothing of merges
EVERY = frozenset(ContactKind)
# What a customer chose themself, or an adviser for them, an outside list does not know better.
CHOOSE = """
    INSERT INTO people_preference (customer_id, purpose, way, chosen_by, chosen_at)
    SELECT given.*, %(by)s, %(at)s
    FROM unnest(%(customers)s::text[], %(purposes)s::text[], %(ways)s::text[]) AS given (customer, purpose, way)
    WHERE NOT EXISTS (
        SELECT FROM people_preference WHERE customer_id = given.customer AND purpose = given.purpose
    )
"""


@transaction.atomic
def import_customers(
    *, customers: Sequence[CustomerEntry], kinds: Collection[ContactKind] = EVERY, by: Actor, at: datetime
) -> dict[str, Tally]:
    """Import customers; those who are not on the list stay, as do contact points of other kinds than the list has."""
    return {
        "customers": upsert(Customer, [_customer(row) for row in customers], key=["number"], first=ALONE, by=by, at=at),
        "contact points": _reach(customers, kinds, by=by, at=at),
    } | _choose(customers, by=by, at=at)


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


def _reach(customers: Sequence[CustomerEntry], kinds: Collection[ContactKind], *, by: Actor, at: datetime) -> Tally:
    points = [point for row in customers for point in _points(row) if point["kind"] in kinds]
    numbers = [row.number for row in customers]
    tally = upsert(ContactPoint, points, key=POINT, reset={"verified": False}, by=by, at=at)
    # Another address than before is not the one from which a letter came back.
    ContactPoint.objects.filter(customer__number__in=numbers, changed_at=at).update(doubted_at=None)
    left_alone: list[dict[str, object]] = [
        {"customer_id": number, "kind": kind} for kind in sorted(EVERY.difference(kinds)) for number in numbers
    ]
    return tally + prune(ContactPoint, [*points, *left_alone], key=POINT, parent="customer_id", parents=numbers)


def _points(row: CustomerEntry) -> Iterator[dict[str, object]]:
    yield {"customer_id": row.number, "kind": ContactKind.ADDRESS, "value": "", "lines": row.address}
    if row.mobile is not None:
        yield {"customer_id": row.number, "kind": ContactKind.MOBILE, "value": row.mobile, "lines": ()}
    if row.email is not None:
        yield {"customer_id": row.number, "kind": ContactKind.EMAIL, "value": row.email, "lines": ()}


def _choose(customers: Sequence[CustomerEntry], *, by: Actor, at: datetime) -> dict[str, Tally]:
    chosen = [(row.number, str(purpose), str(way)) for row in customers for purpose, way in row.ways.items()]
    if not chosen:
        return {}
    given, purposes, ways = (list(column) for column in zip(*chosen, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(CHOOSE, {"customers": given, "purposes": purposes, "ways": ways, "by": str(by), "at": at})
        return {"wishes": Tally(new=cursor.rowcount, same=len(chosen) - cursor.rowcount)}
