"""A virus scanner looked at bytes that came in."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.channels.models import Verdict
from ligneclaire.kernel.actor import Actor


def record_verdict(*, sha256: str, found: str, by: Actor, at: datetime) -> None:
    """Keep what it says, once for the same bytes; nothing found is empty."""
    Verdict.objects.bulk_create([Verdict(sha256=sha256, found=found[:200], checked_at=at)], ignore_conflicts=True)
