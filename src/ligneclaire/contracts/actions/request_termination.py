"""A customer, or somebody who is not signed in, ends contracts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.contracts.actions.take_request import take_request
from ligneclaire.contracts.queries import matches, requests
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.contracts.states import RequestKind
from ligneclaire.contracts.values import Declaration
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused


class NotHeld(Refused):
    """The customer who is signed in does not hold one of these contracts, or named none."""


class AlreadyRequested(Refused):
    """The end of these contracts was requested before; `requests` are the references by contract."""


@transaction.atomic
def request_termination(*, declared: Declaration, by: Actor, at: datetime) -> RequestCard:
    """Take a request and record one fact for each contract it means; the same form again is the first request.

    A guest is never refused for what they typed: what leads to no contract waits for an adviser, and a contract that
    is being ended already is folded.
    """
    found = matches.of(declared)
    hold({match.customer for match in found.contracts})
    contracts = matches.locked([match.contract for match in found.contracts])
    known = requests.by_form(declared.form)
    if known:
        return known
    if declared.customer:
        if not found.is_complete:
            raise NotHeld(customer=declared.customer, contracts=declared.contracts)
        ending = requests.open_of(declared.contracts, kind=RequestKind.TERMINATION)
        if ending:
            raise AlreadyRequested(requests=ending)
    return take_request(
        declared=declared,
        kind=RequestKind.TERMINATION,
        contracts=contracts,
        is_complete=found.is_complete,
        by=by,
        at=at,
    )
