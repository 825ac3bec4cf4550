"""Customers as messages need them: how to reach them, and who answers them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from ligneclaire.people.models import Adviser, ContactPoint, Customer, Preference, TextStop
from ligneclaire.people.queries import absences, advisers
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.rules.stand_in import Away, stand_in
from ligneclaire.people.states import ContactKind, MessagePurpose, Way
from ligneclaire.people.values import NO_WISHES, Wishes


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
    address_doubted_at: datetime | None = None
    """Since when a letter that came back puts the address in doubt."""
    email_doubted_at: datetime | None = None
    """Since when an e-mail that came back puts that address in doubt."""
    wishes: Wishes = NO_WISHES


def of(customers: Collection[str], *, on: date) -> dict[str, Addressee]:
    """Those who are meant by these numbers today, by the number that was asked for, as they are reached on that day."""
    theirs = Customer.objects.filter(number__in=customers)
    rows = _rows(theirs.values("survivor__number")).annotate(
        asked=ArraySubquery(theirs.filter(survivor__number=OuterRef("number")).order_by("number").values("number"))
    )
    reached = _on(rows, [on])[on]
    return {number: reached[row.number] for row in rows for number in row.asked}


def under(customers: Collection[str], *, on: date) -> dict[str, Addressee]:
    """Those who have these very numbers, merged or not: for whoever knows who was meant at an instant."""
    return under_days(customers, [on])[on]


def under_days(customers: Collection[str], days: Collection[date]) -> dict[date, dict[str, Addressee]]:
    """The same for several days at once."""
    return _on(_rows(customers), days)


def _on(rows: QuerySet[Customer], days: Collection[date]) -> dict[date, dict[str, Addressee]]:
    away = absences.away_on(days)
    cards = _cards(rows, away.values())
    return {day: {row.number: _addressee(row, away[day], cards) for row in rows} for day in days}


def _rows(customers: Collection[str] | QuerySet[Customer, Any]) -> QuerySet[Customer]:
    return WHOLE.filter(number__in=customers).order_by("number")


def _cards(rows: Iterable[Customer], away: Iterable[Mapping[str, Away]]) -> dict[str, AdviserCard]:
    """The advisers concerned; only where three in a row are away are more of them asked for."""
    near = {adviser.number: advisers.card(adviser) for row in rows for adviser in _line(row.adviser)}
    present = {stand_in(row.adviser_id, absent) for row in rows for absent in away}
    missing = present - near.keys()
    return near | (advisers.cards(missing) if missing else {})


def _line(adviser: Adviser) -> tuple[Adviser, ...]:
    return (adviser, adviser.backup, adviser.backup.backup)


def _addressee(row: Customer, away: Mapping[str, Away], cards: Mapping[str, AdviserCard]) -> Addressee:
    points = {point["kind"]: point for point in row.points}  # type: ignore[attr-defined]
    address, mobile, email = (points.get(kind) for kind in (ContactKind.ADDRESS, ContactKind.MOBILE, ContactKind.EMAIL))
    return Addressee(
        number=row.number,
        name=row.name,
        language=row.chosen_language or row.language,
        territory=row.territory_id,
        address=tuple(address["lines"]) if address else (),
        mobile=mobile["value"] if mobile else None,
        email=email["value"] if email else None,
        adviser=cards[row.adviser_id],
        backup=cards[row.adviser.backup_id],
        present=cards[stand_in(row.adviser_id, away)],
        absent_until=away[row.adviser_id].until if row.adviser_id in away else None,
        address_doubted_at=_instant(address["doubted_at"]) if address else None,
        email_doubted_at=_instant(email["doubted_at"]) if email else None,
        wishes=_wishes(row.chosen, stops=bool(row.stops)),  # type: ignore[attr-defined]
    )


def _wishes(chosen: Iterable[Mapping[str, str]], *, stops: bool) -> Wishes:
    return Wishes(ways={MessagePurpose(one["purpose"]): Way(one["way"]) for one in chosen}, no_texts=stops)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _whole() -> QuerySet[Customer]:
    points = ContactPoint.objects.filter(customer=OuterRef("number")).values(
        point=JSONObject(kind="kind", value="value", lines="lines", doubted_at="doubted_at")
    )
    chosen = (
        Preference.objects.filter(customer=OuterRef("number")).order_by("purpose", "-chosen_at").distinct("purpose")
    )
    stops = TextStop.objects.filter(customer=OuterRef("number")).order_by("-said_at", "-id")
    return Customer.objects.select_related("adviser__backup__backup").annotate(
        points=ArraySubquery(points),
        chosen=ArraySubquery(chosen.values(one=JSONObject(purpose="purpose", way="way"))),
        stops=Subquery(stops.values("stops")[:1]),
    )


WHOLE = _whole()  # put together once
