"""Keep what was changed of settings and of who may do what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from ligneclaire.audit.models import Change
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor

Values = Mapping[str, object]
NOTHING: Mapping[str, Values] = {}


def note_changes(
    *,
    kind: ChangeKind,
    before: Mapping[str, Values] = NOTHING,
    after: Mapping[str, Values] = NOTHING,
    by: Actor,
    at: datetime,
) -> None:
    """Add a row for each thing, by name, that differs from before, in the transaction of what changes it.

    What is not named before is new, and what is not named after is gone. Values are JSON, and no secrets.
    """
    Change.objects.bulk_create(
        Change(at=at, by=str(by), kind=kind, about=about, before=was, after=now)
        for about, was, now in _differing(before, after)
    )


def _differing(
    before: Mapping[str, Values], after: Mapping[str, Values]
) -> Iterator[tuple[str, Values | None, Values | None]]:
    for about in [*before, *(name for name in after if name not in before)]:
        was, now = before.get(about), after.get(about)
        if was is None or now is None:
            yield about, was, now
        elif was != now:
            names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
            yield about, {name: was.get(name) for name in names}, {name: now.get(name) for name in names}
