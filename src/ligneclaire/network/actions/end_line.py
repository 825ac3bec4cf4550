"""A line ends: its number rests, everything else that it had is free again, and nothing is built for it any more."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.network.actions.cancel_builds import cancel_builds
from ligneclaire.network.actions.release_resource import Rest, release_resource
from ligneclaire.network.models import Line
from ligneclaire.network.queries import lines, resources


@transaction.atomic
def end_line(*, line: str, ended_on: date, number_rests: Rest, because: str, by: Actor, at: datetime) -> bool:
    """Say that a line is over and take back what it has; whether anything changed: again nothing does.

    A number that is still in its quarantine was kept for whoever had it; one that was taken along is not ours to give.
    """
    card = lines.card(line)
    if card is None:
        return False
    hold({card.customer})
    row = Line.objects.select_for_update().get(code=line)
    had = resources.had_by(line, at=at)
    for resource in had:
        release_resource(line=line, resource=resource, because=because, number_rests=number_rests, by=by, at=at)
    cancel_builds(line=line, by=by, at=at)
    is_over = row.until is not None
    if not is_over:
        row.until, row.changed_by, row.changed_at = max(ended_on, row.since), str(by), at
        row.save()
    return bool(had) or not is_over
