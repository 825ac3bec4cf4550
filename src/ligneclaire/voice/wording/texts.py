"""The words of one language, with the spaces and apostrophes that its readers are used to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale

LANGUAGES = ("fr", "en")
LOCALES = {"fr": Locale.parse("fr_FR"), "en": Locale.parse("en_GB")}
NARROW, NO_BREAK = "\u202f", "\u00a0"
_BEFORE_NARROW = re.compile(r"[ \u00a0](?=[;!?])")
_BEFORE = re.compile(r"[ \u202f](?=:(?!:)|»)|(?<=«)[ \u202f]")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Sentences by key, such as `contract.ends_on.told`."""

    language: str
    _by_key: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """The sentence under a key; values are set in as they are."""
        return self._by_key[key].format(**values)

    def count(self, key: str, number: int, **values: str) -> str:
        """The sentence for one or for several, as the language counts."""
        form = LOCALES[self.language].plural_form(number)
        return self.say(f"{key}.{'one' if form == 'one' else 'other'}", **values)

    def pattern(self, key: str) -> str:
        """A text whose places somebody else fills in."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        """Whether there is a text under a key."""
        return key in self._by_key

    def named(self, group: str, name: str) -> str | None:
        """How people call what a department calls by this name, or None when we know no better word."""
        return self._by_key.get(f"{group}.{name.strip().casefold()}")

    def best(self, *keys: str) -> str:
        """The first of these keys that has a text."""
        return next(key for key in keys if key in self._by_key)

    def keys(self) -> frozenset[str]:
        """Every key."""
        return frozenset(self._by_key)


@cache
def texts(language: str) -> Texts:
    """The texts of a language; French for one we do not write."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    raw = (files(__package__) / f"{known}.toml").read_text(encoding="utf-8")
    dress = french if known == "fr" else _english
    return Texts(known, {key: dress(text) for key, text in flat(tomllib.loads(raw))})


def flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Name every text of a file by the tables that it stands in."""
    for name, value in table.items():
        key = f"{above}.{name}" if above else name
        match value:
            case dict():
                yield from flat(value, key)
            case str():
                yield key, value
            case _:
                raise TypeError(f"{key}: expected a text")


def french(text: str) -> str:
    """A text as French is set: a narrow space that holds before ; ! ?, a whole one before : and inside « »."""
    text = _BEFORE.sub(NO_BREAK, _BEFORE_NARROW.sub(NARROW, text))
    return text.replace("'", "’").replace("n° ", f"n°{NO_BREAK}")


def _english(text: str) -> str:
    return text.replace("'", "’")
