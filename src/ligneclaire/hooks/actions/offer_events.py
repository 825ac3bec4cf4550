"""Offer to those who subscribed what is no fact: that a case was opened, that a promise was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ligneclaire.hooks.jobs import post_later
from ligneclaire.hooks.states import PostingState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.prepared import prepared

# As in facts/record.sql, which offers facts.
OFFER = """
INSERT INTO hooks_posting (uuid, subscription_id, source, source_id, kind, subject, recorded_at, state, tries, answer)
SELECT gen_random_uuid(), wanted.id, event.source, event.source_id, event.kind, event.subject, %(at)s,
       CASE WHEN wanted.paused_at IS NULL THEN 'waiting' ELSE 'held' END, 0, ''
FROM hooks_subscription AS wanted
JOIN unnest(%(source)s::text[], %(source_id)s::text[], %(kind)s::text[], %(subject)s::text[])
  WITH ORDINALITY AS event (source, source_id, kind, subject, place)
  ON EXISTS (
    SELECT FROM unnest(wanted.kinds) AS given (kind)
    WHERE given.kind IN ('*', event.kind)
       OR right(given.kind, 2) = '.*' AND starts_with(event.kind, left(given.kind, -1))
  )
ORDER BY event.place, wanted.id
ON CONFLICT ON CONSTRAINT posting_once DO NOTHING
RETURNING uuid, subscription_id, state
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened here, named for ever by source and id; the subject says whom and what it is of."""

    kind: str
    source: str
    source_id: str
    subject: str


def offer_events(*, events: Sequence[Event], by: Actor, at: datetime) -> None:
    """Write a posting with its job for each subscription that wants one of these, in the caller's transaction."""
    if not events:
        return
    columns = {name: [getattr(event, name) for event in events] for name in ("kind", "source", "source_id", "subject")}
    with prepared() as cursor:
        cursor.execute(OFFER, {**columns, "at": at})
        post_later((uuid, wanted) for uuid, wanted, state in cursor.fetchall() if state == PostingState.WAITING)
