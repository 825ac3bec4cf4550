"""Two numbers side by side before they are merged: who each is, what each holds, and what is the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.people.queries import authorised
from ligneclaire.people.queries.authorised import PersonCard
from ligneclaire.people.queries.merging import Merging, Side

WAYS = ("address", "mobile", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One side, with all that is under its numbers."""

    side: Side
    is_used: bool  # from then on, for both
    contracts: tuple[Holding, ...]
    cases: tuple[CaseCard, ...]
    persons: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Both sides, what is not the same, and what may be a warning."""

    pair: Merging
    sides: tuple[Shown, Shown]

    @property
    def has_other_name(self) -> bool:
        """Whether they are not called the same: perhaps they are two."""
        return "name" in self.pair.differs

    @property
    def shares_nothing(self) -> bool:
        """Whether no address, mobile or e-mail says that they are one."""
        known = [name for name in WAYS if getattr(self.pair.merged, name)]
        return not any(name not in self.pair.differs for name in known)


def preview(pair: Merging, *, on: date) -> Preview:
    """Look at both, in the same few queries however much they hold."""
    numbers = [*pair.merged.numbers, *pair.survivor.numbers]
    held, cases = household.of(numbers), [case for case in cards.of_all(numbers) if case.is_open]
    persons = authorised.holding(authorised.of(numbers), on=on)
    merged, survivor = (
        _shown(side, held, cases, persons, is_used=side is pair.survivor) for side in (pair.merged, pair.survivor)
    )
    return Preview(pair=pair, sides=(merged, survivor))


def _shown(
    side: Side,
    held: Mapping[str, tuple[Holding, ...]],
    cases: list[CaseCard],
    persons: tuple[PersonCard, ...],
    *,
    is_used: bool,
) -> Shown:
    return Shown(
        side=side,
        is_used=is_used,
        contracts=tuple(holding for number in side.numbers for holding in held[number]),
        cases=tuple(case for case in cases if case.customer in side.numbers),
        persons=tuple(person for person in persons if person.customer in side.numbers),
    )
