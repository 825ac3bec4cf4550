"""The folder of a batch lies there for the print house."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.channels.models import LetterBatch
from ligneclaire.channels.states import BatchState
from ligneclaire.kernel.actor import Actor


def mark_batch_written(*, batch: str, digest: str, by: Actor, at: datetime) -> bool:
    """Mark a batch as written, once, with the sha-256 of its index; return whether it was still to be written."""
    made = LetterBatch.objects.filter(number=batch, state=BatchState.MADE)
    return made.update(state=BatchState.WRITTEN, written_at=at, digest=digest) == 1
