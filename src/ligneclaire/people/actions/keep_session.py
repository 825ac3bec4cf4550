"""A customer is still there: their session lasts longer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import Session
from ligneclaire.people.rules.session import SEEN_EVERY


def keep_session(*, session: UUID, by: Actor, at: datetime) -> bool:
    """Write down that an open session was seen, unless that was a moment ago; return whether it was written."""
    open_ = Session.objects.filter(uuid=session, ended_at=None, seen_at__lte=at - SEEN_EVERY)
    return open_.update(seen_at=at) == 1
