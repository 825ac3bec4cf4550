"""A scan belongs into no thread."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.actions.file_scan import ScanNotWaiting
from ligneclaire.channels.models import Scan
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class SetAsideUnexplained(Refused):
    """Whoever sets a scan aside says why."""


def set_aside_scan(*, scan: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Take a scan off the list of those that wait, with a reason that others can read."""
    refuse_unless(by, may=Right.HANDLE_PAPER)
    if not reason.strip():
        raise SetAsideUnexplained(scan=scan)
    waiting = Scan.objects.filter(uuid=scan, entry__isnull=True, set_aside_at__isnull=True)
    if not waiting.update(set_aside_at=at, set_aside_by=str(by), reason=reason.strip()[:500]):
        raise ScanNotWaiting(scan=scan)
