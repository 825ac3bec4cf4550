"""What technicians say of a visit: shape only; what cannot be is refused by the action."""

from __future__ import annotations

from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk.contact_forms import CONTROL
from ligneclaire.desk.visit_words import NOT_POSSIBLE, RESULTS
from ligneclaire.ui.marked import Marked
from ligneclaire.visits.states import MissedBy

CODE = {
    "class": "form-control form-control-lg",
    "list": "in-use",
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
}
WITHOUT_REASON = ("why", _("Say why it was not possible."))
WRONG = {
    (False, False): ("resource", _("Say which pair, port or path is in use now, or below why none is.")),
    (True, True): ("why", _("Say what is in use, or why nothing is: not both.")),
}
"""What is said beside which field, by whether there is a resource, and a reason."""


class Said(TypedDict):
    """How a visit ended."""

    result: str
    resource: str
    none_because: str


class Close(Marked):
    """How the visit ended, and what is in use now, or why nothing is."""

    result = forms.ChoiceField(
        label=_("How it ended"),
        choices=list(RESULTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it ended.")},
    )
    resource = forms.CharField(
        label=_("Pair, port or path that is in use now"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=CODE),
        help_text=_("As it is written on the label. What the records say otherwise is corrected at once."),
    )
    why = forms.CharField(
        label=_("Why it was not possible, or why nothing is in use"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs=CONTROL | {"rows": 3}),
        help_text=_("Nothing about the people at home: it stays with the visit."),
    )

    def clean(self) -> dict[str, Any]:
        """Something is in use, or there is a reason why nothing is; what was not possible has its reason."""
        said = super().clean() or {}
        has_resource, has_why = bool(said.get("resource")), bool(said.get("why"))
        if said.get("result") == NOT_POSSIBLE:
            wrong = None if has_why else WITHOUT_REASON
        else:
            wrong = WRONG.get((has_resource, has_why))
        if wrong:
            self.add_error(*wrong)
        return said

    def said(self) -> Said:
        """What was entered, as the visit keeps it."""
        result, resource, why = (self.cleaned_data[name] for name in ("result", "resource", "why"))
        return Said(
            result=f"{result}: {why}" if result == NOT_POSSIBLE else result,
            resource=resource,
            none_because="" if resource else why,
        )


class Miss(Marked):
    """Through whom a visit did not take place."""

    missed_by = forms.TypedChoiceField(choices=MissedBy.choices, coerce=MissedBy)
