"""The texts that advisers begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from ligneclaire.people.queries import advisers
from ligneclaire.voice.models import StandardTextVersion
from ligneclaire.voice.wording.texts import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A standard text in one language; the subject may be empty."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardTextCard:
    """A standard text in one of its versions."""

    uuid: UUID
    name: str
    shortcut: str
    version: int
    words: Mapping[str, Wording]
    written_by_name: str
    written_at: datetime
    archived_at: datetime | None

    @property
    def is_ready(self) -> bool:
        """Whether it may be used: it says something in every language."""
        return all(self.words[language].text for language in LANGUAGES)

    def wording(self, language: str) -> Wording:
        """Its words for somebody who reads this language; French for one that we do not write."""
        return self.words[language if language in LANGUAGES else LANGUAGES[0]]


def listed() -> tuple[StandardTextCard, ...]:
    """All texts as they stand, by name; those in the archive too."""
    return tuple(_card(row) for row in _rows().filter(number=F("text__version")))


def usable() -> tuple[StandardTextCard, ...]:
    """Those with which advisers may write now, by name."""
    return tuple(card for card in listed() if card.is_ready and not card.archived_at)


def by_uuid(uuid: UUID) -> StandardTextCard | None:
    """One text as it stands."""
    row = _rows().filter(text__uuid=uuid, number=F("text__version")).first()
    return _card(row) if row else None


def versions_of(uuid: UUID) -> tuple[StandardTextCard, ...]:
    """One text as it was worded over time, newest first."""
    return tuple(_card(row) for row in _rows().filter(text__uuid=uuid).order_by("-number"))


def _rows() -> QuerySet[StandardTextVersion]:
    rows = StandardTextVersion.objects.select_related("text").annotate(by_name=advisers.name_of("written_by"))
    return rows.order_by("name", "id")


def _card(row: StandardTextVersion) -> StandardTextCard:
    return StandardTextCard(
        uuid=row.text_id,
        name=row.name,
        shortcut=row.shortcut,
        version=row.number,
        words={language: Wording(**row.words[language]) for language in LANGUAGES},
        written_by_name=row.by_name or "",  # type: ignore[attr-defined]  # of the query
        written_at=row.written_at,
        archived_at=row.text.archived_at,
    )
