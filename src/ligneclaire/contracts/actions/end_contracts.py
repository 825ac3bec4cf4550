"""The operator ends contracts, many at once: each gets its plan, each customer one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ligneclaire import law
from ligneclaire.contracts.queries import holders
from ligneclaire.facts.record import record, stated
from ligneclaire.facts.stated import Priority, Statement
from ligneclaire.flow.queries import steps
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.calendar import add_months
from ligneclaire.kernel.ref import Ref
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import operator

SOURCE, ENDS_ON, TERMINATION = "contracts", "contract.ends_on", "termination"
NAMED = 10  # contracts in one complaint; more would fill a screen


class NoticeTooShort(Refused):
    """A contract that its operator ends needs more notice (CHG-01)."""


class ContractsUnknown(Refused):
    """There are no contracts with these numbers."""


class EndedOtherwise(Refused):
    """The same command ended these contracts on another day.

    `count` says how many they are, `contracts` names the first ten.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How many contracts end by this, how many did so already, and how many end for another reason on their own day."""

    new: int
    before: int
    leaving: int

    def __add__(self, other: Ended) -> Ended:
        return Ended(new=self.new + other.new, before=self.before + other.before, leaving=self.leaving + other.leaving)


@transaction.atomic
def end_contracts(*, contracts: Sequence[str], ends_on: date, name: str, by: Actor, at: datetime) -> Ended:
    """State for each contract that it ends, under a name by which the same command is known again."""
    _check_notice(ends_on, at)
    holder_of = holders.of(contracts)
    if missing := sorted(set(contracts) - holder_of.keys()):
        raise ContractsUnknown(contracts=missing)
    known = stated({(SOURCE, f"{name}/{contract}") for contract in contracts})
    if differing := sorted(one.subject for one in known.values() if one.value != ends_on.isoformat()):
        raise EndedOtherwise(contracts=differing[:NAMED], count=len(differing))
    statements = [_statement(contract, holder_of[contract], ends_on, name, at) for contract in sorted(contracts)]
    others = [statement for statement in statements if statement.once not in known]
    leaving = steps.under_way(TERMINATION, [statement.subject for statement in others])
    new = [statement for statement in others if statement.subject not in leaving]
    record(new, by=by, at=at, priority=Priority.BULK)
    return Ended(new=len(new), before=len(known), leaving=len(leaving))


def _check_notice(ends_on: date, at: datetime) -> None:
    house = operator.current()
    today = house.calendar.date_of(at)
    earliest = add_months(today, law.value("CHG-01.notice", on=today, country=house.country).of(int))
    if ends_on < earliest:
        raise NoticeTooShort(ends_on=ends_on, earliest=earliest)


def _statement(contract: str, customer: str, ends_on: date, name: str, at: datetime) -> Statement:
    return Statement(
        source=SOURCE,
        source_id=f"{name}/{contract}",
        kind=ENDS_ON,
        customer=customer,
        subject=str(Ref("contract", contract)),
        value=ends_on.isoformat(),
        effective=None,
        at=at,
    )
