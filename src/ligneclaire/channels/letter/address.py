"""Postal addresses as sorting machines read them (NF Z 10-011)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ligneclaire.kernel.refusal import Refused

_MOST_LINES = 6
_MOST_CHARACTERS = 38
_READ_BY_MACHINES = 3

_STREETS = {
    "AVENUE": "AV",
    "BOULEVARD": "BD",
    "ALLEES": "ALL",
    "ALLEE": "ALL",
    "CHEMIN": "CHE",
    "COURS": "CRS",
    "FAUBOURG": "FG",
    "HAMEAU": "HAM",
    "IMPASSE": "IMP",
    "LIEU DIT": "LD",
    "LOTISSEMENT": "LOT",
    "PASSAGE": "PAS",
    "PLACE": "PL",
    "RESIDENCE": "RES",
    "ROND POINT": "RPT",
    "ROUTE": "RTE",
    "SQUARE": "SQ",
    "ZONE ARTISANALE": "ZA",
    "ZONE INDUSTRIELLE": "ZI",
}
_WORDS = {
    "APPARTEMENT": "APP",
    "BATIMENT": "BAT",
    "ESCALIER": "ESC",
    "ETAGE": "ETG",
    "IMMEUBLE": "IMM",
    "COMMANDANT": "CDT",
    "DOCTEUR": "DR",
    "GENERAL": "GAL",
    "LIEUTENANT": "LT",
    "MARECHAL": "MAL",
    "PRESIDENT": "PDT",
    "PROFESSEUR": "PR",
    "SAINTE": "STE",
    "SAINT": "ST",
}
_TITLES = {"Mademoiselle": "Mlle", "Monsieur": "M", "Madame": "Mme"}


class AddressLineTooLong(Refused):
    """A line of a postal address has more than 38 characters, even abbreviated."""


class AddressTooTall(Refused):
    """A postal address has more than six lines, not counting the country."""


class AddressEmpty(Refused):
    """A postal address needs a name and a place."""


def postal_lines(lines: Sequence[str], *, country: str = "") -> tuple[str, ...]:
    """Write an address by the norm; `country` is for addresses abroad, whose own punctuation is kept."""
    kept = [line for line in map(_one_line, lines) if any(map(str.isalnum, line))]
    if len(kept) < 2:  # noqa: PLR2004 - a name and a place
        raise AddressEmpty(lines=tuple(lines))
    if len(kept) > _MOST_LINES:
        raise AddressTooTall(lines=tuple(kept))
    if country:
        return tuple(_fitted(line) for line in (*kept[:-1], kept[-1].upper(), _capitals(country)))
    plain = max(1, len(kept) - _READ_BY_MACHINES)
    return (
        *(_fitted(line, _TITLES) for line in kept[:plain]),
        *(_fitted(_capitals(line), _STREETS, _WORDS) for line in kept[plain:]),
    )


def _one_line(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def _capitals(line: str) -> str:
    spelled = line.upper().replace("Œ", "OE").replace("Æ", "AE")
    letters = (letter for letter in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(letter))
    return _one_line("".join(letter if letter.isalnum() else " " for letter in letters))


def _fitted(line: str, *abbreviations: dict[str, str]) -> str:
    short = line
    for words in abbreviations:
        if len(short) > _MOST_CHARACTERS:
            short = _abbreviated(short, words)
    if len(short) > _MOST_CHARACTERS:
        raise AddressLineTooLong(line=line)
    return short


def _abbreviated(line: str, words: dict[str, str]) -> str:
    return re.sub(rf"\b({'|'.join(words)})\b", lambda found: words[found[0]], line)
