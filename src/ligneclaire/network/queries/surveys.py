"""What was read of a look at the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.network.models import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyCard:
    """A survey: how many lines of its file were read, and when it was compared."""

    uuid: UUID
    source: str
    seen_at: datetime
    read: int
    compared_at: datetime | None


def of(source: str, digest: str) -> SurveyCard:
    """The survey of a file."""
    row = Survey.objects.get(source=source, digest=digest)
    return SurveyCard(uuid=row.uuid, source=row.source, seen_at=row.seen_at, read=row.read, compared_at=row.compared_at)
