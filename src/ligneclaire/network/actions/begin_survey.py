"""Begin to read what one look at the network saw, or go on where reading stopped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid7
from ligneclaire.network.models import Survey
from ligneclaire.network.queries import surveys
from ligneclaire.network.queries.surveys import SurveyCard


@transaction.atomic
def begin_survey(*, source: str, digest: str, seen_at: datetime, by: Actor, at: datetime) -> SurveyCard:
    """Return the survey of this file: how much of it was read, and whether it was compared."""
    Survey.objects.get_or_create(
        source=source,
        digest=digest,
        defaults={"uuid": uuid7(at), "seen_at": seen_at, "recorded_by": str(by)},
    )
    return surveys.of(source, digest)
