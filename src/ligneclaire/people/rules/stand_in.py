"""Who answers when an adviser is away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """An adviser who does not answer today, who does, and the day they are back, if known."""

    backup: str
    until: date | None
    duties: tuple[str, ...] = ()
    """Who answers where the backup is away too: those on duty for the teams of the adviser, at last for the house."""


def stand_in(adviser: str, away: Mapping[str, Away]) -> str:
    """The backup, or who is on duty; without one, the first who is there along the backups.

    The adviser's own backup when nobody is.
    """
    duty = next(_on_duty(adviser, away), None)
    if duty is not None:
        return duty
    tried = {adviser}
    present = adviser
    while present in away:
        present = away[present].backup
        if present in tried:
            return away[adviser].backup
        tried.add(present)
    return present


def is_on_duty(adviser: str, away: Mapping[str, Away]) -> bool:
    """Whether who is on duty answers: the adviser and their backup are both away."""
    return any(True for _ in _on_duty(adviser, away))


def _on_duty(adviser: str, away: Mapping[str, Away]) -> Iterator[str]:
    found = away.get(adviser)
    if found is not None and found.backup in away:
        yield from (duty for duty in found.duties if duty not in away)
