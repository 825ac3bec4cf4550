"""Files that go with messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ligneclaire.channels.models import Enclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosureCard:
    """A file that goes with a message; `place` is relative to the folder of what came in."""

    position: int
    name: str
    kind: str
    size: int
    pages: int
    sha256: str
    place: str
    is_checked: bool


def of(message: UUID) -> tuple[EnclosureCard, ...]:
    """The files of a message, or of what will be one, in their order."""
    return tuple(
        EnclosureCard(
            position=row.position,
            name=row.name,
            kind=row.kind,
            size=row.size,
            pages=row.pages,
            sha256=row.sha256,
            place=row.place,
            is_checked=row.is_checked,
        )
        for row in Enclosure.objects.filter(message=message).order_by("position")
    )


def one(message: UUID, position: int) -> EnclosureCard | None:
    """One of them."""
    return next((card for card in of(message) if card.position == position), None)
