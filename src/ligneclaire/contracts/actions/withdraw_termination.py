"""Somebody takes a request to end contracts back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ligneclaire.contracts.actions.record_ends import SOURCE
from ligneclaire.contracts.models import RequestedEnd, TerminationRequest
from ligneclaire.contracts.queries import matches, requests
from ligneclaire.contracts.queries.matches import Match
from ligneclaire.contracts.states import EndState, RequestKind, RequestState
from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator

WITHDRAWN = "termination.withdrawn"


class NothingRequested(Refused):
    """The request ends nothing: it was taken back before, or it is no termination."""


class ContractOver(Refused):
    """The contract has ended; `ended_on` was its last day."""


@transaction.atomic
def withdraw_termination(*, reference: str, by: Actor, at: datetime) -> tuple[str, ...]:
    """Take a request back until its last day; return the contracts that go on, one fact for each.

    A contract that an earlier request ends goes on too: whoever takes one of two back wants to stay. But what a
    customer declared who was signed in, nobody else undoes by the link of a request of their own.
    """
    contracts, request = _locked(reference)
    _check(request, at)
    protected = _protected([match.contract for match in contracts], by)
    numbers = [match.contract for match in contracts if match.contract not in protected]
    open_ = requests.open_of(numbers, kind=RequestKind.TERMINATION)
    RequestedEnd.objects.filter(
        Q(contract__number__in=numbers) | Q(request=request),
        kind=RequestKind.TERMINATION,
        state__in=(EndState.OPEN, EndState.FOLDED),
    ).update(state=EndState.WITHDRAWN)
    _close(reference, numbers, by=by, at=at)
    going_on = [match for match in contracts if match.contract in open_]
    record(
        [
            Statement(
                source=SOURCE,
                source_id=f"{open_[match.contract]}/{match.contract}/withdrawn",
                kind=WITHDRAWN,
                customer=match.customer,
                subject=str(Ref("contract", match.contract)),
                value={"received_by": "online", "request": open_[match.contract]},
                effective=None,
                at=at,
            )
            for match in going_on
        ],
        by=by,
        at=at,
    )
    return tuple(match.contract for match in going_on)


def _locked(reference: str) -> tuple[tuple[Match, ...], TerminationRequest]:
    """Lock contracts before the request, as everybody does; again if an adviser matched it in between."""
    while True:
        touched = _touched(reference)
        hold({match.customer for match in matches.known(touched)})
        contracts = matches.locked(touched)
        request = requests.locked(reference)
        if _touched(reference) == touched:
            return contracts, request


def _touched(reference: str) -> frozenset[str]:
    rows = RequestedEnd.objects.filter(request__reference=reference)
    return frozenset(rows.values_list("contract__number", flat=True))


def _check(request: TerminationRequest, at: datetime) -> None:
    if request.kind != RequestKind.TERMINATION or request.state == RequestState.WITHDRAWN:
        raise NothingRequested(request=request.reference)
    if Calendar(zone=operator.current().zone).date_of(at) > request.latest_end:
        raise ContractOver(request=request.reference, ended_on=request.latest_end)


def _protected(contracts: Collection[str], by: Actor) -> frozenset[str]:
    """The contracts that end because their customer said so, signed in, and is not the one who acts."""
    declared = RequestedEnd.objects.filter(
        contract__number__in=contracts, kind=RequestKind.TERMINATION, state=EndState.OPEN, request__is_guest=False
    )
    return frozenset(declared.exclude(request__received_by=str(by)).values_list("contract__number", flat=True))


def _close(reference: str, contracts: list[str], *, by: Actor, at: datetime) -> None:
    """Close this request, and others that have nothing left to end."""
    others = RequestedEnd.objects.filter(contract__number__in=contracts, kind=RequestKind.TERMINATION)
    alive = RequestedEnd.objects.filter(state__in=(EndState.OPEN, EndState.FOLDED)).values("request")
    left = TerminationRequest.objects.filter(id__in=others.values("request"), state=RequestState.TAKEN)
    closed = {"state": RequestState.WITHDRAWN, "closed_by": str(by), "closed_at": at}
    left.exclude(id__in=alive).update(**closed)
    TerminationRequest.objects.filter(reference=reference).update(**closed)
