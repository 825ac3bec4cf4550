"""A number that goes to another operator: who tells the RIO, what ends, what comes back, what may stop it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ligneclaire import law
from ligneclaire.contracts.rules.early_termination import Commitment
from ligneclaire.contracts.rules.numbers import may_port
from ligneclaire.contracts.rules.rio import Rio
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.period import Period


class Suspension(StrEnum):
    """Why a line is suspended."""

    UNPAID = "unpaid"
    THEFT = "theft"


class RioFrom(StrEnum):
    """Who tells the RIO of a line."""

    FREE_NUMBER = "free_number"
    """The free number, called from the line; customer service tells it as well."""
    CUSTOMER_SERVICE = "customer_service"


class RecipientGround(StrEnum):
    """Why the operator that would receive a number may refuse."""

    NOT_HOLDER = "not_holder"
    """Who asks neither holds the number nor is mandated."""
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    NUMBERING_PLAN = "numbering_plan"
    """Fixed numbers only."""
    TECHNICAL = "technical"
    """Fixed numbers only."""


class DonorGround(StrEnum):
    """Why the operator that gives a number away may refuse; an unpaid bill is no ground."""

    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    INACTIVE = "inactive"
    """No longer active on the day of porting; a suspended line is active."""
    IN_PROGRESS = "in_progress"
    """Another request for this number is under way."""


class Outcome(StrEnum):
    """How a port ended."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Party(StrEnum):
    """Who takes part in a port."""

    CUSTOMER = "customer"
    RECIPIENT = "recipient"
    DONOR = "donor"


@dataclass(frozen=True, slots=True, kw_only=True)
class RioAnswer:
    """What whoever asks for a RIO is told, and nothing besides: the commitment if there is one, and the RIO."""

    committed_from: date | None
    committed_until: date | None
    rio: Rio


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One access of a customer: its contract and the numbers tied to it."""

    contract: str
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line of a number as its present operator sees it; a suspension, for whatever reason, does not end it."""

    is_complete: bool = True
    is_right: bool = True
    ended_on: date | None = None
    suspended_for: Suspension | None = None
    port_in_progress: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The time agreed for a switch, half-open."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None or self.ends_at <= self.starts_at:
            raise ValueError(f"a slot ends after it starts, with time zones: {self.starts_at} to {self.ends_at}")


def rio_from(suspended_for: Suspension | None) -> RioFrom:
    """Who tells the RIO: a line suspended for an unpaid bill cannot call the free number, so customer service does."""
    return RioFrom.CUSTOMER_SERVICE if suspended_for is Suspension.UNPAID else RioFrom.FREE_NUMBER


def told_with(rio: Rio, commitment: Commitment | None, *, on: date) -> RioAnswer:
    """What is told with a RIO on a day; a commitment that is over is none."""
    bound = commitment if commitment is not None and on < commitment.ends_on else None
    return RioAnswer(
        committed_from=bound.accepted_on if bound else None,
        committed_until=bound.ends_on if bound else None,
        rio=rio,
    )


def ended_by_port(number: str, accesses: Iterable[Access]) -> tuple[str, ...]:
    """The contracts that end when a number is ported: of its access only; what was committed remains due."""
    return tuple(sorted(access.contract for access in accesses if number in access.numbers))


def goes_on_after(outcome: Outcome) -> bool:
    """Tell whether the contract of the number goes on: unless it was really ported."""
    return outcome is not Outcome.DONE


def period_after(held: Period, outcome: Outcome, *, on: date) -> Period:
    """The time of the one contract after a port: ended when done, else as it was, so that no day is billed twice."""
    return Period(held.start) if goes_on_after(outcome) else Period(held.start, on)


def may_cancel(party: Party) -> bool:
    """Tell whether this party can cancel a port with the donor: the customer asks the recipient, who alone can."""
    return party is Party.RECIPIENT


def restored_by(lost_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day by which a switched Internet access works again."""
    return law.last_day("POR-08", after=lost_on, calendar=calendar)


def donor_grounds(line: Line, *, port_on: date, calendar: Calendar = law.FRANCE) -> tuple[DonorGround, ...]:
    """All grounds on which the present operator refuses a port on a day; none means that it must be done."""
    found = {
        DonorGround.INCOMPLETE: not line.is_complete,
        DonorGround.WRONG: not line.is_right,
        DonorGround.INACTIVE: not may_port(line.ended_on, port_on, calendar=calendar),
        DonorGround.IN_PROGRESS: line.port_in_progress,
    }
    return tuple(ground for ground, holds in found.items() if holds)


def recipient_grounds(*, is_fixed: bool) -> tuple[RecipientGround, ...]:
    """The grounds on which a request for such a number may be refused at all."""
    only_fixed = {RecipientGround.NUMBERING_PLAN, RecipientGround.TECHNICAL}
    return tuple(ground for ground in RecipientGround if is_fixed or ground not in only_fixed)
