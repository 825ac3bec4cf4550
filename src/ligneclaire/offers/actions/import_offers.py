"""Bring what we sell in line with an outside list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.rows import Tally, upsert
from ligneclaire.offers.models import Offer
from ligneclaire.offers.values import OfferEntry


@transaction.atomic
def import_offers(*, offers: Sequence[OfferEntry], by: Actor, at: datetime) -> dict[str, Tally]:
    """Import offers; those that are not on the list stay."""
    return {"offers": upsert(Offer, [_offer(row) for row in offers], key=["code"], by=by, at=at)}


def _offer(row: OfferEntry) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "price_minor": row.price_per_month.minor,
        "deposit_minor": row.deposit.minor if row.deposit else None,
        "currency": row.price_per_month.currency,
        "terms": row.terms,
    }
