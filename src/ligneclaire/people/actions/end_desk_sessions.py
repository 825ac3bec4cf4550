"""Somebody who works at the desk logs out browsers that they no longer have."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import StaffSession
from ligneclaire.people.rules.desk_session import name_of


def end_desk_sessions(*, user: int, names: Collection[str] | None, keep: str, by: Actor, at: datetime) -> int:
    """End the sessions of an account that have these names, or all, but never the one to keep; return how many."""
    keys = StaffSession.objects.filter(user_id=user).exclude(session_key=keep).values_list("session_key", flat=True)
    ended = [key for key in keys if names is None or name_of(key) in names]
    StaffSession.objects.filter(session_key__in=ended).delete()
    return len(ended)
