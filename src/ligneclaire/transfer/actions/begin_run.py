"""Begin to import a file, or go on where it was cut off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.transfer.models import Run


@transaction.atomic
def begin_run(*, digest: str, source: str, rows: str, file: str, by: Actor, at: datetime) -> Run:
    """The run of this file and mapping as far as it is; one that came to its end begins anew."""
    fresh = {"lines": 0, "wrong": 0, "skipped": 0, "wrong_bytes": 0, "tallies": {}, "begun_by": str(by), "begun_at": at}
    run, _ = Run.objects.select_for_update().get_or_create(
        digest=digest, defaults={"source": source, "rows": rows, "file": file[-200:], **fresh}
    )
    if run.ended_at is not None:
        Run.objects.filter(pk=run.pk).update(**fresh, ended_at=None)
        run.refresh_from_db()
    return run
