"""Who may speak for a customer, as the customer sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ligneclaire.people.queries import authorised
from ligneclaire.people.queries.authorised import PersonCard
from ligneclaire.people.states import CHOSEN, May, PersonKind
from ligneclaire.space import words

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody, what they may, from when to when, and who wrote it down; `last` is the last day, if there is one."""

    uuid: UUID
    name: str
    kind: PersonKind
    may: tuple[May, ...]
    first: date
    last: date | None
    noted_by: str
    noted_at: datetime
    withdrawn_at: datetime | None
    is_withdrawable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Those who may today or will, and those who might once."""

    holding: tuple[PersonLine, ...]
    past: tuple[PersonLine, ...]


def of(numbers: Collection[str], *, today: date) -> Persons:
    """Everybody who ever might speak for a person."""
    cards = authorised.of(numbers)
    holding = [card for card in cards if card.withdrawn_at is None and (card.end is None or card.end > today)]
    past = [card for card in cards if card not in holding]
    return Persons(holding=tuple(_line(card) for card in holding), past=tuple(_line(card) for card in past))


def _line(card: PersonCard) -> PersonLine:
    return PersonLine(
        uuid=card.uuid,
        name=card.name,
        kind=card.kind,
        may=card.may,
        first=card.start,
        last=card.end - ONE_DAY if card.end else None,
        noted_by=words.short_name(card.recorded_by_name),
        noted_at=card.recorded_at,
        withdrawn_at=card.withdrawn_at,
        is_withdrawable=card.withdrawn_at is None and card.kind in CHOSEN,
    )
