"""The line of a contract that was opened last."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.network.actions.open_line import open_line
from ligneclaire.network.queries import lines


def newest_line(*, contract: str, customer: str, by: Actor, at: datetime) -> str:
    """Return its code; a contract without a line that goes on has one from now on."""
    there = lines.going_on(contract)
    return there[-1].code if there else open_line(contract=contract, customer=customer, place="", by=by, at=at)
