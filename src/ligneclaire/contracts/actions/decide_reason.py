"""An adviser decides whether the reason that came with a request frees of the fee."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from ligneclaire.contracts.facts import REASON_DECIDED
from ligneclaire.contracts.models import RequestedEnd, TerminationRequest
from ligneclaire.contracts.queries import matches, requests
from ligneclaire.contracts.queries.matches import Match
from ligneclaire.contracts.rules.reasons import Reason, is_over_indebtedness_eligible
from ligneclaire.contracts.states import EndState, RequestState
from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import operator

SOURCE = "desk"


class NothingToDecide(Refused):
    """The request gives no reason, ends no contract yet, or was decided, rejected or taken back."""


class RefusalUnexplained(Refused):
    """Refusing a reason needs a note that others can read."""


class CommissionDayMissing(Refused):
    """Over-indebtedness is accepted by the day on which the commission received the file; it is no day to come."""


class ContractsTooYoung(Refused):
    """None of the contracts is old enough for over-indebtedness to end it without a fee; `contracts` by number."""


@transaction.atomic
def decide_reason(
    *,
    reference: str,
    is_accepted: bool,
    note: str,
    received_by_commission_on: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """Decide on the reason of a request once, one fact for each contract that it ends or wants to end.

    A contract that is too young for over-indebtedness keeps its fee, even where others of the request do not.
    """
    refuse_unless(by, may=Right.DECIDE_REQUESTS)
    if not is_accepted and not note.strip():
        raise RefusalUnexplained(request=reference)
    touched = _touched(reference)
    hold({match.customer for match in matches.known(touched)})
    contracts = matches.locked(touched)
    request = requests.locked(reference)
    can_be_decided = request.state == RequestState.TAKEN and request.reason and not request.decided_at
    if not can_be_decided or _touched(reference) != touched:
        raise NothingToDecide(request=reference, state=request.state)
    freed = _freed(request, contracts, received_by_commission_on, at) if is_accepted else frozenset()
    _write(request, is_accepted=is_accepted, note=note, received_on=received_by_commission_on, by=by, at=at)
    facts = [_decided(request, match, is_accepted=match.contract in freed, at=at) for match in contracts]
    record(facts, by=by, at=at)


def _touched(reference: str) -> frozenset[str]:
    ends = RequestedEnd.objects.filter(request__reference=reference, state__in=(EndState.OPEN, EndState.FOLDED))
    return frozenset(ends.values_list("contract__number", flat=True))


def _freed(
    request: TerminationRequest, contracts: Collection[Match], received_on: date | None, at: datetime
) -> frozenset[str]:
    """TER-12: for over-indebtedness, the contracts that are old enough."""
    if request.reason != Reason.OVER_INDEBTEDNESS:
        return frozenset(match.contract for match in contracts)
    house = operator.current()
    calendar = house.calendar
    if received_on is None or received_on > calendar.date_of(at):
        raise CommissionDayMissing(request=request.reference)
    old_enough = frozenset(
        match.contract
        for match in contracts
        if is_over_indebtedness_eligible(
            concluded_on=match.concluded_on, received_by_commission_on=received_on, calendar=calendar
        )
    )
    if not old_enough:
        raise ContractsTooYoung(contracts=sorted(match.contract for match in contracts))
    return old_enough


def _write(
    request: TerminationRequest, *, is_accepted: bool, note: str, received_on: date | None, by: Actor, at: datetime
) -> None:
    request.is_reason_accepted, request.decision_note = is_accepted, note.strip()[:500]
    request.received_by_commission_on = received_on
    request.decided_by, request.decided_at = str(by), at
    request.save(
        update_fields=[
            "is_reason_accepted", "decision_note", "received_by_commission_on", "decided_by", "decided_at",
        ]
    )  # fmt: skip


def _decided(request: TerminationRequest, match: Match, *, is_accepted: bool, at: datetime) -> Statement:
    return Statement(
        source=SOURCE,
        source_id=f"{request.reference}/{match.contract}/decided",
        kind=REASON_DECIDED,
        customer=match.customer,
        subject=str(Ref("contract", match.contract)),
        value={"reason": request.reason, "accepted": is_accepted, "request": request.reference},
        effective=None,
        at=at,
    )
