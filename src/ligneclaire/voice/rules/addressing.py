"""Who is written to about what is recorded under a number: that of a merged one is of another of the same person."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.people.facts import ADDRESSING
from ligneclaire.voice.rules.state import State


def addressee(state: State, *, at: datetime) -> str:
    """Who was meant by the number of this state at an instant, whenever it is decided; the last word until then."""
    said = [fact for fact in state.facts if fact.kind in ADDRESSING and fact.recorded_at <= at]
    last = max(said, key=lambda fact: (fact.recorded_at, fact.order), default=None)
    return str(last.value["survivor"]) if last and isinstance(last.value, dict) else state.customer
