"""What advisers write down of calls and visits: shape only; what cannot be is refused by the action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.channels.states import Channel, Direction, Medium
from ligneclaire.desk import words
from ligneclaire.people.queries.authorised import PersonCard
from ligneclaire.people.states import BY_HAND, Proof
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.ui.days import Day
from ligneclaire.ui.marked import Marked
from ligneclaire.voice.rules.variables import SHORTCUT
from ligneclaire.voice.wording.standard import left_in

CONTROL, SELECT, CHECK = {"class": "form-control"}, {"class": "form-select"}, {"class": "form-check-input"}
HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]
MEDIA = [(medium.value, words.MEDIUM_NAMES[medium]) for medium in Medium]
NOON = time(12)


class Hour(forms.TimeField):
    """An hour as people write it: 14:30, 14h30, 14 h."""

    def __init__(self, **given: Any) -> None:
        """Say how to write it when it cannot be read."""
        super().__init__(
            input_formats=HOURS,
            error_messages={"invalid": _("Write the hour like 14:30.")},
            widget=forms.TimeInput(attrs=CONTROL | {"autocomplete": "off"}, format="%H:%M"),
            **given,
        )


def _day(label: Any, **given: Any) -> Day:
    return Day(label=label, widget=forms.TextInput(attrs=CONTROL | {"autocomplete": "off", "maxlength": 40}), **given)


def _promise(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=CONTROL | {"autocomplete": "off"}),
        help_text=_("Such as: call back with the date of the repair. It stays on Today until you say what came of it."),
    )


class Promising(Marked):
    """A form in which something may be promised."""

    has_own_words = True

    promise = _promise(_("What you promised"))
    due_on = _day(_("By which day"), required=False)
    at_time = Hour(label=_("At what time, if they wait for it"), required=False)

    says_what = _("Say what you promised.")

    def clean(self) -> dict[str, Any]:
        """A promise has a day, and a day has a promise."""
        entered: dict[str, Any] = super().clean() or {}
        if entered.get("promise") and not entered.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say by which day: a promise has a date."))
        if self.has_own_words and (entered.get("due_on") or entered.get("at_time")) and not entered.get("promise"):
            self.add_error("promise", self.says_what)
        return entered

    def given(self) -> Given | None:
        """The promise that was made, if any."""
        entered = self.cleaned_data
        if not entered["due_on"]:
            return None
        return Given(text=entered["promise"], due_on=entered["due_on"], at_time=entered["at_time"])


def _matters(cases: Sequence[CaseCard]) -> list[tuple[str, object]]:
    named = [(case.reference, f"{words.CASE_KINDS[case.kind]}, {case.reference}") for case in cases]
    return [("", _("no matter in particular")), *named]


class Told(Promising):
    """What was said by which way, and the promise in it."""

    entry = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    medium = forms.ChoiceField(label=_("Where"), choices=MEDIA, widget=forms.Select(attrs=SELECT))
    text = forms.CharField(
        label=_("What was said"),
        max_length=10_000,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 4}),
        error_messages={"required": _("Say in a sentence what was said.")},
    )


class ContactLog(Told):
    """A call, a visit or a letter, and the matter it belongs to."""

    scan = forms.UUIDField(widget=forms.HiddenInput, required=False)
    direction = forms.ChoiceField(
        label=_("Who spoke to whom"),
        choices=[(Direction.IN.value, _("the customer to us")), (Direction.OUT.value, _("we to the customer"))],
        widget=forms.RadioSelect,
    )
    happened_on = _day(_("Day"), required=False)
    happened_time = Hour(label=_("Hour"), required=False)
    case = forms.ChoiceField(label=_("Matter"), required=False, choices=[], widget=forms.Select(attrs=SELECT))
    person = forms.ChoiceField(label=_("With whom"), required=False, choices=[], widget=forms.Select(attrs=SELECT))
    proof = forms.ChoiceField(
        label=_("How they proved who they are"),
        required=False,
        choices=[("", _("not asked"))] + [(one.value, words.PROOFS_OF_IDENTITY[one]) for one in BY_HAND],
        widget=forms.Select(attrs=SELECT),
    )
    check = forms.UUIDField(required=False, widget=forms.HiddenInput)  # that was done while they spoke
    code = forms.UUIDField(required=False, widget=forms.HiddenInput)  # that was sent while they spoke
    next_check = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)
    field_order = (
        *("medium", "direction", "person", "proof", "happened_on", "happened_time", "case", "text"),
        *("promise", "due_on", "at_time"),
    )

    def __init__(self, *given: Any, cases: Sequence[CaseCard], persons: Sequence[PersonCard], **named: Any) -> None:
        """Offer the open cases of the customer, and those who may speak for them."""
        super().__init__(*given, **named)
        who = [(str(one.uuid), f"{one.name}, {words.PERSON_KINDS[one.kind]}") for one in persons]
        for name, choices in (
            ("case", _matters(cases)),
            ("person", [("", _("the customer themself")), *who]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def spoke(self) -> UUID | None:
        """Who spoke for the customer, if not they themself."""
        person: str = self.cleaned_data.get("person", "")
        return UUID(person) if person else None

    def proved(self) -> Proof | None:
        """How they proved who they are, if that was asked."""
        proof: str = self.cleaned_data.get("proof", "")
        return Proof(proof) if proof else None

    def happened_at(self, at: datetime) -> datetime:
        """When it happened, in the zone of the given instant, which stands for what was left open."""
        day: date = self.cleaned_data["happened_on"] or at.date()
        hour: time | None = self.cleaned_data["happened_time"]
        if hour is None:
            hour = NOON if day < at.date() else at.time()
        return datetime.combine(day, hour, at.tzinfo)


class Postponement(Told):
    """How the customer was told another day, and which."""

    has_own_words = False

    due_on = _day(_("The new day"), error_messages={"required": _("Say the day that the customer was told.")})
    field_order = ("medium", "text", "due_on", "at_time")


class Done(Marked):
    """What came of a promise, if there is something to say."""

    note = forms.CharField(
        label=_("What came of it, if there is something to say"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=CONTROL | {"autocomplete": "off"}),
    )


class Message(Promising):
    """A message in an adviser's own words."""

    says_what = _("Say what you promise.")

    promise = _promise(_("What you promise"))
    channel = forms.ChoiceField(label=_("By which way"), choices=[], widget=forms.Select(attrs=SELECT))
    case = forms.ChoiceField(label=_("Matter"), required=False, choices=[], widget=forms.Select(attrs=SELECT))
    is_registered = forms.BooleanField(
        label=_("Registered, if it is a letter"), required=False, widget=forms.CheckboxInput(attrs=CHECK)
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=120,
        widget=forms.TextInput(attrs=CONTROL | {"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    text = forms.CharField(
        label=_("Your message"),
        max_length=10_000,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 10}),
        error_messages={"required": _("Write something first.")},
        help_text=_("Greeting, signature, telephone and reference are added. An empty line begins a paragraph."),
    )
    field_order = ("channel", "case", "is_registered", "subject", "text", "promise", "due_on", "at_time")

    def __init__(self, *given: Any, channels: Sequence[Channel], cases: Sequence[CaseCard], **named: Any) -> None:
        """Offer the ways by which the customer can be reached, and their open cases."""
        super().__init__(*given, **named)
        for name, choices in (
            ("channel", [(channel.value, words.CHANNELS[channel][0]) for channel in channels]),
            ("case", _matters(cases)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Nothing of a standard text is left to fill in."""
        entered = super().clean()
        for name in ("subject", "text"):
            if places := left_in(entered.get(name, "")):
                self.add_error(name, _("Fill this in first: %(places)s") % {"places": ", ".join(places)})
        if unknown := SHORTCUT.search(entered.get("text", "")):
            self.add_error("text", _("No standard text has the shortcut ::%(name)s.") % {"name": unknown[1]})
        return entered
