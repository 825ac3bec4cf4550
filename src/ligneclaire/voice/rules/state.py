"""What the gate looks at: stated facts, what was told, and the calendar of one customer."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from ligneclaire.cases.facts import CONTACT_LOGGED, LETTER_RETURNED
from ligneclaire.contracts.facts import REASON_DECIDED
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.network.facts import BUILD_CANCELLED, BUILD_ORDERED, GIVEN, RELEASED
from ligneclaire.people.facts import ADDRESSING
from ligneclaire.promises.facts import PROMISE_CLOSED
from ligneclaire.promises.rules import Matter, Pledge
from ligneclaire.visits import facts as visits
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import comparable

WITHDRAWAL = "fact.withdrawn"
SETTLEMENT = "voice.contradiction_settled"
OWN_RECORDS = frozenset(
    {
        *(SETTLEMENT, "channels.message_sent", CONTACT_LOGGED, LETTER_RETURNED, PROMISE_CLOSED, REASON_DECIDED),
        *(GIVEN, RELEASED, BUILD_ORDERED, BUILD_CANCELLED),
        *(visits.BOOKED, visits.MOVED, visits.CANCELLED, visits.SET_OUT, visits.CLOSED, visits.MISSED),
    }
    | ADDRESSING
)


@dataclass(frozen=True, kw_only=True)
class Stated:
    """One fact as the voice reads it: who stated what about what, when, and when we knew."""

    id: int
    source: str
    source_id: str
    kind: str
    subject: str
    value: object
    effective: date | None = None
    at: datetime
    recorded_at: datetime

    @cached_property
    def order(self) -> tuple[datetime, str, str]:
        """Place among all facts of a customer, whatever the order of arrival."""
        return (self.at, self.source, self.source_id)

    @cached_property
    def says(self) -> str:
        """Its value in comparable form; only of a known topic."""
        return comparable(self.value, TOPICS[self.kind].takes)

    @property
    def name(self) -> str:
        """How people and files call it."""
        return f"{self.source}/{self.source_id}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A value that the customer has read from us; None: that the earlier one no longer holds."""

    utterance: UUID
    at: datetime
    subject: str
    key: str
    value: object
    effective: date | None = None
    is_proposal: bool = False  # of shadow mode: the customer has not read it

    @cached_property
    def says(self) -> str:
        """Its value in comparable form."""
        return comparable(self.value, TOPICS[self.key].takes)


class Mode(enum.StrEnum):
    """How much the voice may do: say it, only propose it, or nothing at all."""

    LIVE = "live"
    """Everything leaves."""
    SHADOW = "shadow"
    """Everything is decided and proposed, nothing leaves, nothing is promised."""
    STOP = "stop"
    """Nothing is said, and nothing that was said leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is the same for all customers of an operator at a time."""

    calendar: Calendar
    sources: frozenset[str]  # the departments we know
    modes: tuple[tuple[datetime, Mode], ...] = ()

    def mode_at(self, at: datetime) -> Mode:
        """Tell how much the voice might do at an instant."""
        return next((mode for since, mode in reversed(self.modes) if since <= at), Mode.LIVE)

    def mode_changes_after(self, at: datetime) -> datetime | None:
        """Tell when the voice may do more or less next."""
        return next((since for since, _ in self.modes if since > at), None)


@dataclass(frozen=True, kw_only=True)
class State:
    """All that the gate may know of one customer when it decides."""

    customer: str
    rules: Rules
    facts: tuple[Stated, ...] = ()
    ended: frozenset[int] = frozenset()
    told: tuple[Told, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    with_equipment: frozenset[str] = frozenset()  # subjects whose contract has equipment of ours
    decided_to: datetime | None = None
    look_again_at: datetime | None = None
    moving: frozenset[str] | None = None  # subjects to decide on (None: all); of others only signs of an end are known

    @cached_property
    def last_told(self) -> Mapping[str, Mapping[str, Told]]:
        """The last value told of each topic, by subject."""
        last: dict[str, dict[str, Told]] = defaultdict(dict)
        for told in self.told:
            last[told.subject][told.key] = told
        return last

    @cached_property
    def announced(self) -> Mapping[tuple[str, str], datetime]:
        """When we said last that we would tell a topic of a subject."""
        return {(p.subject, p.key): p.made_at for p in self.pledges if p.matter is Matter.TELLING}


class End(enum.StrEnum):
    """The final outcomes of a fact."""

    SAID = "said"
    """The first statement of what a message says."""
    FOLDED = "folded"
    """What it states was said already, or is said by another statement of the same value."""
    NOT_FOR_CUSTOMERS = "not for customers"
    """Kept, and never said: a contact, a sales sentence, a record of our own."""
    SUPERSEDED = "superseded"
    """A later statement of its source, a department in charge or a termination taken back prevails."""
    WITHDRAWN = "withdrawn"
    """Its source took it back."""
    SETTLED_AGAINST = "settled against"
    """The owner of the case chose another value."""
    NOT_UNDERSTOOD = "not understood"
    """Its topic, event or source is unknown, or it withdraws what was never stated; an owner sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one fact ended, and why."""

    fact: int
    end: End
    reason: str
    utterance: UUID | None = None
    by_fact: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One topic said in an utterance, with what was said before and the facts it rests on."""

    key: str
    value: object
    effective: date | None
    earlier: Told | None
    facts: tuple[int, ...]

    @property
    def says(self) -> str:
        """Its value in comparable form."""
        return comparable(self.value, TOPICS[self.key].takes)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A topic that stays behind, and the date by which it will be told."""

    key: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What the voice decided to say about one subject at one instant."""

    uuid: UUID
    subject: str
    at: datetime
    tellings: tuple[Telling, ...]
    follow_ups: tuple[FollowUp, ...]
    received_by: str  # how the request came in, "" when there was none: it is answered the same way
    request: Stated | None = None  # by which the customer leaves
    known: Mapping[str, object] = field(default_factory=dict)  # what was told earlier and is still so, by topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One of the values of a contradiction, and who states it."""

    value: object
    sources: tuple[str, ...]
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two standing values for one topic and subject, and nothing that says which prevails."""

    subject: str
    key: str
    claims: tuple[Claim, ...]
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Facts that wait, why, and until when at the latest."""

    subject: str
    facts: tuple[int, ...]
    reason: str
    keys: tuple[str, ...]
    until: datetime | None
