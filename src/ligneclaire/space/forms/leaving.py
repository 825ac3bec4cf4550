"""What people enter to end a contract: shape only, and never whether we know them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.contracts.queries.household import Holding
from ligneclaire.people.rules.phone import e164
from ligneclaire.space.reasons import REASONS
from ligneclaire.ui.days import Day
from ligneclaire.ui.marked import Marked
from ligneclaire.voice.wording.formats import phone

BETWEEN_LINES = re.compile(r"[\r\n,;]+|\bet\b|\band\b")
MOST_LINES = 20
CONTROL, AREA = {"class": "form-control"}, {"class": "form-control", "rows": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a form has to know: today, the operator's country, and what a customer who is signed in may tick."""

    today: date
    country: str
    holdings: Sequence[Holding] | None = None


class Lines(forms.CharField):
    """Telephone numbers, one on each line or with commas between."""

    region = "FR"

    def to_python(self, value: Any) -> Any:
        """Read the numbers as E.164; refuse the first that no line can have, and more than anybody types."""
        parts = [part.strip(" .") for part in BETWEEN_LINES.split(super().to_python(value) or "")]
        typed = [part for part in parts if part]
        found = [(part, e164(part, region=self.region)) for part in typed]
        for part, number in found:
            if number is None:
                wrong = _("“%(part)s” is no telephone number. Write it like 06 39 98 01 23.")
                raise forms.ValidationError(wrong, params={"part": part[:40]}, code="unreadable")
        numbers = tuple(dict.fromkeys(number for _part, number in found if number))
        if len(numbers) > MOST_LINES:
            too_many = _("These are more than %(most)d lines. Make a request of its own for the others.")
            raise forms.ValidationError(too_many, params={"most": MOST_LINES}, code="too_many")
        return numbers

    def validate(self, value: Any) -> None:
        """Required here means one number."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A form that is only read asks."""
        return bool(initial != data)


class Identity(Marked):
    """Who ends which contract, and where to answer."""

    surname = forms.CharField(
        label=_("Surname"),
        required=False,
        max_length=120,
        widget=forms.TextInput(CONTROL | {"autocomplete": "family-name"}),
    )
    first_name = forms.CharField(
        label=_("First name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(CONTROL | {"autocomplete": "given-name"}),
    )
    company = forms.CharField(
        label=_("Or the name of the company"),
        required=False,
        max_length=120,
        widget=forms.TextInput(CONTROL | {"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write the address like name@example.org.")},
        widget=forms.EmailInput(CONTROL | {"autocomplete": "email", "spellcheck": "false"}),
    )
    references = forms.CharField(
        label=_("Customer number or contract number"),
        required=False,
        max_length=200,
        help_text=_("It stands on your bills and letters. You may leave it empty if you do not have it."),
        widget=forms.TextInput(CONTROL | {"autocomplete": "off", "spellcheck": "false"}),
    )
    lines = Lines(
        label=_("Telephone numbers of the lines"),
        help_text=_("For Internet at home, the number of the line, which stands on your bills. One on each line."),
        error_messages={"required": _("Give the telephone number of each line that is to end.")},
        widget=forms.Textarea(AREA | {"rows": 2, "autocomplete": "tel", "maxlength": 400}),
    )
    contracts = forms.MultipleChoiceField(
        label=_("Contracts"),
        error_messages={
            "required": _("Tick at least one contract."),
            "invalid_choice": _("This contract cannot be chosen here."),
        },
    )

    GUESTS = ("surname", "first_name", "company", "references", "lines")

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.setting = setting
        lines = self.fields.get("lines")
        if isinstance(lines, Lines):
            lines.region = setting.country
        if setting.holdings is None:
            del self.fields["contracts"]
        else:
            for name in self.GUESTS:
                del self.fields[name]
            contracts = self.fields["contracts"]
            assert isinstance(contracts, forms.MultipleChoiceField)
            contracts.choices = [
                (one.contract, f"{one.offer_name} {phone(one.line, setting.country)}") for one in setting.holdings
            ]

    def clean(self) -> dict[str, Any]:
        """A name, and a way to answer."""
        entered = super().clean() or {}
        if self.setting.holdings is None and not entered.get("company"):
            if not entered.get("surname"):
                self._missing("surname", _("Give your surname, or the name of the company."))
            if not entered.get("first_name"):
                self._missing("first_name", _("Give your first name, or the name of the company."))
        return entered

    def _missing(self, name: str, sentence: Any) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)


class Termination(Identity):
    """The end of contracts: the fields that the law names, and no other."""

    address = forms.CharField(
        label=_("Or else a postal address"),
        required=False,
        max_length=400,
        widget=forms.Textarea(AREA | {"autocomplete": "street-address"}),
    )
    wished_on = Day(
        label=_("Day on which you wish the contract to end"),
        required=False,
        help_text=_("For example 31/01/2027. Leave it empty to leave as soon as possible."),
        widget=forms.TextInput(CONTROL | {"autocomplete": "off", "maxlength": 40}),
    )
    reason = forms.ChoiceField(
        label=_("Legitimate reason"),
        required=False,
        choices=[("", _("No reason to give")), *((code, one.name) for code, one in REASONS.items())],
        widget=forms.Select({"class": "form-select"}),
    )
    reason_words = forms.CharField(
        label=_("If you wish, say it in your own words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(AREA),
    )

    field_order = (
        "surname", "first_name", "company", "email", "address", "references", "contracts", "lines", "wished_on",
        "reason", "reason_words",
    )  # fmt: skip

    def clean_wished_on(self) -> date | None:
        """A day to come."""
        day: date | None = self.cleaned_data["wished_on"]
        if day and day < self.setting.today:
            raise forms.ValidationError(_("This day is over. Give today or a later day, or leave it empty."))
        return day

    def clean(self) -> dict[str, Any]:
        """An e-mail address, or else a postal one."""
        entered = super().clean()
        if not entered.get("email") and not entered.get("address"):
            self._missing("email", _("Give an e-mail address, or else a postal address."))
        return entered


class Renunciation(Identity):
    """A new contract that is given up: who, which, and where to acknowledge."""

    field_order = ("surname", "first_name", "company", "email", "references", "contracts", "lines")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = _("Give the e-mail address for our acknowledgement.")
        if "lines" in self.fields:
            self.fields["lines"].required = False

    def clean(self) -> dict[str, Any]:
        """The contract's number, or that of its line."""
        entered = super().clean()
        if self.setting.holdings is None and not entered.get("references") and not entered.get("lines"):
            self._missing("references", _("Give the number of the contract, or that of its line."))
        return entered


def entered(form: Identity) -> Mapping[str, Any]:
    """What a valid form says, as a declaration names it."""
    values = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [], ())}
    if "contracts" in values:
        values["contracts"] = tuple(values["contracts"])
    return values
