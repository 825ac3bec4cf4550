"""How long a customer may be bound, what lengthens it, and what is left of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from ligneclaire import law
from ligneclaire.contracts.rules.early_termination import Commitment
from ligneclaire.kernel.refusal import Refused


class CommitmentTooLong(Refused):
    """A commitment of more months than the law allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of a commitment: its end, and the months begun until then; none when it is over."""

    ends_on: date | None
    months: int


def check_length(months: int, *, on: date, country: str = "FR") -> None:
    """Refuse a commitment that is too long on the day on which it would be made."""
    most = law.value("TER-10", on=on, country=country).of(int)
    if months > most:
        raise CommitmentTooLong(months=months, most=most)


def after_addition(
    commitment: Commitment, *, added_on: date, months: int, expressly_accepted: bool, country: str = "FR"
) -> Commitment:
    """The commitment once a service or device is added: as it was, unless a new one was expressly accepted."""
    if not expressly_accepted:
        return commitment
    check_length(months, on=added_on, country=country)
    return replace(commitment, accepted_on=added_on, months=months)


def may_leave(bundle: Collection[str], *, not_conforming: Collection[str]) -> tuple[str, ...]:
    """The parts of a bundle that the customer may end: all as soon as one is not as it should be."""
    return tuple(sorted(bundle)) if set(bundle) & set(not_conforming) else ()


def left_on(commitment: Commitment | None, day: date) -> Left:
    """What a bill says of the commitment."""
    if commitment is None or day >= commitment.ends_on:
        return Left(ends_on=commitment.ends_on if commitment else None, months=0)
    return Left(ends_on=commitment.ends_on, months=commitment.months - commitment.done_on(day))
