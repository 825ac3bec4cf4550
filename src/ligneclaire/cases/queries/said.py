"""What was said in a case: entries lie where they came in, unless somebody placed them elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ligneclaire.cases.models import Placement
from ligneclaire.cases.queries import cards
from ligneclaire.channels.models import Entry
from ligneclaire.channels.queries import entries
from ligneclaire.channels.queries.entries import EntryCard

NEWEST = Placement.objects.filter(entry=OuterRef("uuid")).order_by("-id").values("case__reference")[:1]
PLACE = Coalesce(Subquery(NEWEST), F("case"), output_field=CharField())


def in_cases(references: Collection[str], *, customers: Collection[str], limit: int) -> tuple[EntryCard, ...]:
    """The newest entries of these cases under these numbers of a person."""
    rows = Entry.objects.annotate(place=PLACE).filter(customer__in=customers, place__in=references)
    places = dict(rows.order_by("-recorded_at", "-id").values_list("uuid", "place")[:limit])
    return tuple(replace(card, case=places[card.uuid]) for card in entries.by_uuids(places))


def uuids_in(references: Collection[str], *, customers: Collection[str]) -> frozenset[UUID]:
    """The entries of these cases under these numbers of a person."""
    rows = Entry.objects.annotate(place=PLACE).filter(customer__in=customers, place__in=references)
    return frozenset(rows.values_list("uuid", flat=True))


def is_any_waiting(references: Collection[str], *, customers: Collection[str]) -> bool:
    """Whether anything that a customer wrote in these cases still wants an answer."""
    return entries.is_any_waiting(uuids_in(references, customers=customers))


def handled_in(entry: UUID) -> str:
    """The case in which an entry is handled now; empty when it belongs to none."""
    place = Entry.objects.annotate(place=PLACE).filter(uuid=entry).values_list("place", flat=True).first()
    case = cards.by_reference(place) if place else None
    return case.survivor if case else ""
