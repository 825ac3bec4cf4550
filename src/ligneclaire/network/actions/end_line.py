"""A line is no more: what it had is free again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.network.actions.release_resource import release_resource
from ligneclaire.network.models import Line
from ligneclaire.network.queries import lines


@transaction.atomic
def end_line(*, line: str, because: str, by: Actor, at: datetime) -> None:
    """Release everything that a line has, and end it; one that has ended stays as it is."""
    card = lines.card(line)
    if card is None or card.until is not None:
        return
    hold({card.customer})
    for resource in lines.all_held_by(line):
        release_resource(line=line, resource=resource, because=because, by=by, at=at)
    Line.objects.filter(code=line).update(until=max(card.since, at.date()), changed_by=str(by), changed_at=at)
