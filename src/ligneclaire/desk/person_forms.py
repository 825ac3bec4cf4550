"""Who may speak for a customer, as advisers write it down: shape only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk import words
from ligneclaire.desk.contact_forms import CONTROL, SELECT
from ligneclaire.people.actions.authorise_person import Authority
from ligneclaire.people.rules.authority import Term
from ligneclaire.people.rules.phone import e164
from ligneclaire.people.states import May, PersonKind
from ligneclaire.ui.days import Day
from ligneclaire.ui.marked import Marked

WORDS = CONTROL | {"autocomplete": "off"}


class Person(Marked):
    """Somebody who may speak for a customer."""

    person = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs=WORDS),
        error_messages={"required": _("Say who it is.")},
    )
    kind = forms.ChoiceField(
        label=_("Who they are"),
        choices=[(kind.value, words.PERSON_KINDS[kind]) for kind in PersonKind],
        widget=forms.Select(attrs=SELECT),
    )
    may = forms.MultipleChoiceField(
        label=_("What they may know and ask for"),
        choices=[(may.value, words.MAY[may]) for may in May],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say what they may know.")},
    )
    first = Day(
        label=_("From which day"),
        widget=forms.TextInput(attrs=WORDS),
        error_messages={"required": _("Say from which day.")},
    )
    last = Day(
        label=_("To, included"),
        required=False,
        widget=forms.TextInput(attrs=WORDS),
        help_text=_("Empty while nobody says until when."),
    )
    email = forms.EmailField(
        label=_("E-mail, if they write"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs=WORDS),
        error_messages={"invalid": _("Write the address like name@example.org.")},
    )
    phone = forms.CharField(
        label=_("Telephone, if they call"), required=False, max_length=40, widget=forms.TextInput(attrs=WORDS)
    )
    proof = forms.CharField(
        label=_("Proof"),
        max_length=200,
        widget=forms.TextInput(attrs=WORDS),
        help_text=_("Where the document lies: a judgment, a written authority, a certificate of heirship."),
        error_messages={"required": _("Say which document proves it, and where it lies.")},
    )

    def __init__(self, *given: Any, country: str, **named: Any) -> None:
        """Telephone numbers are read as those of a country."""
        super().__init__(*given, **named)
        self.country = country

    def clean_phone(self) -> str:
        """The number as it is dialled from anywhere."""
        typed: str = self.cleaned_data["phone"]
        number = e164(typed, region=self.country) if typed else ""
        if number is None:
            raise forms.ValidationError(_("This is not a telephone number."))
        return number

    def authority(self) -> Authority:
        """What was entered."""
        entered = self.cleaned_data
        last = entered["last"]
        return Authority(
            name=entered["name"],
            kind=PersonKind(entered["kind"]),
            may=tuple(May(one) for one in entered["may"]),
            term=Term(start=entered["first"], end=last + timedelta(days=1) if last else None),
            proof=entered["proof"],
            email=entered["email"],
            phone=entered["phone"],
        )


class Twin(Marked):
    """The other number of a person, by whatever is at hand."""

    other = forms.CharField(
        label=_("Who else is this person"),
        max_length=100,
        widget=forms.TextInput(attrs=WORDS),
        error_messages={"required": _("Type a name or a number.")},
        help_text=_("A name, a telephone number, an e-mail address, the number of a customer or a contract."),
    )
