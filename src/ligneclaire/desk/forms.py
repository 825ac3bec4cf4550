"""What advisers enter: shape only; what cannot be is refused by the action."""

from __future__ import annotations

import json
from typing import TypedDict
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.voice.rules.state import Mode

LONGEST = 500


class Settled(TypedDict):
    """What a settlement says."""

    subject: str
    key: str
    chosen: object
    reason: str


class Settlement(forms.Form):
    """Which of the contested values is true, and why."""

    question = forms.IntegerField()
    subject = forms.CharField(max_length=80)
    key = forms.CharField(max_length=80)
    chosen = forms.CharField(max_length=4000, error_messages={"required": _("Choose one of the values.")})
    reason = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Say why, in a sentence that others understand."),
            "max_length": _("At most %(limit_value)d characters."),
        },
    )

    came_too_late = False

    def clean_chosen(self) -> object:
        """Read the value back from JSON."""
        try:
            return json.loads(self.cleaned_data["chosen"])
        except ValueError:
            raise forms.ValidationError(_("Choose one of the values.")) from None

    def settled(self) -> Settled:
        """What was entered."""
        entered = self.cleaned_data
        return Settled(
            subject=entered["subject"], key=entered["key"], chosen=entered["chosen"], reason=entered["reason"]
        )


class Note(forms.Form):
    """What somebody did about a fact that went wrong."""

    fact = forms.IntegerField()
    note = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Say what came of it, in a sentence that others understand."),
            "max_length": _("At most %(limit_value)d characters."),
        },
    )

    came_too_late = False


class MessageNote(forms.Form):
    """What somebody did about a message that could not be delivered."""

    note = Note.base_fields["note"]

    came_too_late = False
    message: UUID | None = None


class AlarmNote(forms.Form):
    """What a supervisor found out about an alarm."""

    note = Note.base_fields["note"]
    reached_at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])

    came_too_late = False
    adviser = ""


class OptionalNote(Note):
    """The same where nothing has to be said."""

    note = forms.CharField(max_length=LONGEST, required=False, error_messages=Note.base_fields["note"].error_messages)


class ModeOfVoice(forms.Form):
    """How much the voice may do from now on, and why."""

    mode = forms.ChoiceField(choices=[(mode.value, mode.value) for mode in Mode])
    reason = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Say why, in a sentence that others understand."),
            "max_length": _("At most %(limit_value)d characters."),
        },
    )
