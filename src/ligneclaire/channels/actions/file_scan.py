"""A scan finds its place in a thread."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Scan
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class ScanNotWaiting(Refused):
    """The scan is filed or set aside already, or there is none of this name."""


def file_scan(*, scan: UUID, entry: UUID, by: Actor, at: datetime) -> None:
    """Put a scan that waits to the entry that was written of it, once."""
    waiting = Scan.objects.filter(uuid=scan, entry__isnull=True, set_aside_at__isnull=True)
    if not waiting.update(entry=entry):
        raise ScanNotWaiting(scan=scan)
