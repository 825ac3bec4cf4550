"""What was read of a look at the network."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.network.models import Observation, Survey
from ligneclaire.network.states import Seen


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What the last survey of a source saw of a resource; `numbers` are those that answered on it."""

    resource: str
    seen: Seen
    numbers: tuple[str, ...]
    source: str
    seen_at: datetime


def last_seen(resources: Collection[str]) -> dict[str, Sight]:
    """What was last seen of each of these, for those that the last surveys looked at."""
    found: dict[str, Sight] = {}
    rows = Observation.objects.filter(resource__in=resources, survey__compared_at__isnull=False)
    for row in rows.select_related("survey").order_by("survey__seen_at", "number"):
        known = found.get(row.resource)
        same = known if known and known.seen_at == row.survey.seen_at else None
        is_active = row.seen == Seen.ACTIVE or (same is not None and same.seen is Seen.ACTIVE)
        found[row.resource] = Sight(
            resource=row.resource,
            seen=Seen.ACTIVE if is_active else Seen.SILENT,
            numbers=(*(same.numbers if same else ()), *([row.number] if row.number else [])),
            source=row.survey.source,
            seen_at=row.survey.seen_at,
        )
    return found
