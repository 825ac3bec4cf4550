"""What advisers say of the network: shape only; what cannot be is refused by the action."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk.contact_forms import CHECK, CONTROL
from ligneclaire.ui.marked import Marked


class Settle(Marked):
    """What was found and done about a difference, and whether the resource can be given again."""

    note = forms.CharField(
        label=_("What was found, and what was done"),
        max_length=500,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 3}),
        error_messages={"required": _("Say what was found and what was done.")},
    )
    is_free = forms.BooleanField(
        label=_("Nobody uses it after all: it can be given again"),
        required=False,
        widget=forms.CheckboxInput(attrs=CHECK),
    )
