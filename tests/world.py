"""A world whose days pass when a test says so: departments state, owners settle, customers hear."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from builders import STORIES, a_world
from ligneclaire.cases.queries import cards
from ligneclaire.channels.content import Content
from ligneclaire.channels.email.text import text_of
from ligneclaire.channels.queries import messages
from ligneclaire.config.wiring import deliver
from ligneclaire.facts.delivery import next_due
from ligneclaire.facts.stated import Answer
from ligneclaire.journeys.queries import plans
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.promises.queries import pledges
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.actions.settle_contradiction import settle_contradiction
from ligneclaire.voice.actions.state_facts import Taken, state_facts
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.intake import parse
from ligneclaire.voice.queries import told
from ligneclaire.voice.rules.state import Mode

INSTANT = timedelta(microseconds=1)
CALENDAR = Calendar()
MONDAY = "2015-02-16T10:00:00+01:00"  # of the second story


@contextmanager
def standing_for_a_module(blocker: DjangoDbBlocker, outbox: Path) -> Iterator[None]:
    """What is written in the block before it yields stands for the tests of a module, each of which undoes its own."""
    settings.OUTBOX = outbox
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


class Message(NamedTuple):
    """What a customer read: when it left, how, and the topics in their order."""

    left_at: str
    channel: str
    topics: list[tuple[str, object]]


class Contested(NamedTuple):
    """A contradiction: who states what, whom we asked, and what was settled."""

    topic: str
    values: list[tuple[object, list[str]]]
    owner: str
    settled: object


class Stage(NamedTuple):
    """A step of the customer's plan: whose it is, when we expect it, which date was told, where it stands."""

    step: str
    department: str
    expected_on: str
    promised_on: str | None
    state: str


class World:
    """The operator of the stories, or another, and its clock."""

    def __init__(self, document: object = None) -> None:
        a_world(document)
        self.outbox: Path = settings.OUTBOX
        self.now: datetime | None = None
        self._stated = 0

    def again(self) -> World:
        """The same world for one more test, with what has left the house so far lying in the outbox of that test."""
        if self.outbox.exists():
            shutil.copytree(self.outbox, settings.OUTBOX)
        return copy.copy(self)

    def it_is(self, when: str | datetime) -> None:
        """Let time pass until then; everything that falls due before is done at its own instant."""
        self.voice_decides(when, sends=True)

    def voice_decides(self, when: str | datetime, *, sends: bool = False) -> None:
        """Let time pass until then while, unless it sends, no message leaves the house."""
        at = datetime.fromisoformat(when) if isinstance(when, str) else when
        at = at if at.tzinfo else at.replace(tzinfo=CALENDAR.tz)
        assert self.now is None or at >= self.now, "time does not go back"
        self.now = at
        while (due := next_due()) is not None and due < at:
            while deliver(until=due + INSTANT):
                pass
            if sends:
                self.messages_leave()

    def messages_leave(self) -> None:
        """Let go what is queued, at the instant at which it was written."""
        for card in messages.waiting_to_leave():
            dispatch(message=card.uuid, by=SYSTEM, at=card.written_at)

    def read(self, file: str) -> list[Taken]:
        """Let the events of a story happen, each in its own time."""
        lines = (STORIES / file).read_text(encoding="utf-8").splitlines()
        events = sorted(map(json.loads, lines), key=lambda event: (event["at"], event["source"], event["id"]))
        return [self._take(event) for event in events]

    def read_on(self, file: str, *, until: str) -> dict[str, Taken]:
        """Let the events of a story happen that are still to come, up to then; the answers by name."""
        lines = (STORIES / file).read_text(encoding="utf-8").splitlines()
        events = sorted(map(json.loads, lines), key=lambda event: (event["at"], event["source"], event["id"]))
        end = datetime.fromisoformat(until).replace(tzinfo=CALENDAR.tz)
        instants = [(datetime.fromisoformat(event["at"]), event) for event in events]
        coming = [event for at, event in instants if at < end and (self.now is None or at > self.now)]
        taken = {f"{event['source']}/{event['id']}": self._take(event) for event in coming}
        self.it_is(until)
        return taken

    def department(self, code: str) -> Department:
        """One part of the operator."""
        return Department(self, code)

    def adviser(self, number: str) -> Adviser:
        """One of those who own cases."""
        return Adviser(self, number)

    def customer(self, number: str) -> Customer:
        """Somebody whom the voice speaks to."""
        return Customer(self, number)

    def voice(self, mode: Mode) -> None:
        """Let the voice speak, only propose, or be silent from now on."""
        set_mode(mode=mode, reason="as the story wants", by=SYSTEM, at=self._at())

    def state(self, event: dict[str, object]) -> Taken:
        """Take in one event now."""
        self._stated += 1
        return self._take({"id": f"w{self._stated}", "at": self._at().isoformat()} | event)

    def _take(self, event: dict[str, object]) -> Taken:
        at = datetime.fromisoformat(str(event["at"]))
        if self.now is None or at > self.now:
            self.it_is(at)
        return state_facts(items=[parse(event)], by=SYSTEM, at=self._at())[0]

    def _at(self) -> datetime:
        assert self.now is not None, "say first when it is"
        return self.now


@dataclass(frozen=True)
class Department:
    """States facts and never speaks to a customer."""

    world: World
    code: str

    def states(self, key: str, value: object, *, of: str = "K-ADSL-1", as_: str = "", effective: str = "") -> Taken:
        """State what is so now."""
        data = {"key": key, "value": value} | ({"effective": effective} if effective else {})
        return self.world.state({"source": self.code, "contract": of, "event": "fact", "data": data} | _named(as_))

    def passes_on(self, event: str, *, of: str = "K-ADSL-1", as_: str = "", **data: object) -> Taken:
        """Pass on what the customer asked for."""
        return self.world.state({"source": self.code, "contract": of, "event": event, "data": data} | _named(as_))

    def takes_back(self, name: str, *, of: str = "K-ADSL-1") -> Taken:
        """Take back a fact that it stated under this id."""
        return self.world.state(
            {"source": self.code, "contract": of, "event": "fact.withdrawn", "data": {"fact": name}}
        )


@dataclass(frozen=True)
class Adviser:
    """Owns cases and settles what departments disagree on."""

    world: World
    number: str

    def settles(
        self, key: str, value: object, *, because: str, of: str = "K-ADSL-1", customer: str = "C-2001"
    ) -> Answer:
        """Say which value is true."""
        return settle_contradiction(
            customer=customer,
            subject=f"contract:{of}",
            key=key,
            chosen=value,
            reason=because,
            by=Actor(ActorKind.ADVISER, self.number),
            at=self.world._at(),
        )


@dataclass(frozen=True)
class Customer:
    """Hears from us by message only."""

    world: World
    number: str

    def heard(self) -> list[Message]:
        """Every message that has left for them, copies included, in order."""
        sent = [card for card in messages.of([self.number]) if card.sent_at]
        topics = told.topics_of({card.utterance for card in sent})
        return [
            Message(
                left_at=f"{card.sent_at.astimezone(CALENDAR.tz):%Y-%m-%d %H:%M}" if card.sent_at else "",
                channel=card.channel,
                topics=[(topic.key, topic.value) for topic in topics[card.utterance]],
            )
            for card in sent
        ]

    def topics_heard(self) -> list[tuple[str, list[str]]]:
        """When each message left, and only the topics of it."""
        return [(message.left_at, [key for key, _ in message.topics]) for message in self.heard()]

    def changes_heard(self) -> list[tuple[str, object, object]]:
        """What was told before and told anew: topic, earlier value, new value."""
        topics = told.topics_of({card.utterance for card in messages.of([self.number])})
        return [
            (topic.key, topic.earlier["value"], topic.value)
            for said in topics.values()
            for topic in said
            if isinstance(topic.earlier, dict)
        ]

    def letters(self) -> list[str]:
        """What the messages say, as plain text, one line a paragraph."""
        texts = [text_of(Content.from_json(card.content)).body for card in messages.of([self.number])]
        return ["\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n")) for text in texts]

    def promises(self) -> list[tuple[str, str, str | None, str]]:
        """What we promised: topic, value or telling, due on, state."""
        return [
            (pledge.key, str(pledge.matter), pledge.due_on.isoformat() if pledge.due_on else None, str(pledge.state))
            for pledge in pledges.of([self.number]).get(self.number, ())
        ]

    def outcomes(self) -> dict[str, str]:
        """How each fact of a department about them ended, by name."""
        found = sorted(told.outcomes_of(self.number), key=lambda fact: fact.id)
        return {fact.name: f"{fact.end} {fact.reason}".strip() for fact in found if fact.source not in OURS}

    def plan_states(self) -> dict[str, str]:
        """How each fact that their plans stated ended, by topic, the last one of each."""
        found = sorted(told.outcomes_of(self.number), key=lambda fact: fact.id)
        return {fact.kind: f"{fact.end} {fact.reason}".strip() for fact in found if fact.source == "journeys"}

    def plan(self) -> list[Stage]:
        """Their plan that began last, as advisers and they themselves see it."""
        newest, *_ = plans.of([self.number], pledges.of([self.number]))[self.number]
        return [
            Stage(
                step=step.name,
                department=step.department,
                expected_on=step.expected_on.isoformat(),
                promised_on=step.promised_on.isoformat() if step.promised_on else None,
                state=str(step.state),
            )
            for step in newest.steps
        ]

    def contradictions(self) -> list[Contested]:
        """What departments disagreed on, oldest first."""
        return [
            Contested(
                topic=card.key,
                values=[(claim["value"], list(_texts(claim["sources"]))) for claim in card.claims],
                owner=card.owner,
                settled=card.chosen,
            )
            for card in reversed(cards.questions_of(self.number))
        ]


OURS = {"voice", "channels", "journeys"}


def _named(name: str) -> dict[str, object]:
    return {"id": name} if name else {}


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list) else []
