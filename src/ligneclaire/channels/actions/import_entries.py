"""Put what was said to another system, before ours was there, into the threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import Actor

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Which entries were new; which were there already with other content, and stay as they are."""

    new: frozenset[UUID]
    different: frozenset[UUID]


@transaction.atomic
def import_entries(*, entries: Mapping[UUID, Said], reason: str, by: Actor, at: datetime) -> Imported:
    """Write entries that are not there yet; nobody has to answer them, for this reason, and no news comes of them."""
    uuids = list(entries)
    with connection.cursor() as cursor:
        cursor.execute(SQL["stage"])
        with cursor.copy(SQL["copy"]) as copy:
            for place, (uuid, said) in enumerate(entries.items()):
                copy.write_row(
                    (place, uuid, said.customer, said.case, said.medium, said.direction, said.text, said.happened_at)
                )
        cursor.execute(SQL["known"])
        known = dict(cursor.fetchall())
        cursor.execute(SQL["write"], {"by": str(by)})
        cursor.execute(SQL["settle"], {"reason": reason, "by": str(by), "at": at})
    return Imported(
        new=frozenset(uuid for place, uuid in enumerate(uuids) if place not in known),
        different=frozenset(uuids[place] for place, is_different in known.items() if is_different),
    )
