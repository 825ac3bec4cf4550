"""What somebody enters to come in, and to name a passkey: shape only."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 254


class WhoAreYou(forms.Form):
    """An e-mail address, a mobile or a customer's number."""

    who = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Enter your e-mail address, your mobile number or your customer number."),
            "max_length": _("At most %(limit_value)d characters."),
        },
    )


class Code(forms.Form):
    """The digits that somebody received."""

    code = forms.CharField(
        max_length=40,
        error_messages={
            "required": _("Enter the six digits of the code."),
            "max_length": _("The code has six digits."),
        },
    )
