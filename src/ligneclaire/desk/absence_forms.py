"""Who is away when, who stands in and who is on duty: shape only; what cannot be is refused by the actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk.contact_forms import CONTROL, SELECT
from ligneclaire.kernel.period import Period
from ligneclaire.people.queries.absences import AbsenceCard
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.teams import TeamCard
from ligneclaire.people.states import AbsenceReason
from ligneclaire.ui.days import Day
from ligneclaire.ui.marked import Marked

DAY = CONTROL | {"autocomplete": "off", "maxlength": 40}
REASONS: dict[str, Promise] = {
    AbsenceReason.LEAVE: _("leave"),
    AbsenceReason.TRAINING: _("training"),
    AbsenceReason.UNPLANNED: _("unplanned"),
}
HOUSE = ""


class Days(Marked):
    """From which day to which, both included, and a word why."""

    first = Day(
        label=_("From which day"),
        required=False,
        widget=forms.TextInput(attrs=DAY),
        help_text=_("For example 31/01/2027. Empty: from today on."),
    )
    last = Day(
        label=_("To, included"),
        required=False,
        widget=forms.TextInput(attrs=DAY),
        help_text=_("Empty while nobody knows until when."),
    )
    reason = forms.ChoiceField(
        label=_("Why, if you want to say"),
        required=False,
        choices=[("", _("not said")), *REASONS.items()],
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        """Days are counted from today."""
        super().__init__(*given, **named)
        self.today = today

    def clean(self) -> None:
        """The last day does not lie before the first."""
        first, last = self.cleaned_data.get("first") or self.today, self.cleaned_data.get("last")
        if last and last < first and not self.errors:
            self.add_error("last", _("The last day lies before the first."))

    def period(self) -> Period:
        """The days that were entered."""
        last = self.cleaned_data["last"]
        return Period(self.cleaned_data["first"] or self.today, last + timedelta(days=1) if last else None)

    def why(self) -> AbsenceReason | None:
        """The word that was chosen, if any."""
        chosen = self.cleaned_data["reason"]
        return AbsenceReason(chosen) if chosen else None


class Planned(Days):
    """The same for an adviser; only who plans for others chooses whom."""

    adviser = forms.ChoiceField(label=_("Who"), choices=[], widget=forms.Select(attrs=SELECT))
    field_order = ("adviser", "first", "last", "reason")

    def __init__(self, *given: Any, advisers: Sequence[AdviserCard], **named: Any) -> None:
        """Offer the advisers for whom may be planned."""
        super().__init__(*given, **named)
        _offer(self, "adviser", [(one.number, one.name) for one in advisers])


class Backup(Marked):
    """Who stands in for whom."""

    prefix = "backup"

    adviser = forms.ChoiceField(label=_("For whom"), choices=[], widget=forms.Select(attrs=SELECT))
    backup = forms.ChoiceField(label=_("Who stands in"), choices=[], widget=forms.Select(attrs=SELECT))

    def __init__(self, *given: Any, advisers: Sequence[AdviserCard], **named: Any) -> None:
        """Offer all advisers."""
        super().__init__(*given, **named)
        for name in ("adviser", "backup"):
            _offer(self, name, [("", _("Choose somebody"))])
            _offer(self, name, [(one.number, one.name) for one in advisers])


class Duty(Marked):
    """Who is on duty for a team, or for all of them."""

    prefix = "duty"

    team = forms.ChoiceField(
        label=_("For which team"),
        required=False,
        choices=[],
        widget=forms.Select(attrs=SELECT),
        help_text=_("Who is on duty for all teams answers where nobody on duty for one is there."),
    )
    adviser = forms.ChoiceField(
        label=_("Who is on duty"), required=False, choices=[], widget=forms.Select(attrs=SELECT)
    )

    def __init__(self, *given: Any, advisers: Sequence[AdviserCard], teams: Sequence[TeamCard], **named: Any) -> None:
        """Offer all teams, and all advisers."""
        super().__init__(*given, **named)
        _offer(self, "team", [(HOUSE, _("All teams"))])
        _offer(self, "team", [(one.code, one.name) for one in teams])
        _offer(self, "adviser", [("", _("nobody"))])
        _offer(self, "adviser", [(one.number, one.name) for one in advisers])


def first_words(card: AbsenceCard) -> dict[str, str]:
    """An absence as its form shows it first."""
    last = card.end - timedelta(days=1) if card.end else None
    return {
        "first": f"{card.start:%d/%m/%Y}",
        "last": f"{last:%d/%m/%Y}" if last else "",
        "reason": card.reason,
    }


def _offer(form: forms.Form, name: str, more: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [*field.choices, *more]  # type: ignore[misc]  # Django's stubs say callable or group
