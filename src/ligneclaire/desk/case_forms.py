"""What advisers do with a case: shape only; what cannot be is refused by the action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.channels.queries.entries import EntryCard
from ligneclaire.desk.contact_forms import CONTROL, SELECT
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.days import Day
from ligneclaire.ui.firsts import written_date
from ligneclaire.ui.marked import Marked
from ligneclaire.voice.wording.standard import left_in

LINE = CONTROL | {"autocomplete": "off"}


def _note(label: Any, missing: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=500,
        required=required,
        widget=forms.TextInput(attrs=LINE),
        error_messages={"required": missing},
    )


class HandOver(Marked):
    """To whom, what the colleague has to know, and a sentence to the customer."""

    prefix = "over"

    to = forms.ChoiceField(
        label=_("To whom"),
        choices=[],
        widget=forms.Select(attrs=SELECT),
        error_messages={"required": _("Choose a colleague.")},
    )
    note = _note(_("What your colleague has to know"), _("Say what your colleague has to know."))
    tell = forms.BooleanField(
        label=_("Tell the customer"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    sentence = forms.CharField(
        label=_("A sentence to the customer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 2}),
        help_text=_("Your colleague writes that they look after the case now; your sentence follows."),
    )

    def __init__(
        self, *given: Any, advisers: Sequence[AdviserCard], away: Mapping[str, date | None], **named: Any
    ) -> None:
        """Offer the advisers who may take it: those who are away last, with the day they are back."""
        super().__init__(*given, **named)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        there = [(one.number, one.name) for one in advisers if one.number not in away]
        gone = [(one.number, _gone(one.name, away[one.number])) for one in advisers if one.number in away]
        field.choices = [("", _("choose")), *there, *gone]

    def clean_sentence(self) -> str:
        """Nothing of a standard text is left to fill in."""
        sentence: str = self.cleaned_data["sentence"]
        if places := left_in(sentence):
            raise forms.ValidationError(_("Fill this in first: %(places)s") % {"places": ", ".join(places)})
        return sentence


def _gone(name: str, back: date | None) -> str:
    if back is None:
        return gettext("%(name)s (away)") % {"name": name}
    return gettext("%(name)s (away, back on %(day)s)") % {"name": name, "day": written_date(back, "j F")}


class Snooze(Marked):
    """Until which day a case rests, and why."""

    prefix = "snooze"

    until = Day(
        label=_("Until which day"),
        widget=forms.TextInput(attrs=LINE | {"maxlength": 40}),
        error_messages={"required": _("Say until which day.")},
    )
    note = _note(_("What it waits for"), "", required=False)


class Close(Marked):
    """How a case was settled."""

    prefix = "close"

    note = _note(_("How it was settled"), _("Say how it was settled."))


class Reopen(Marked):
    """Why a case is open again."""

    prefix = "reopen"

    note = _note(_("Why it is open again"), "", required=False)


class Which(Marked):
    """The reference of another case, however it is typed."""

    other = forms.CharField(
        label=_("Which case"),
        max_length=40,
        widget=forms.TextInput(attrs=LINE | {"list": "cases-of-customer"}),
        error_messages={"required": _("Choose or type a reference.")},
        help_text=_("Choose one of this customer’s, or type its reference."),
    )

    def clean_other(self) -> str:
        """The reference as it is printed."""
        reference = parse_reference(self.cleaned_data["other"])
        if reference is None:
            raise forms.ValidationError(_("This is no reference of a case, like LC-7K2M-9QX4."))
        return reference


class Why(Marked):
    """The reason for what is done between two cases."""

    reason = _note(_("Why"), _("Say why, in a sentence that others understand."))


class Link(Why, Which):
    """With which case, and why."""


class Split(Why):
    """Which entries have a case of their own, and why."""

    entries = forms.TypedMultipleChoiceField(
        label=_("What goes into the new case"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("One of these is in another case by now: choose again."),
        },
    )
    field_order = ("entries", "reason")

    def __init__(self, *given: Any, entries: Sequence[EntryCard], **named: Any) -> None:
        """Offer what was said in the case."""
        super().__init__(*given, **named)
        field = self.fields["entries"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(one.uuid), one.text) for one in entries]
