"""What customers enter to have a line moved, or to say that it does not work."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.contracts.queries.household import Holding
from ligneclaire.journeys.plans.move_home import DAYS_TO_BUILD
from ligneclaire.kernel.calendar import Calendar, DayKind
from ligneclaire.space import words
from ligneclaire.ui.days import Day
from ligneclaire.ui.marked import Marked
from ligneclaire.voice.wording.formats import day, phone
from ligneclaire.voice.wording.texts import texts

CONTROL, AREA = {"class": "form-control"}, {"class": "form-control", "rows": 2}
POSTCODES = {"FR": re.compile(r"[0-9]{5}")}  # by country; elsewhere as people write it
AHEAD = timedelta(days=365)
STAYS, CUT = "stays", "cut"

BROKEN: dict[str, Promise] = {
    "all": _("Nothing works: neither Internet nor telephone"),
    "internet": _("Internet does not work"),
    "telephone": _("The telephone does not work"),
    "unsteady": _("It works, but badly or with interruptions"),
    "other": _("Something else"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What a form has to know: today, the operator's calendar and country, and which lines may be chosen."""

    today: date
    calendar: Calendar
    country: str
    choices: Sequence[Holding]
    usual_days: int = DAYS_TO_BUILD  # working days

    @property
    def earliest(self) -> date:
        """The first day for which a move can be wished."""
        return self.calendar.add(self.today, 1, DayKind.OUVRE)

    @property
    def usual(self) -> date:
        """The day by which a line is usually built."""
        return self.calendar.add(self.today, self.usual_days, DayKind.OUVRE)


class OfLine(Marked):
    """Which line it is about."""

    contract = forms.ChoiceField(
        label=_("Your line"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the line."),
            "invalid_choice": _("This line cannot be chosen here."),
        },
    )

    def __init__(self, *args: Any, setting: Lines, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.setting = setting
        contract = self.fields["contract"]
        assert isinstance(contract, forms.ChoiceField)
        contract.choices = [
            (one.contract, f"{one.offer_name} {phone(one.line, setting.country)}") for one in setting.choices
        ]


class Move(OfLine):
    """Where to, from when on, and what becomes of the old line until then."""

    address = forms.CharField(
        label=_("Number and street"),
        max_length=70,
        error_messages={"required": _("Give the number and the street.")},
        widget=forms.TextInput(CONTROL | {"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        error_messages={"required": _("Give the postcode.")},
        widget=forms.TextInput(CONTROL | {"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    town = forms.CharField(
        label=_("Town"),
        max_length=35,
        error_messages={"required": _("Give the town.")},
        widget=forms.TextInput(CONTROL | {"autocomplete": "address-level2"}),
    )
    wished_on = Day(
        label=_("Day from which the line is to work at the new address"),
        error_messages={"required": _("Give the day from which you need the line there.")},
        widget=forms.TextInput(CONTROL | {"autocomplete": "off", "maxlength": 40}),
    )
    old_line = forms.ChoiceField(
        label=_("Your old line"),
        choices=[(STAYS, ""), (CUT, "")],
        initial=STAYS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what becomes of your old line."),
            "invalid_choice": _("Choose what becomes of your old line."),
        },
    )

    def clean_postcode(self) -> str:
        """A postcode of the country."""
        code = "".join(self.cleaned_data["postcode"].split())
        pattern = POSTCODES.get(self.setting.country)
        if pattern and not pattern.fullmatch(code):
            raise forms.ValidationError(_("A postcode has five figures, such as 63510."), code="unreadable")
        return code

    def clean_wished_on(self) -> date:
        """A working day from the next one on, within a year."""
        wished: date = self.cleaned_data["wished_on"]
        calendar = self.setting.calendar
        first = self.setting.earliest
        last = calendar.subtract(self.setting.today + AHEAD + timedelta(days=1), 1, DayKind.OUVRE)
        if wished < self.setting.today:
            raise forms.ValidationError(
                _("This day is over. Give %(first)s or a later day."), params={"first": in_words(first)}, code="over"
            )
        if wished < first:
            raise forms.ValidationError(
                _("This is too soon: the first day possible is %(first)s."),
                params={"first": in_words(first)},
                code="too_soon",
            )
        if wished > last:
            raise forms.ValidationError(
                _("This is more than a year ahead. Give a day until %(last)s, or come back later."),
                params={"last": in_words(last)},
                code="too_late",
            )
        if not calendar.is_day(wished, DayKind.OUVRE):
            before, after = (step(wished, 1, DayKind.OUVRE) for step in (calendar.subtract, calendar.add))
            days = {"before": in_words(before), "after": in_words(after)}
            raise forms.ValidationError(
                _("Nobody works on lines on that day. Give %(before)s or %(after)s, for example."),
                params=days,
                code="nobody_works",
            )
        return wished

    def place(self) -> str:
        """The new address in one line, as it is said everywhere."""
        said = self.cleaned_data
        return f"{' '.join(said['address'].split())}, {said['postcode']} {' '.join(said['town'].split())}"

    def asks(self, *, place: str) -> Mapping[str, object]:
        """What a valid form asks for: the line leaves one place for another."""
        said = self.cleaned_data
        value: dict[str, object] = {
            "from": place,
            "to": self.place(),
            "date": said["wished_on"].isoformat(),
            "signed": True,
            "received_by": "online",
        }
        return value | ({"cut_first": True} if said["old_line"] == CUT else {})


class Fault(OfLine):
    """What does not work, and since when."""

    broken = forms.ChoiceField(
        label=_("What does not work?"),
        choices=list(BROKEN.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what does not work."),
            "invalid_choice": _("Choose what does not work."),
        },
    )
    details = forms.CharField(
        label=_("If you wish, say it in your own words"),
        required=False,
        max_length=300,
        help_text=_("For example which lamps of the box are on, or what you tried already."),
        widget=forms.Textarea(AREA | {"maxlength": 300}),
    )
    since = Day(
        label=_("Since when?"),
        required=False,
        help_text=_("A day, such as 31/01/2027. Leave it empty if it began today or you do not know."),
        widget=forms.TextInput(CONTROL | {"autocomplete": "off", "maxlength": 40}),
    )

    def clean_since(self) -> date | None:
        """Today or a day before."""
        since: date | None = self.cleaned_data["since"]
        if since and since > self.setting.today:
            raise forms.ValidationError(_("This day is yet to come. Give today or a day before."), code="to_come")
        return since

    def clean(self) -> dict[str, Any]:
        """Something else needs words."""
        entered = super().clean() or {}
        if entered.get("broken") == "other" and not entered.get("details") and "details" not in self.errors:
            self.add_error("details", _("Say in a few words what does not work."))
        return entered

    def asks(self) -> Mapping[str, object]:
        """What a valid form says."""
        said = self.cleaned_data
        name = "" if said["broken"] == "other" else str(BROKEN[said["broken"]])
        parts = [part for part in (name, " ".join(said["details"].split())) if part]
        value: dict[str, object] = {"said": ". ".join(parts), "received_by": "online"}
        return value | ({"since": said["since"].isoformat()} if said["since"] else {})


def in_words(on: date) -> str:
    """A day in full, in the language of the page."""
    return day(on, texts(words.language()))
