"""What a customer holds, and when it ends as far as they were told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ligneclaire.contracts.queries import household
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.contracts.rules.commitments import left_on
from ligneclaire.flow.queries import steps
from ligneclaire.flow.states import JourneyState
from ligneclaire.kernel.ref import Ref
from ligneclaire.promises.queries import pledges
from ligneclaire.promises.rules import Matter, Pledge, PledgeState
from ligneclaire.voice.queries import asked
from ligneclaire.voice.topics import ENDS_ON
from ligneclaire.voice.wording import rio

NO_LONGER_SO = {PledgeState.MOVED, PledgeState.BROKEN}
FIXED = "fixed"
ENDED_BY = ("termination", "withdrawal")
"""The plans that end a contract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A contract; `committed_until` only while that day lies ahead, `ends_on` only when it was told.

    `months_left` are those begun until then, 0 where only the day is known; `rio` is its sentence, "" for none.
    What it `may` have asked for is a move while nobody ends it, a repair while the line is ours, each of a line at a
    place.
    """

    holding: Holding
    committed_until: date | None
    months_left: int
    rio: str
    ends_on: date | None
    has_ended: bool
    may_move: bool
    may_be_repaired: bool


def of(numbers: Collection[str], *, holder: str, today: date, language: str) -> tuple[Held, ...]:
    """Every contract of a person, those that have ended last; `holder` is what the person is called."""
    ends = told_ends(pledge for made in pledges.of(numbers).values() for pledge in made)
    plans = [one for one in steps.of(numbers) if one.state is not JourneyState.CANCELLED]
    leaving = {one.subject for one in plans if one.kind in ENDED_BY}
    left = {one.subject for one in plans if asked.has_left([(step.name, step.state) for step in one.steps])}
    held = [
        _held(holding, ends, today, _rio(holding, holder, today, language), leaving=leaving, left=left)
        for own in household.of(numbers).values()
        for holding in own
    ]
    return tuple(sorted(held, key=lambda one: one.has_ended))


def told_ends(made: Iterable[Pledge]) -> dict[str, date]:
    """When contracts end, by number, as it was told last and still stands."""
    last = {
        Ref.parse(one.subject).number: one
        for one in sorted(made, key=lambda one: one.made_at)
        if one.key == ENDS_ON and one.matter is Matter.VALUE
    }
    return {
        number: date.fromisoformat(str(one.value))
        for number, one in last.items()
        if one.state not in NO_LONGER_SO and one.value is not None
    }


def _rio(holding: Holding, holder: str, today: date, language: str) -> str:
    return rio.told(holding, holder=holder, today=today, language=language)


def _held(
    holding: Holding, ends: Mapping[str, date], today: date, sentence: str, *, leaving: set[str], left: set[str]
) -> Held:
    committed, ends_on = holding.committed_until, ends.get(holding.contract)
    has_ended, subject = ends_on is not None and ends_on < today, str(Ref("contract", holding.contract))
    is_ours = holding.kind == FIXED and not has_ended and subject not in left
    return Held(
        holding=holding,
        committed_until=committed if committed and committed > today else None,
        months_left=left_on(holding.commitment, today).months,
        rio="" if has_ended else sentence,
        ends_on=ends_on,
        has_ended=has_ended,
        may_move=is_ours and subject not in leaving,
        may_be_repaired=is_ours,
    )
