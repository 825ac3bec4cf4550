"""Put entries of another system into the threads, with the keys that they had there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.actions.import_entries import Imported, import_entries
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.rows import append
from ligneclaire.transfer.models import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An entry of another system; `email` says whose it is where no number does."""

    key: str
    uuid: UUID
    email: str
    said: Said


@transaction.atomic
def write_history(*, source: str, items: Sequence[History], by: Actor, at: datetime) -> Imported:
    """Write those that are not there yet; nobody is told and nothing is promised."""
    done = import_entries(
        entries={item.uuid: item.said for item in items}, reason=f"imported from {source}", by=by, at=at
    )
    new = [(item.uuid, source, item.key) for item in items if item.uuid in done.new]
    append(Origin, ["entry_id", "source", "key"], new)
    return done
