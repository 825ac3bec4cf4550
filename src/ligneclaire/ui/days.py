"""A field for a day as people write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.people.rules.days import read_day


class Day(forms.CharField):
    """A day as people write it: 31/01/2027, 31/1/27, 2027-01-31, 31 janvier 2027."""

    def __init__(self, **given: Any) -> None:
        """Show how, where nothing else is said of it."""
        super().__init__(**{"help_text": _("For example 31/01/2027."), **given})

    def to_python(self, value: Any) -> Any:
        """Read the day; None for nothing."""
        text = super().to_python(value)
        if not text:
            return None
        day = read_day(text)
        if day is None:
            raise forms.ValidationError(_("Write the day like 31/01/2027."), code="unreadable")
        return day
