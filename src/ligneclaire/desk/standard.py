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
from ligneclaire.voice.rules.variables import Variable
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
    is_chosen = is_asked or chosen != ""
    if not is_chosen and not variables.SHORTCUT.search(text):
        return Inserted(typed=typed)
    usable = standard_texts.usable()
    card = _named(chosen, usable) if is_chosen else None
    if is_chosen and card is None:
        return Inserted(typed=typed, fault=_not_found(chosen))
    language = known.language_of(customer, at=at)
    promised = read_day(typed.get("due_on", ""))
    values = known.values(customer, case=typed.get("case", ""), promised=promised, by=by, at=at)
    ready = {one.uuid: _filled(one.wording(language), values, language) for one in usable}
    text = variables.expand(text, {one.shortcut: ready[one.uuid].text for one in usable})
    said = {"subject": typed.get("subject", ""), "text": text, "standard": ""}
    if card:
        said |= _added(said, ready[card.uuid])
    return Inserted(typed={**typed, **said}, is_changed=is_chosen)


def _added(said: Mapping[str, str], wording: Wording) -> dict[str, str]:
    """A text after what stands there; its subject where there is none."""
    parts = (said["text"].rstrip(), wording.text)
    return {"subject": said["subject"] or wording.subject, "text": "\n\n".join(part for part in parts if part)}


def _filled(wording: Wording, values: Mapping[Variable, str], language: str) -> Wording:
    return Wording(subject=filled(wording.subject, values, language), text=filled(wording.text, values, language))


def _not_found(chosen: str) -> str:
    return _("No standard text is called “%(name)s”.") % {"name": chosen} if chosen else _("Choose a text.")


def _named(chosen: str, usable: tuple[StandardTextCard, ...]) -> StandardTextCard | None:
    """The text of this name or shortcut, however large it is written."""
    wanted = chosen.casefold()
    return next((one for one in usable if wanted in {one.name.casefold(), f"::{one.shortcut}", one.shortcut}), None)
