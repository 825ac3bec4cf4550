"""Somebody scanned a letter: its bytes are kept, and the reference on it if it can be read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.channels.files import TakenIn
from ligneclaire.channels.models import Scan
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.access.roles import Right, refuse_unless


def keep_scan(*, scan: UUID, file: TakenIn, reference: str, by: Actor, at: datetime) -> None:
    """Write down a scan that waits to be filed."""
    refuse_unless(by, may=Right.HANDLE_PAPER)
    Scan.objects.create(
        uuid=scan,
        name=file.name,
        kind=file.kind,
        size=file.size,
        pages=file.pages,
        sha256=file.sha256,
        place=file.place,
        is_checked=file.is_checked,
        reference=reference,
        uploaded_at=at,
        uploaded_by=str(by),
    )
