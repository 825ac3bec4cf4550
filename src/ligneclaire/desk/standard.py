"""Standard texts in what an adviser writes: chosen from the list, or typed as ::shortcut on a line of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ligneclaire.people.rules.days import read_day
from ligneclaire.voice.queries import known, standard_texts
from ligneclaire.voice.queries.standard_texts import StandardTextCard, Wording
from ligneclaire.voice.rules import variables
from ligneclaire.voice.wording.standard import filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """What was typed with the texts set in, and what is wrong with the choice."""

    typed: Mapping[str, str]
    is_changed: bool = False
    fault: str = ""


def inserted(typed: Mapping[str, str], *, is_asked: bool, customer: str, by: str, at: datetime) -> Inserted:
    """Set in the text that was chosen, after what stands there, and every shortcut; what is known is filled in."""
    chosen, text = typed.get("standard", "").strip(), typed.get("text", "")
    if not (is_asked or chosen or variables.SHORTCUT.search(text)):
        return Inserted(typed=typed)
    usable = standard_texts.usable()
    card = _named(chosen, usable)
    if card is None and (is_asked or chosen):
        fault = _("No standard text is called “%(name)s”.") % {"name": chosen} if chosen else _("Choose a text.")
        return Inserted(typed=typed, fault=fault)
    language = known.language_of(customer, at=at)
    promised = read_day(typed.get("due_on", ""))
    values = known.values(customer, case=typed.get("case", ""), promised=promised, by=by, at=at)
    wordings = {one.shortcut: one.wording(language) for one in usable}
    text = variables.expand(text, {shortcut: filled(one.text, values, language) for shortcut, one in wordings.items()})
    subject = typed.get("subject", "")
    if card:
        wording = card.wording(language)
        text = "\n\n".join(part for part in (text.rstrip(), filled(wording.text, values, language)) if part)
        subject = subject or filled(wording.subject, values, language)
    return Inserted(typed={**typed, "subject": subject, "text": text, "standard": ""}, is_changed=card is not None)


def _named(chosen: str, usable: tuple[StandardTextCard, ...]) -> StandardTextCard | None:
    """The text of this name or shortcut, however large it is written."""
    wanted = chosen.casefold()
    return next((one for one in usable if wanted in {one.name.casefold(), f"::{one.shortcut}", one.shortcut}), None)


def previewed(wording: Wording) -> str:
    """The beginning of a text, as a list shows it."""
    return " ".join(wording.text.split())
