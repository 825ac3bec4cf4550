"""Open another line of a contract, at the place where it is to work."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.release_resource import TakenAlong
from ligneclaire.network.models import Line
from ligneclaire.network.queries import lines
from ligneclaire.network.states import Technology


@transaction.atomic
def open_line(*, contract: str, customer: str, place: str, by: Actor, at: datetime) -> str:
    """Return the code of the open line of a contract at a place, opened where there was none.

    It has the technology of the line before it, or copper where it is the first. What was wished for elsewhere before
    and not built is over.
    """
    hold({customer})
    for wished in lines.only_wished(contract):
        if not lines.is_at(wished, place):
            end_line(line=wished.code, ended_on=at.date(), number_rests=TakenAlong(), because=contract, by=by, at=at)
    known = lines.of_contracts([contract])
    here = next((one for one in known if one.until is None and lines.is_at(one, place)), None)
    if here:
        return here.code
    code = contract if not known else f"{contract}-{len(known) + 1}"
    Line.objects.create(
        code=code,
        customer_id=customer,
        contract=contract,
        technology=known[-1].technology if known else Technology.COPPER,
        place=place,
        since=at.date(),
        changed_by=str(by),
        changed_at=at,
    )
    return code
