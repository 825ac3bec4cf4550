"""Pausing what another system is told, and sending it again: shape only."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk.contact_forms import CONTROL
from ligneclaire.ui.days import Day
from ligneclaire.ui.marked import Marked

LINE = CONTROL | {"autocomplete": "off"}


class Pause(Marked):
    """Why nothing is to be sent for now."""

    reason = forms.CharField(
        label=_("Why do you pause it?"),
        max_length=200,
        widget=forms.TextInput(attrs=LINE),
        error_messages={"required": _("Say why, in a sentence that others understand.")},
    )


class Replay(Marked):
    """One event, or all from a day on."""

    posting = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = Day(
        label=_("Everything recorded from this day on"),
        required=False,
        widget=forms.TextInput(attrs=LINE | {"maxlength": 40}),
    )

    def __init__(self, *given: Any, zone: ZoneInfo, **named: Any) -> None:
        """Days begin in a time zone."""
        super().__init__(*given, **named)
        self.zone = zone

    def clean(self) -> None:
        """Something is meant."""
        if not self.errors and not self.cleaned_data.get("posting") and not self.cleaned_data.get("since"):
            self.add_error("since", _("Say from which day."))

    def begin(self) -> datetime | None:
        """The instant at which that day began."""
        day = self.cleaned_data["since"]
        return datetime.combine(day, time(), self.zone) if day else None
