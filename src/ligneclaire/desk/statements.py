"""What a clerk types to state a fact: one form for each topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ligneclaire.contracts.queries import holders
from ligneclaire.desk import fact_words, words
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.queries import operator
from ligneclaire.people.rules.plain import plain
from ligneclaire.voice import by_hand
from ligneclaire.voice.actions.state_by_hand import state_by_hand
from ligneclaire.voice.by_hand import Fault, Mistake, Typed
from ligneclaire.voice.intake import Problem, parse
from ligneclaire.voice.topics import REQUESTED, STATABLE, Topic

CALL = "call"  # the fact that a department answered
FIELDS = {"contract": "number"}  # where the form calls something otherwise than a table does


class Numbered(forms.Form):
    """Something stated of a contract, under the name of its form."""

    form = forms.UUIDField(error_messages={"invalid": gettext_lazy("Please send it again.")})
    number = forms.CharField(
        max_length=40, error_messages={"required": gettext_lazy("Type the number of the contract or of the customer.")}
    )


class Statement(Numbered):
    """A statement as typed: shape only; what it says is read by its topic."""

    value = forms.CharField(max_length=2000, required=False)
    wished_on = forms.CharField(max_length=10, required=False)
    effective = forms.CharField(max_length=10, required=False)

    def clean_wished_on(self) -> str:
        """Read the day."""
        text: str = self.cleaned_data["wished_on"]
        if text and by_hand.day(text) is None:
            raise forms.ValidationError(words.mistake(Mistake("effective", Fault.UNREADABLE), None))
        return text

    def say(self, mistake: Mistake, key: str) -> None:
        """Say beside its field what is wrong."""
        field = FIELDS.get(mistake.field, mistake.field)
        self.add_error(field if field in self.fields else None, words.mistake(mistake, key))


class Answer(Numbered):
    """What a department answered on the telephone, and the day that it gave."""

    said = forms.CharField(max_length=2000, error_messages={"required": gettext_lazy("Write down what was answered.")})
    by = forms.DateField(required=False, error_messages={"invalid": gettext_lazy("This is not a day like 05/03/2015.")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A topic to choose, by its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The topics that a department is in charge of, those of nobody in particular, and those of others, who prevail."""

    own: tuple[Choice, ...]
    common: tuple[Choice, ...]
    others: tuple[Choice, ...]


def choices(department: str) -> Choices:
    """What a department may state, each group in the order of the alphabet."""
    common = [topic for topic in STATABLE if not topic.ranks]
    own = [topic for topic in STATABLE if topic.ranks and topic.rank_of(department) < len(topic.ranks)]
    others = [topic for topic in STATABLE if topic not in common and topic not in own]
    return Choices(own=_named(own), common=_named(common), others=_named(others))


def stated(form: Statement, key: str, *, source: str, by: Actor, at: datetime) -> str | None:
    """State what the form says of a topic and return its id; None when the form now says what is wrong."""
    if not form.is_valid():
        return None
    contract = _contract(form)
    if contract is None:
        return None
    typed = form.cleaned_data
    value = f"{typed['value']} {typed['wished_on']}" if key == REQUESTED else typed["value"]
    found = by_hand.statement(
        Typed(contract=contract, key=key, value=value, effective=typed["effective"]),
        source=source,
        name=_name(typed["form"]),
        currency=operator.current().currency,
        at=at,
    )
    if isinstance(found, Mistake):
        form.say(found, key)
        return None
    [taken] = state_by_hand(items=[found], by=by, at=at)
    if taken.problem:
        form.say(by_hand.mistake(taken.problem), key)
        return None
    return found.source_id


def answered(form: Answer, *, source: str, by: Actor, at: datetime) -> bool:
    """State what a department answered; False when the form now says what is wrong."""
    contract = _contract(form) if form.is_valid() else None
    if contract is None:
        return False
    typed = form.cleaned_data
    day = {"by": typed["by"].isoformat()} if typed["by"] else {}
    item = {"id": _name(typed["form"]), "at": at.isoformat(), "source": source, "contract": contract, "event": CALL}
    parsed = parse({**item, "data": {"said": typed["said"], **day}})
    if isinstance(parsed, Problem):
        form.add_error("by", _("What is announced needs its day: ask for it, and give it here."))
        return False
    [taken] = state_by_hand(items=[parsed], by=by, at=at)
    if taken.problem:
        found = by_hand.mistake(taken.problem)
        form.add_error("number" if found.field == "contract" else None, words.mistake(found, None))
    return not taken.problem


def _named(topics: Iterable[Topic]) -> tuple[Choice, ...]:
    found = (Choice(key=topic.key, name=fact_words.kind(topic.key)) for topic in topics)
    return tuple(sorted(found, key=lambda one: plain(one.name)))


def _name(form: UUID) -> str:
    return f"form/{form}"


def _contract(form: Numbered) -> str | None:
    """The contract that is meant: by its own number, or by that of a customer who has no other."""
    number = form.cleaned_data["number"].upper()
    if holders.of([number]):
        return str(number)
    match holders.contracts_of(number):
        case [only]:
            return only
        case [_one, *_others] as several:
            said = _("This customer has several contracts: %(numbers)s. Type the number of the one that is meant.")
            form.add_error("number", said % {"numbers": ", ".join(several)})
        case _:
            form.add_error(
                "number", _("There is no contract and no customer with this number, or no contract of theirs.")
            )
    return None
