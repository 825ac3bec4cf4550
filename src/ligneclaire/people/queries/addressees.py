"""Customers as messages need them: how to reach them, and who answers them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.people.queries import absences, advisers
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.rules.stand_in import Away, stand_in
from ligneclaire.people.states import ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A customer to write to, and the adviser who answers on that day."""

    number: str
    name: str
    language: str
    territory: str
    address: tuple[str, ...]
    mobile: str | None
    email: str | None
    adviser: AdviserCard
    backup: AdviserCard
    present: AdviserCard
    absent_until: date | None


def of(customers: Collection[str], *, on: date) -> dict[str, Addressee]:
    """Those of these customers who exist, by number, as they are reached on that day."""
    rows = list(Customer.objects.filter(number__in=customers).select_related("adviser").order_by("number"))
    points = {
        (point.customer_id, point.kind): point for point in ContactPoint.objects.filter(customer__number__in=customers)
    }
    away = absences.away(on=on)
    present = {row.adviser_id: stand_in(row.adviser_id, away) for row in rows}
    cards = advisers.cards({*present, *present.values(), *(row.adviser.backup_id for row in rows)})
    return {
        row.number: _addressee(row, points, away, present=cards[present[row.adviser_id]], cards=cards) for row in rows
    }


def _addressee(
    row: Customer,
    points: Mapping[tuple[str, str], ContactPoint],
    away: Mapping[str, Away],
    *,
    present: AdviserCard,
    cards: Mapping[str, AdviserCard],
) -> Addressee:
    address = points.get((row.number, ContactKind.ADDRESS))
    mobile = points.get((row.number, ContactKind.MOBILE))
    email = points.get((row.number, ContactKind.EMAIL))
    return Addressee(
        number=row.number,
        name=row.name,
        language=row.language,
        territory=row.territory_id,
        address=tuple(address.lines) if address else (),
        mobile=mobile.value if mobile else None,
        email=email.value if email else None,
        adviser=cards[row.adviser_id],
        backup=cards[row.adviser.backup_id],
        present=present,
        absent_until=away[row.adviser_id].until if row.adviser_id in away else None,
    )
