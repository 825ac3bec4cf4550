"""Note how far an import is, in the transaction that took it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.kernel.rows import Tally
from ligneclaire.transfer.models import Run


class RunElsewhere(Refused):
    """Another process imports the same file with the same mapping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many lines are done, how many of them are wrong or left out, and what the others changed."""

    lines: int = 0
    wrong: int = 0
    skipped: int = 0
    wrong_bytes: int = 0
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def changed_nothing(self) -> bool:
        """Everything was there already, exactly so."""
        return all(tally == Tally(same=tally.same) for tally in self.tallies.values())


def note_progress(*, run: Run, since: int, done: Progress, is_over: bool, by: Actor, at: datetime) -> None:
    """Note it; refused when the run is not where this process left it, after `since` lines."""
    moved = Run.objects.filter(pk=run.pk, lines=since, begun_at=run.begun_at, ended_at=None).update(
        lines=done.lines,
        wrong=done.wrong,
        skipped=done.skipped,
        wrong_bytes=done.wrong_bytes,
        tallies={what: asdict(tally) for what, tally in done.tallies.items()},
        ended_at=max(at, run.begun_at) if is_over else None,
    )
    if not moved:
        raise RunElsewhere(file=run.file)
