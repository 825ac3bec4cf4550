"""An adviser opens a page of a customer's record: for a matter in hand, or because they said what brought them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ligneclaire.cases.rules.reading import quarter_of
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless

SQL = named(Path(__file__).with_suffix(".sql"))


class NothingInHand(Refused):
    """Nothing in hand brings the adviser to this customer today, and they have not said what does."""


def open_record(*, customer: str, page: ReadPage, contract: str = "", by: Actor, at: datetime) -> Basis:
    """Log that an adviser reads, once for each page and quarter of an hour, and say on which basis they may.

    A code that is revealed is that of a contract.
    """
    refuse_unless(by, may=Right.READ_RECORDS)
    given = {"customer": customer, "adviser": by.number, "by": str(by), "page": page.value, "contract": contract}
    with prepared() as cursor:
        cursor.execute(SQL["open_record"], {**given, "at": at, "quarter": quarter_of(at)})
        found = cursor.fetchone()
    if found is None:
        raise NothingInHand(customer=customer, adviser=by.number)
    return Basis(found[0])
