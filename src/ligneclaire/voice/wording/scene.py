"""What every sentence of a message may draw on, and what one telling puts into the message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ligneclaire.channels.content import Todo
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.kernel.ref import Ref
from ligneclaire.voice.rules.state import Telling, Utterance
from ligneclaire.voice.topics import ENDS_ON, LEAVING, RENOUNCED
from ligneclaire.voice.wording import formats
from ligneclaire.voice.wording.context import Context
from ligneclaire.voice.wording.shown import shown
from ligneclaire.voice.wording.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happens to the customer: as a dated step among others, or as a sentence when it is alone."""

    on: date | None = None
    when: str = ""
    step: str
    sentence: str

    def with_more(self, *sentences: str) -> Happening:
        """The same with sentences after it."""
        return replace(self, step=" ".join((self.step, *sentences)), sentence=" ".join((self.sentence, *sentences)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one telling puts into a message, by the place where it stands."""

    lead: tuple[str, ...] = ()
    happens: tuple[Happening, ...] = ()
    todo: tuple[Todo, ...] = ()
    unreturned: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each of its texts, as one that may be laid out or not."""
        happens = (text for one in self.happens for text in (one.step, one.sentence))
        return (*self.lead, *happens, *(one.what for one in self.todo), *self.unreturned, *self.questions)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An utterance with its context, in one language."""

    utterance: Utterance
    context: Context
    texts: Texts

    @cached_property
    def told(self) -> dict[str, Telling]:
        """What is told, by topic; not what no longer holds."""
        return {telling.key: telling for telling in self.utterance.tellings if telling.value is not None}

    @cached_property
    def later(self) -> dict[str, date]:
        """What will be told, by topic."""
        return {follow_up.key: follow_up.by for follow_up in self.utterance.follow_ups}

    @cached_property
    def today(self) -> date:
        """The date of the message."""
        return self.context.calendar.date_of(self.utterance.at)

    @cached_property
    def number(self) -> str:
        """Number of the contract that the message is about; empty when it is about something else."""
        subject = Ref.parse(self.utterance.subject)
        return subject.number if subject.kind == "contract" else ""

    @cached_property
    def holding(self) -> Holding | None:
        """The contract, when the household holds it."""
        return next((held for held in self.context.household if held.contract == self.number), None)

    @cached_property
    def contract(self) -> str:
        """The contract as people call it, in the middle of a sentence."""
        if self.holding:
            return self.texts.say("things.offer", offer=self.holding.offer_name)
        return self.texts.say("things.contract", number=self.number) if self.number else self.texts.say("things.matter")

    @cached_property
    def contract_and_line(self) -> str:
        """The contract with its line, where it is named for the first time."""
        if not self.holding:
            return self.contract
        return self.texts.say("things.with_line", contract=self.contract, line=self.phone(self.holding.line))

    @cached_property
    def line(self) -> str:
        """The line, with its number when we know it."""
        return self._numbered("things.line", "things.line_unknown")

    @cached_property
    def phone_number(self) -> str:
        """The telephone number of the line."""
        return self._numbered("things.number", "things.number_unknown")

    @property
    def is_leaving(self) -> bool:
        """Whether the customer asked for the end, or the end has a date."""
        return bool(self.utterance.received_by) or not {*LEAVING, ENDS_ON}.isdisjoint({*self.told, *self.later})

    @cached_property
    def is_farewell(self) -> bool:
        """Whether the customer reads for the first time that and how the contract ends."""
        end = self.told.get(ENDS_ON)
        if RENOUNCED in self.told:
            return True
        return end.earlier is None if end else ENDS_ON in self.later and bool(self.utterance.received_by)

    @property
    def country(self) -> str:
        """The country of the operator, as keys of its own texts end."""
        return self.context.operator.country.lower()

    def standing(self, key: str) -> object:
        """What is so of a topic, told now or earlier; None when nothing is, or when nobody was told."""
        return self.told[key].value if key in self.told else self.utterance.known.get(key)

    def count(self, unit: str, number: int) -> str:
        """A number of days or months."""
        return self.texts.count(f"things.{unit}", number, count=str(number))

    def way(self, request: object) -> str:
        """How a request came, with a space before it; empty when nobody says so."""
        value = request if isinstance(request, dict) else {}
        return self.texts.named("received", str(value.get("received_by") or "")) or ""

    def value(self, key: str, value: object) -> str:
        """A value as it reads in a message to this customer."""
        return shown(key, value, self.texts, equipment=self.holding.equipment if self.holding else ())

    def day(self, on: date) -> str:
        """A date in full."""
        return formats.day(on, self.texts)

    def phone(self, number: str) -> str:
        """A telephone number as it is written in the operator's country."""
        return formats.phone(number, self.context.operator.country)

    def _numbered(self, key: str, without: str) -> str:
        return self.texts.say(key, line=self.phone(self.holding.line)) if self.holding else self.texts.say(without)


def happening(telling: Telling, scene: Scene, *, on: date | None) -> Happening:
    """Word something that happens on a day, or without a day: past, to come, or undated."""
    texts, key = scene.texts, telling.key
    past = on is not None and on < scene.today
    values = {
        "value": scene.value(key, telling.value),
        "date": scene.day(on) if on else "",
        "line": scene.line,
        "contract": scene.contract,
        "number": scene.phone_number,
    }
    tense = ["_past"] if past else []
    dated = ["_dated"] if on else []
    return Happening(
        on=on,
        when=values["date"],
        step=texts.say(texts.best(*(f"{key}.step{form}" for form in (*tense, "")), f"{key}.told"), **values),
        sentence=texts.say(texts.best(*(f"{key}.told{form}" for form in (*tense, *dated, ""))), **values),
    )


def date_of(telling: Telling) -> date:
    """The value of a topic that takes a date."""
    return date.fromisoformat(str(telling.value))
