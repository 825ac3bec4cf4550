"""Which contracts of a household end, so that the others can be said to go on."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.ref import Ref
from ligneclaire.voice.rules.sift import sift
from ligneclaire.voice.rules.state import State
from ligneclaire.voice.topics import ENDS_ON, LEAVING, TAKEN_OVER

SIGNS = (*LEAVING, ENDS_ON, TAKEN_OVER)


def contracts(state: State, *, at: datetime) -> frozenset[str]:
    """Numbers of the contracts that somebody has ended, or that their line has left, as known at an instant."""
    live = sift(state, (fact for fact in state.facts if fact.recorded_at <= at)).live
    return frozenset(Ref.parse(subject).number for subject, keys in live.items() if any(key in keys for key in SIGNS))
