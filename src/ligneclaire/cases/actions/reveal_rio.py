"""An adviser wants to see a masked code in full."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.cases.actions.open_record import open_record
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.access.roles import Right, refuse_unless


def reveal_rio(*, customer: str, contract: str, by: Actor, at: datetime) -> Basis:
    """Log that an adviser sees the RIO of a contract, which the customer reads; raises `NothingInHand`."""
    refuse_unless(by, may=Right.REVEAL_CODES)
    return open_record(customer=customer, page=ReadPage.RIO, contract=contract, by=by, at=at)
