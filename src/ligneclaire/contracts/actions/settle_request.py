"""An adviser says which contracts a request means."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ligneclaire.contracts.actions.record_ends import record_ends
from ligneclaire.contracts.models import RequestedEnd
from ligneclaire.contracts.queries import matches, requests
from ligneclaire.contracts.states import RequestState
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import numbers


class NothingToMatch(Refused):
    """The request does not wait for an adviser: it was settled, rejected or taken back."""


class ContractUnknown(Refused):
    """There is no contract with one of these numbers, or none was given."""


class SeveralCustomers(Refused):
    """The contracts belong to different customers; a request is one customer's."""


@transaction.atomic
def settle_request(*, reference: str, contracts: Collection[str], by: Actor, at: datetime) -> None:
    """Match a waiting request to contracts, once; their facts say when the request came, not when it was matched."""
    refuse_unless(by, may=Right.DECIDE_REQUESTS)
    hold({match.customer for match in matches.known(contracts)})
    found = matches.locked(contracts)
    request = requests.locked(reference)
    if request.state != RequestState.WAITING:
        raise NothingToMatch(request=reference, state=request.state)
    missing = set(contracts) - {match.contract for match in found}
    if missing or not found:
        raise ContractUnknown(contracts=sorted(missing))
    meant = numbers.survivor_of(request.customer_id) if request.customer_id else None
    persons = {match.person for match in found} | ({meant} - {None})
    if len(persons) > 1:
        raise SeveralCustomers(customers=sorted(map(str, persons)))
    request.state, request.customer_id, request.owner_id = RequestState.TAKEN, found[0].customer, found[0].adviser
    request.closed_by, request.closed_at = str(by), at
    request.save(update_fields=["state", "customer", "owner", "closed_by", "closed_at"])
    known = set(RequestedEnd.objects.filter(request=request).values_list("contract__number", flat=True))
    record_ends(request=request, contracts=[one for one in found if one.contract not in known], by=by, at=at)
