"""A contract in the pure core: departments state, messages leave, time passes, and its plan is followed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from ligneclaire.contracts.queries.household import HeldEquipment
from ligneclaire.flow.course import Course
from ligneclaire.flow.engine import SOURCE, Journey, Line
from ligneclaire.flow.plan import Heard, StepRow
from ligneclaire.flow.states import JourneyState
from ligneclaire.journeys.plans import DEFINITIONS
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money
from ligneclaire.voice.rules.state import Rules
from ligneclaire.voice.rules.weigh import weigh

CALENDAR = Calendar()
INSTANT = timedelta(microseconds=1)
DEPARTMENTS = frozenset(
    {
        *("mailroom", "space", "contracts", "billing", "equipment", "equipment-south-west", "third-party-operators"),
        *("shop", "exchange", "field", "technical-service", "customer-service"),
    }
)
RULES = Rules(calendar=CALENDAR, sources=DEPARTMENTS | {SOURCE, "visits"})
TERMS = Terms(
    kind="fixed",
    since=date(2020, 1, 6),
    committed_until=None,
    price=Money.of("36.00"),
    deposit=Money.of("49.00"),
    equipment=(HeldEquipment(kind="box", serial="LB-1"), HeldEquipment(kind="tv decoder", serial="TV-1")),
)


class Said(NamedTuple):
    """What the plan stated or took back: when, about what, and the value."""

    at: str
    key: str
    value: object


@dataclass(kw_only=True)
class Contract:
    """One contract whose plans are followed; somebody looks whenever time passes."""

    terms: Terms = TERMS
    now: datetime | None = None
    heard: list[Heard] = field(default_factory=list)
    journeys: list[Journey] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    handled_to: datetime | None = None

    def it_is(self, when: str) -> Contract:
        """Let time pass until just before then."""
        self.now = datetime.fromisoformat(when).replace(tzinfo=CALENDAR.tz)
        self.look(until=self.now)
        return self

    def states(self, source: str, key: str, value: object, *, effective: str = "", as_: str = "") -> Contract:
        """A department states something now."""
        assert self.now
        self.heard.append(
            Heard(
                id=len(self.heard) + 1,
                source=source,
                source_id=as_ or f"e{len(self.heard) + 1}",
                kind=key,
                value=value,
                effective=date.fromisoformat(effective) if effective else None,
                at=self.now,
                recorded_at=self.now,
            )
        )
        return self

    def asks_to_leave(self, *, by: str = "letter", **more: object) -> Contract:
        """The customer asks to end the contract."""
        source = "space" if by == "online" else "mailroom"
        return self.states(source, "termination.requested", {"received_by": by, **more})

    def is_told(self, *keys: str) -> Contract:
        """A message leaves that says these topics."""
        return self.states(
            "channels", "channels.message_sent", {"message": "m", "channel": "letter", "topics": [*keys]}
        )

    def takes_back(self, source: str, name: str) -> Contract:
        """A source withdraws what it stated under a name."""
        return self.states(source, "fact.withdrawn", {"fact": name})

    def look(self, until: datetime | None = None) -> None:
        """Handle everything that happened up to now, and now."""
        assert self.now
        end = until or self.now + INSTANT
        course = Course(
            customer="C-1",
            subject="contract:K-1",
            heard=[fact for fact in self.heard if fact.recorded_at < end],
            since=self.handled_to,
            until=end,
            terms=self.terms,
            calendar=CALENDAR,
            weigh=partial(weigh, rules=RULES),
        )
        for moved in course.follow(DEFINITIONS, self.journeys):
            others = [one for one in self.journeys if one.uuid != moved.journey.uuid]
            self.journeys = [*others, moved.journey]
            self.lines += moved.lines
            for saying in moved.sayings:
                at = saying.at.astimezone(CALENDAR.tz)
                self.said.append(Said(f"{at:%Y-%m-%d %H:%M}", saying.kind, saying.value))
                self.heard.append(saying.as_heard(1000 + len(self.heard)))
        self.handled_to = end - INSTANT

    @property
    def journey(self) -> Journey:
        """The journey that began last."""
        return max(self.journeys, key=lambda journey: journey.started_at)

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done any more."""
        return all(journey.state is not JourneyState.RUNNING for journey in self.journeys)

    def all_of(self, kind: str) -> list[Journey]:
        """The journeys of a kind, oldest first."""
        return sorted((one for one in self.journeys if one.kind == kind), key=lambda one: one.started_at)

    def step(self, name: str, *, of: str = "") -> StepRow:
        """One step of the journey that began last, of a kind or of any."""
        journey = self.all_of(of)[-1] if of else self.journey
        return next(row for row in journey.steps if row.name == name)

    def steps(self, *, of: str = "") -> dict[str, tuple[str, str]]:
        """The steps that the customer needs, with state and date."""
        journey = self.all_of(of)[-1] if of else self.journey
        return {
            row.name: (str(row.state), row.expected_on.isoformat()) for row in journey.steps if row.state != "spared"
        }

    def has_said(self, key: str) -> list[object]:
        """Everything the plan stated of a topic, in order."""
        return [said.value for said in self.said if said.key == key]


def without_equipment(terms: Terms = TERMS) -> Terms:
    """The same contract, nothing lent."""
    return replace(terms, equipment=())
