"""Take in some of what a survey saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.kernel.rows import append
from ligneclaire.network.models import Observation, Survey
from ligneclaire.network.values import ObservationEntry


class ReadElsewhere(Refused):
    """Somebody else reads this file at the same time, and is further."""


@transaction.atomic
def take_observations(
    *,
    survey: UUID,
    after: int,
    upto: int,
    rows: Sequence[ObservationEntry],
    by: Actor,  # every action names them
    at: datetime,
) -> None:
    """Keep what lines `after` to `upto` of the file say, once; the caller may be killed at any moment."""
    row = Survey.objects.select_for_update().get(uuid=survey)
    if row.read != after:
        raise ReadElsewhere(survey=survey, read=row.read)
    append(
        Observation,
        ["survey_id", "resource", "number", "seen"],
        ((row.pk, seen.resource, seen.number, seen.seen.value) for seen in rows),
    )
    row.read = upto
    row.save()
