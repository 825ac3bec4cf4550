"""Who answers when an adviser is away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """An adviser who does not answer today, the colleague who does, and the day they are back, if known."""

    backup: str
    until: date | None


def stand_in(adviser: str, away: Mapping[str, Away]) -> str:
    """Follow the backups to the first who is there; the adviser's own backup when nobody is."""
    tried = {adviser}
    present = adviser
    while present in away:
        present = away[present].backup
        if present in tried:
            return away[adviser].backup
        tried.add(present)
    return present
