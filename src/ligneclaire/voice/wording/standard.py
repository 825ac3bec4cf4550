"""How the places of a standard text are called in each language, and what is set in."""

from __future__ import annotations

from collections.abc import Mapping

from ligneclaire.voice.rules import variables
from ligneclaire.voice.rules.variables import Variable
from ligneclaire.voice.wording.texts import LANGUAGES, texts


def names(language: str) -> dict[Variable, str]:
    """What each variable is called in a language."""
    words = texts(language)
    return {one: words.say(f"variables.{one.value}").replace("\u2019", "'") for one in Variable}


def left_in(text: str) -> tuple[str, ...]:
    """The places that are still to be filled, in whichever language."""
    known = {variables.plain(name) for language in LANGUAGES for name in names(language).values()}
    return variables.left(text, known)


def unknown_in(text: str, language: str) -> tuple[variables.Place, ...]:
    """The places of a text that no variable of its language fills."""
    return variables.unknown(text, {variables.plain(name) for name in names(language).values()})


def filled(text: str, values: Mapping[Variable, str], language: str) -> str:
    """A text with what is known set in."""
    called = names(language)
    return variables.fill(text, {variables.plain(called[one]): value for one, value in values.items()})
