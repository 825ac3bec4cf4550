"""An adviser finds no contract that a request could mean."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.contracts.actions.settle_request import NothingToMatch
from ligneclaire.contracts.models import RequestedEnd
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.states import RequestState
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class ReasonMissing(Refused):
    """A rejection needs a reason that others can read."""


@transaction.atomic
def reject_request(*, reference: str, reason: str, by: Actor, at: datetime) -> None:
    """Close a waiting request with a reason; contracts that it was found to mean end all the same."""
    refuse_unless(by, may=Right.DECIDE_REQUESTS)
    if not reason.strip():
        raise ReasonMissing(request=reference)
    request = requests.locked(reference)
    if request.state != RequestState.WAITING:
        raise NothingToMatch(request=reference, state=request.state)
    ends_some = RequestedEnd.objects.filter(request=request).exists()
    request.state = RequestState.TAKEN if ends_some else RequestState.REJECTED
    request.note, request.closed_by, request.closed_at = reason.strip()[:500], str(by), at
    request.save(update_fields=["state", "note", "closed_by", "closed_at"])
