"""Open cases for lines of customers about which the network and the records disagree."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.actions.name_cases import name_cases
from ligneclaire.network.queries import differences
from ligneclaire.people.queries import owners

AT_ONCE = 200


@transaction.atomic
def take_up_differences(*, by: Actor, at: datetime) -> int:
    """Give some differences that have none a case each, one for a line, with its owner; return how many there were."""
    found = differences.without_case(limit=AT_ONCE)
    customers = {one.customer for one in found}
    if not found:
        return 0
    hold(customers)
    owner_of = owners.of(customers)
    needs = {
        (one.customer, str(Ref("line", one.line))): Need(kind=CaseKind.LINE, owner=owner_of[one.customer], opened_at=at)
        for one in found
    }
    cards = open_cases(needs=needs, by=by, at=at)
    name_cases(
        cases={one.uuid: cards[one.customer, str(Ref("line", one.line))].reference for one in found}, by=by, at=at
    )
    return len(found)
