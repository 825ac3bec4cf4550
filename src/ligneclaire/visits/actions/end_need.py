"""Nobody has to come any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.visits.actions.ask_visit import NoSuchNeed
from ligneclaire.visits.actions.cancel_visit import cancel_visit
from ligneclaire.visits.models import Need, Visit
from ligneclaire.visits.states import TO_COME, VisitState


@transaction.atomic
def end_need(*, need: str, by: Actor, at: datetime) -> None:
    """Close a need, once, and cancel what was held or booked for it; whoever is on the way must be told first."""
    customer = Need.objects.filter(reference=need).values_list("customer__number", flat=True).first()
    if customer is None:
        raise NoSuchNeed(need=need)
    hold({customer})
    for reference in Visit.objects.filter(need__reference=need, state__in=[VisitState.HELD, *TO_COME]).values_list(
        "reference", flat=True
    ):
        cancel_visit(reference=reference, by=by, at=at)
    Need.objects.filter(reference=need, closed_at=None).update(closed_at=at, changed_by=str(by), changed_at=at)
