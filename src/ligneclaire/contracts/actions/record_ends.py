"""Say of contracts that a request ends them: one fact each, unless an earlier request ends them already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.contracts.models import RequestedEnd, TerminationRequest
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.matches import Match
from ligneclaire.contracts.states import EndState, RequestKind
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref

SOURCE = "space"
REQUESTED = {RequestKind.TERMINATION: "termination.requested", RequestKind.RENUNCIATION: "withdrawal.requested"}


@transaction.atomic
def record_ends(*, request: TerminationRequest, contracts: Sequence[Match], by: Actor, at: datetime) -> None:
    """Write the contracts down and record their facts; the caller holds the contracts and their customers."""
    kind = RequestKind(request.kind)
    ending = requests.open_of([match.contract for match in contracts], kind=kind)
    RequestedEnd.objects.bulk_create(
        RequestedEnd(
            request=request,
            contract_id=match.contract,
            kind=kind,
            state=EndState.FOLDED if match.contract in ending else EndState.OPEN,
        )
        for match in contracts
    )
    record([_stated(request, match) for match in contracts if match.contract not in ending], by=by, at=at)


def _stated(request: TerminationRequest, match: Match) -> Statement:
    return Statement(
        source=SOURCE,
        source_id=f"{request.reference}/{match.contract}",
        kind=REQUESTED[RequestKind(request.kind)],
        customer=match.customer,
        subject=str(Ref("contract", match.contract)),
        value=_value(request),
        effective=None,
        at=request.received_at,
    )


def _value(request: TerminationRequest) -> dict[str, object]:
    value: dict[str, object] = {"received_by": "online", "request": request.reference}
    if request.kind == RequestKind.RENUNCIATION:
        return value | {"declared_at": request.received_at.isoformat()}
    if request.wished_on:
        value["wished_on"] = request.wished_on.isoformat()
    if request.reason:
        value["reason"] = request.reason
    return value
