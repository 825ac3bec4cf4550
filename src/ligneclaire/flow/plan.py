"""What a plan is: steps with their departments, dates and ends, and what the plan itself has to say. Pure.

A definition is a table of rules; each rule reads one `View`. A rule that depends on time asks `has_come`, and is
asked again when that instant comes: so timers follow from the rules and nobody sets them by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from ligneclaire.flow.states import StepState
from ligneclaire.kernel.calendar import Calendar

Terms = TypeVar("Terms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One fact about the subject of a journey, as it was recorded."""

    id: int
    source: str
    source_id: str
    kind: str
    value: object
    effective: date | None
    at: datetime
    recorded_at: datetime

    @property
    def name(self) -> str:
        """How people and files call it."""
        return f"{self.source}/{self.source_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What the facts support of one topic: its value, and everything that was said of it, in order."""

    value: object
    effective: date | None
    said: tuple[Heard, ...]
    is_contested: bool = False


Weigh = Callable[[Sequence[Heard]], Mapping[str, Stands]]
"""Says what stands of each topic, given the facts of one subject: who is in charge is not decided here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of a running journey."""

    name: str
    department: str
    after: tuple[str, ...]
    state: StepState
    expected_on: date
    latest_on: date | None = None  # by law
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    handed_over_at: datetime | None = None
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Generic[Terms]):
    """All that a rule may look at: what stands, what was agreed, the steps, the calendar, and the instant."""

    at: datetime
    calendar: Calendar
    terms: Terms
    stands: Mapping[str, Stands]
    heard: Sequence[Heard]
    steps: Mapping[str, StepRow]
    own: Mapping[str, object]  # what the plan itself stated and did not take back
    started_at: datetime
    awaited: set[datetime] = field(default_factory=set)  # instants to look again at

    @property
    def today(self) -> date:
        """The local day."""
        return self.calendar.date_of(self.at)

    def value(self, key: str) -> object:
        """What stands of a topic; None for nothing, and while it is contested."""
        found = self.stands.get(key)
        return None if found is None or found.is_contested else found.value

    def day(self, key: str) -> date | None:
        """What stands of a topic that takes a date."""
        value = self.value(key)
        return date.fromisoformat(value) if isinstance(value, str) else None

    def stated_by_others(self, key: str, *, source: str) -> bool:
        """Whether a department has said something of a topic, contested or not."""
        found = self.stands.get(key)
        return found is not None and any(fact.source != source for fact in found.said)

    def has_come(self, at: datetime) -> bool:
        """Whether an instant is here; if not, the rules are asked again then."""
        if at > self.at:
            self.awaited.add(at)
        return at <= self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[Terms]):
    """A department's part: when it is due, which steps come before, what closes it, and for whom it exists."""

    name: str
    department: Callable[[View[Terms]], str]
    due: Callable[[View[Terms]], date]
    closed: Callable[[View[Terms]], datetime | None]
    """Since when it is over, as far as the facts say."""
    after: tuple[str, ...] = ()
    wanted: Callable[[View[Terms]], bool] = lambda _: True
    latest: Callable[[View[Terms]], date | None] = lambda _: None
    tells: str = ""
    """The topic whose date, once told, is the promise of this step."""
    is_inside: bool = False
    """Work of the house that is not drawn for the customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Says(Generic[Terms]):
    """What the plan itself states of a topic, while nothing better is known; None: nothing, or no longer."""

    key: str
    value: Callable[[View[Terms]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Generic[Terms]):
    """A journey: what begins it, what puts an end to it, its steps, and what it says."""

    kind: str
    version: int
    triggers: frozenset[str]
    """Topics without which nothing begins it."""
    begins: Callable[[Mapping[str, Stands]], Heard | None]
    """The fact that begins it, if one stands."""
    cancelled: Callable[[View[Terms]], bool]
    steps: tuple[Step[Terms], ...]
    says: tuple[Says[Terms], ...] = ()
    again: Callable[[Mapping[str, Stands]], bool] | None = None
    """Whether something asks for another after a finished one; None: nothing ever does.

    Each then hears only what is said from its own beginning on, and besides it what is said of `context` at any time.
    """
    context: frozenset[str] = frozenset()
