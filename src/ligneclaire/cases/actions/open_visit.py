"""A technician opens a visit that they make."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.cases.models import Read
from ligneclaire.cases.rules.reading import quarter_of
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.visits.queries import technicians, visits
from ligneclaire.visits.states import VisitState


class NotTheirs(Refused):
    """No visit has this reference that this technician makes."""


def open_visit(*, reference: str, by: Actor, at: datetime) -> None:
    """Log that a technician opens a visit of theirs, once for each quarter of an hour; the customer sees it."""
    refuse_unless(by, may=Right.SEE_VISITS)
    card, mine = visits.card(reference), technicians.of_adviser(by.number)
    if card is None or mine is None or card.technician != mine.number or card.state is VisitState.HELD:
        raise NotTheirs(reference=reference, by=by)
    line = Read(
        customer_id=card.customer,
        adviser_id=by.number,
        page=ReadPage.VISIT,
        quarter=quarter_of(at),
        at=at,
        basis=Basis.VISIT,
        matter=reference,
    )
    Read.objects.bulk_create([line], ignore_conflicts=True)
