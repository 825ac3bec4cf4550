"""A standard text, as a supervisor words it: shape only; what cannot be is refused by the action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk.contact_forms import CONTROL
from ligneclaire.ui.marked import Marked
from ligneclaire.voice.queries.standard_texts import StandardTextCard, Wording
from ligneclaire.voice.wording.texts import LANGUAGES

LINE = CONTROL | {"autocomplete": "off"}


def _subject(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=False, widget=forms.TextInput(attrs=LINE))


def _text(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs=CONTROL | {"rows": 8})
    return forms.CharField(label=label, max_length=5_000, required=False, widget=area)


class StandardText(Marked):
    """Its name, its shortcut, and its words in each language."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        widget=forms.TextInput(attrs=LINE),
        error_messages={"required": _("Say how advisers find it.")},
    )
    shortcut = forms.CharField(
        label=_("Shortcut"),
        max_length=32,
        widget=forms.TextInput(attrs=LINE),
        help_text=_("One word. Typed as ::word on a line of its own, the text stands in its place."),
        error_messages={"required": _("Give it a shortcut, one word.")},
    )
    subject_fr = _subject(_("Subject in French, if it has one"))
    text_fr = _text(_("Text in French"))
    subject_en = _subject(_("Subject in English, if it has one"))
    text_en = _text(_("Text in English"))

    def words(self) -> Mapping[str, Wording]:
        """What was entered, by language."""
        entered = self.cleaned_data
        return {
            language: Wording(
                subject=entered[f"subject_{language}"], text=entered[f"text_{language}"].replace("\r\n", "\n")
            )
            for language in LANGUAGES
        }


def initial(card: StandardTextCard) -> dict[str, object]:
    """The text as it stands."""
    words = {
        f"{part}_{language}": getattr(card.words[language], part)
        for language in LANGUAGES
        for part in ("subject", "text")
    }
    return {"seen": card.version, "name": card.name, "shortcut": card.shortcut, **words}
