"""What is entered of letters and e-mails that came back: shape only; what cannot be is refused by the action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ligneclaire.channels.letter.address import AddressEmpty, AddressLineTooLong, AddressTooTall, postal_lines
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.desk import words
from ligneclaire.ui.firsts import written_date
from ligneclaire.ui.marked import Marked

CONTROL = {"class": "form-control"}


class Return(Marked):
    """Which letter came back, and what the post says."""

    message = forms.TypedChoiceField(
        label=_("Which letter"),
        choices=[],
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the letter.")},
    )
    reason = forms.ChoiceField(
        label=_("What the post says"),
        choices=list(words.RETURNS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the post says.")},
    )

    scan = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, letters: Sequence[MessageCard], **named: Any) -> None:
        """Offer the letters that left under one reference."""
        super().__init__(*given, **named)
        field = self.fields["message"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(letter.uuid), f"{_day(letter)} · {letter.subject}") for letter in letters]


class Address(Marked):
    """A postal address, a line each."""

    lines = forms.CharField(
        label=_("Address, as the customer says it"),
        max_length=400,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 6, "autocomplete": "off"}),
        help_text=_("Name first, then up to five lines of at most 38 characters, the town last."),
        error_messages={"required": _("Write the address.")},
    )

    def clean_lines(self) -> tuple[str, ...]:
        """Lines that fit on an envelope."""
        lines = tuple(" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines() if line.strip())
        try:
            postal_lines(lines)
        except AddressLineTooLong as long:
            text = _("This line is too long for an envelope: %(line)s")
            raise forms.ValidationError(text, params={"line": long.values["line"]}) from None
        except AddressTooTall:
            raise forms.ValidationError(_("Six lines at most.")) from None
        except AddressEmpty:
            raise forms.ValidationError(_("A name and a place at least.")) from None
        return lines


class Email(Marked):
    """An e-mail address."""

    email = forms.EmailField(
        label=_("E-mail address, as the customer says it"),
        max_length=254,
        widget=forms.EmailInput(attrs=CONTROL | {"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("This is no e-mail address. Expected something like name@example.org."),
        },
    )

    def clean_email(self) -> str:
        """An address that a mail server can be given."""
        address: str = self.cleaned_data["email"]
        if not address.isascii():
            raise forms.ValidationError(_("No e-mail reaches an address with accents or other such signs."))
        return address


def _day(letter: MessageCard) -> str:
    return written_date(timezone.localtime(letter.sent_at), "j F Y")
