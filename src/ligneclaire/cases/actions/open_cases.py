"""Open a case for each customer and subject that has none open, owned by the customer's adviser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ligneclaire.cases.facts import CASE_OPENED
from ligneclaire.cases.models import Case
from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.cases.states import CaseKind
from ligneclaire.hooks.actions.offer_events import Event, offer_events
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import reference_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A subject that needs a case: since when, of which kind, and who will own it."""

    kind: CaseKind
    owner: str
    opened_at: datetime


@transaction.atomic
def open_cases(
    *,
    needs: Mapping[tuple[str, str], Need],
    by: Actor,
    at: datetime,  # every action names them
) -> dict[tuple[str, str], CaseCard]:
    """Return the open case of each (customer, subject), opened where there was none; the caller holds the customers."""
    customers = {customer for customer, _ in needs}
    known = cards.open_of(customers)
    missing = {key: need for key, need in needs.items() if key not in known}
    if missing:
        references = _references(missing)
        Case.objects.bulk_create(
            Case(
                reference=references[customer, subject],
                customer_id=customer,
                subject=subject,
                kind=need.kind,
                owner_id=need.owner,
                survivor_id=references[customer, subject],
                opened_at=need.opened_at,
            )
            for (customer, subject), need in missing.items()
        )
        known = cards.open_of(customers)
        offer_events(events=[_opened(known[key], at) for key in missing], by=by, at=at)
    return {key: known[key] for key in needs}


def _opened(card: CaseCard, at: datetime) -> Event:
    name = f"{card.reference}/opened/{at.isoformat()}"
    return Event(kind=CASE_OPENED, source="cases", source_id=name, subject=f"{card.customer}/{card.reference}")


def _references(missing: Mapping[tuple[str, str], Need]) -> dict[tuple[str, str], str]:
    """Derive references from content, so that the same events give the same ones; another where one is taken."""
    rows = Case.objects.filter(customer__number__in={customer for customer, _ in missing})
    earlier = Counter(rows.values_list("customer__number", "subject"))
    salts = {key: earlier[key] for key in missing}
    while True:
        found = {key: reference_of("case", *key, salt=salt) for key, salt in salts.items()}
        taken = set(Case.objects.filter(reference__in=found.values()).values_list("reference", flat=True))
        if not taken:
            return found
        salts = {key: salt + (1000 if found[key] in taken else 0) for key, salt in salts.items()}
