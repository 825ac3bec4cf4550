"""Put an entry into the thread and tell whoever looks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.cases.facts import CONTACT_LOGGED
from ligneclaire.channels.actions.record_entry import Said, record_entry
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor


def log_entry(*, entry: UUID, said: Said, subject: str, by: Actor, at: datetime) -> bool:
    """Write an entry and its fact, once, the caller holding the customer; return whether it is new."""
    if not record_entry(uuid=entry, said=said, by=by, at=at):
        return False
    logged = Statement(
        source="cases",
        source_id=str(entry),
        kind=CONTACT_LOGGED,
        customer=said.customer,
        subject=subject,
        value={"entry": str(entry), "medium": said.medium},
        effective=None,
        at=at,
    )
    record([logged], by=by, at=at)
    return True
