"""Put the letters that wait for the print house into one batch."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ligneclaire.channels.models import LetterBatch, Printing
from ligneclaire.channels.rules.postage import Terms, cost_of, sheets_of
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.money import Money


@transaction.atomic
def make_batch(*, until: datetime, today: date, terms: Terms, by: Actor, at: datetime) -> str | None:
    """Number and count what waits since an instant or before, each once; return the batch, or None for nothing."""
    waiting = Printing.objects.select_for_update(of=("self",)).filter(batch__isnull=True, asked_at__lte=until)
    rows = list(waiting.select_related("message").only("pages", "message__is_registered").order_by("asked_at", "id"))
    if not rows:
        return None
    costs = [cost_of(row.pages, is_registered=row.message.is_registered, terms=terms) for row in rows]
    batch = LetterBatch.objects.create(
        number=f"{today}-{LetterBatch.objects.filter(number__startswith=f'{today}-').count() + 1}",
        made_at=at,
        made_by=str(by),
        letters=len(rows),
        pages=sum(row.pages for row in rows),
        sheets=sum(sheets_of(row.pages, is_duplex=terms.is_duplex) for row in rows),
        cost=sum(costs, Money(0, terms.per_letter.currency)).minor,
        currency=terms.per_letter.currency,
        is_duplex=terms.is_duplex,
        is_colour=terms.is_colour,
        postage=terms.postage,
    )
    for place, (row, cost) in enumerate(zip(rows, costs, strict=True), start=1):
        row.batch_id, row.place, row.cost = batch.number, place, cost.minor
    Printing.objects.bulk_update(rows, ["batch", "place", "cost"], batch_size=1000)
    return batch.number
