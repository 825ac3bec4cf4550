"""News of customers reaches the voice: load, decide, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ligneclaire.facts.delivery import Again, Claim
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.actions.write_progress import write_progress
from ligneclaire.voice.queries import states
from ligneclaire.voice.rules.advance import Progress, advance


def consider(claims: Sequence[Claim], *, until: datetime, without: frozenset[int]) -> Mapping[str, Again]:
    """Decide every instant before `until` for these customers, and say when each must be looked at again."""
    before, held = states.of(claims, until=until, without=without)
    progress = {key: advance(state, until) for key, state in before.items()}
    write_progress(progress=progress, before=before, held=held, by=SYSTEM, at=until)
    return {claim.key: _again(claim, progress[claim.key]) for claim in claims}


def _again(claim: Claim, step: Progress) -> Again:
    moving = claim.moving if step.moving is None else tuple(sorted(step.moving))
    return Again(at=step.state.look_again_at, moving=moving)
