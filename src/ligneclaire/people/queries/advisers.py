"""The named people who answer for us."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from ligneclaire.kernel.actor import ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Adviser, Login
from ligneclaire.people.queries import absences
from ligneclaire.people.rules.stand_in import Away, is_on_duty, stand_in


class AdviserUnknown(Refused):
    """There is no adviser with this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserCard:
    """An adviser and how to reach them."""

    number: str
    name: str
    phone: str
    email: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """An adviser who is away, the day they are back, and who answers: their backup, or who is on duty."""

    name: str
    until: date | None
    backup_name: str
    present: AdviserCard
    is_duty: bool
    is_there: bool
    """Not so where everybody who could answer is away."""


def listed() -> tuple[AdviserCard, ...]:
    """All advisers, by name."""
    return tuple(card(row) for row in Adviser.objects.order_by("name", "number"))


def serving() -> tuple[AdviserCard, ...]:
    """All who serve customers at the desk, by name: technicians do not."""
    technicians = Login.objects.filter(adviser=OuterRef("number"), is_technician=True)
    return tuple(card(row) for row in Adviser.objects.exclude(Exists(technicians)).order_by("name", "number"))


def cards(numbers: Collection[str]) -> dict[str, AdviserCard]:
    """These advisers, by number."""
    return {row.number: card(row) for row in Adviser.objects.filter(number__in=numbers)}


def present(number: str, *, on: date) -> AdviserCard:
    """Who answers for an adviser on that day."""
    return cards([there := stand_in(number, absences.away(on=on))])[there]


def cover_of(number: str, *, on: date) -> Cover | None:
    """Who answers for an adviser who is away on that day, and why; None while they are there."""
    away = absences.away(on=on)
    return _covers([number], away).get(number) if number in away else None


def covered_by(number: str, *, on: date) -> dict[str, Cover]:
    """The advisers for whom somebody answers on that day."""
    away = absences.away(on=on)
    return _covers([one for one in sorted(away) if one != number and stand_in(one, away) == number], away)


def covers_on(wanted: Mapping[date, Collection[str]]) -> dict[date, dict[str, Cover]]:
    """Who answers for those of these advisers who are away, day by day."""
    away = absences.away_on(wanted)
    asked = {day: [number for number in numbers if number in away[day]] for day, numbers in wanted.items()}
    known = cards({one for day, numbers in asked.items() for one in _concerned(numbers, away[day])})
    return {day: {number: _cover(number, away[day], known) for number in numbers} for day, numbers in asked.items()}


def has_login(number: str) -> bool:
    """Whether this adviser can open the desk."""
    return Login.objects.filter(adviser__number=number).exists()


def name_of(column: str) -> Subquery:
    """The name of the adviser who stands as actor in a column of another query; null for other actors."""
    advisers = Adviser.objects.annotate(actor=Concat(Value(f"{ActorKind.ADVISER}:"), F("number")))
    return Subquery(advisers.filter(actor=OuterRef(column)).values("name")[:1])


def locked(number: str) -> Adviser:
    """One adviser, whom nobody else changes until the transaction ends."""
    adviser = Adviser.objects.select_for_update().filter(number=number).first()
    if adviser is None:
        raise AdviserUnknown(adviser=number)
    return adviser


def card(row: Adviser) -> AdviserCard:
    """An adviser's row as others need it."""
    return AdviserCard(
        number=row.number,
        name=row.name,
        phone=row.phone,
        email=row.email,
        languages=tuple(row.languages),
    )


def _covers(numbers: Collection[str], away: Mapping[str, Away]) -> dict[str, Cover]:
    if not numbers:
        return {}
    known = cards(_concerned(numbers, away))
    return {number: _cover(number, away, known) for number in numbers}


def _concerned(numbers: Collection[str], away: Mapping[str, Away]) -> set[str]:
    backups = {away[number].backup for number in numbers}
    return {*numbers, *backups, *(stand_in(number, away) for number in numbers)}


def _cover(number: str, away: Mapping[str, Away], known: Mapping[str, AdviserCard]) -> Cover:
    present = stand_in(number, away)
    return Cover(
        name=known[number].name,
        until=away[number].until,
        backup_name=known[away[number].backup].name,
        present=known[present],
        is_duty=is_on_duty(number, away),
        is_there=present not in away,
    )
