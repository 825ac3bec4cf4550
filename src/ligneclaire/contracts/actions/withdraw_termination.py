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
from ligneclaire.kernel.actor import Actor, ActorKind
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

    For the customer who is signed in, a contract that an earlier request ends goes on too: whoever takes one of two
    back wants to stay. The link of a guest undoes what was declared with it and nothing else: where somebody else
    declared the end too, the contract ends as it was told.
    """
    contracts, request = _locked(reference)
    _check(request, at)
    own = [match.contract for match in contracts if by == Actor(ActorKind.CUSTOMER, match.person)]
    undone = RequestedEnd.objects.filter(
        Q(contract__number__in=own) | Q(request=request),
        kind=RequestKind.TERMINATION,
        state__in=(EndState.OPEN, EndState.FOLDED),
    )
    ended_by = requests.open_of([match.contract for match in contracts], kind=RequestKind.TERMINATION)
    undone.update(state=EndState.WITHDRAWN)
    _promote(ended_by)
    still_ending = requests.open_of(ended_by, kind=RequestKind.TERMINATION)
    _close(reference, own, by=by, at=at)
    going_on = [match for match in contracts if match.contract in ended_by.keys() - still_ending.keys()]
    record(
        [
            Statement(
                source=SOURCE,
                source_id=f"{ended_by[match.contract]}/{match.contract}/withdrawn",
                kind=WITHDRAWN,
                customer=match.customer,
                subject=str(Ref("contract", match.contract)),
                value={"received_by": "online", "request": ended_by[match.contract]},
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


def _promote(contracts: Collection[str]) -> None:
    """Let the oldest request that was folded into one which fell end the contract in its place."""
    rows = RequestedEnd.objects.filter(contract__number__in=contracts, kind=RequestKind.TERMINATION)
    ending = rows.filter(state=EndState.OPEN).values("contract")
    folded = rows.filter(state=EndState.FOLDED).exclude(contract__in=ending)
    oldest = folded.order_by("contract", "id").distinct("contract")
    RequestedEnd.objects.filter(id__in=list(oldest.values_list("id", flat=True))).update(state=EndState.OPEN)


def _close(reference: str, contracts: list[str], *, by: Actor, at: datetime) -> None:
    """Close this request, and others that have nothing left to end."""
    others = RequestedEnd.objects.filter(contract__number__in=contracts, kind=RequestKind.TERMINATION)
    alive = RequestedEnd.objects.filter(state__in=(EndState.OPEN, EndState.FOLDED)).values("request")
    left = TerminationRequest.objects.filter(id__in=others.values("request"), state=RequestState.TAKEN)
    closed = {"state": RequestState.WITHDRAWN, "closed_by": str(by), "closed_at": at}
    left.exclude(id__in=alive).update(**closed)
    TerminationRequest.objects.filter(reference=reference).update(**closed)
