"""Somebody gives up a new contract within the withdrawal period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from ligneclaire.contracts.actions.request_termination import AlreadyRequested, NotHeld
from ligneclaire.contracts.actions.take_request import take_request
from ligneclaire.contracts.queries import matches, requests
from ligneclaire.contracts.queries.matches import Match
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.contracts.rules.withdrawal import NewContract, last_day
from ligneclaire.contracts.states import RequestKind
from ligneclaire.contracts.values import Declaration
from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator


class WithdrawalPeriodOver(Refused):
    """The contract can no longer be given up, only ended; `last_days` by contract."""


@transaction.atomic
def renounce_contract(*, declared: Declaration, by: Actor, at: datetime) -> RequestCard:
    """Take the declaration and record one fact for each contract; the same form again is the first declaration.

    A guest is never refused: what leads to no contract, or to one whose period is over, waits for an adviser.
    """
    found = matches.of(declared)
    hold({match.customer for match in found.contracts})
    contracts = matches.locked([match.contract for match in found.contracts])
    known = requests.by_form(declared.form)
    if known:
        return known
    over = _over(contracts, at)
    if declared.customer:
        _check(declared, is_complete=found.is_complete, over=over)
    return take_request(
        declared=declared,
        kind=RequestKind.RENUNCIATION,
        contracts=[match for match in contracts if match.contract not in over],
        is_complete=found.is_complete and not over,
        by=by,
        at=at,
    )


def _over(contracts: Sequence[Match], at: datetime) -> dict[str, date]:
    """The contracts whose period is over, with its last day."""
    house = operator.current()
    calendar = house.calendar
    today = calendar.date_of(at)
    last_days = {
        match.contract: last_day(
            NewContract(concluded_on=match.concluded_on, informed_on=match.concluded_on), calendar=calendar
        )
        for match in contracts
    }
    return {contract: day for contract, day in last_days.items() if day and day < today}


def _check(declared: Declaration, *, is_complete: bool, over: Mapping[str, date]) -> None:
    if not is_complete:
        raise NotHeld(customer=declared.customer, contracts=declared.contracts)
    if over:
        raise WithdrawalPeriodOver(last_days=over)
    renounced = requests.open_of(declared.contracts, kind=RequestKind.RENUNCIATION)
    if renounced:
        raise AlreadyRequested(requests=renounced)
