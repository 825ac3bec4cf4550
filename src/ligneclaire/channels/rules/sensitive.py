"""What customers write that nobody needs to see: accounts, cards, and the code that takes a number away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban, luhn

DOTS = "••••"
END = 4  # signs that stay, to tell two of them apart
IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ \u00a0]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
CARD = re.compile(r"(?<![0-9+])[2-6][0-9]{3}(?:[ \u00a0-]?[0-9]){9,15}(?![0-9])")
RIO = re.compile(r"\b[0-9A-Z]{2}[EP][0-9A-Z]{6}[0-9A-Z+]{3}(?![0-9A-Z+])")
SIGNS = re.compile(r"[^0-9A-Za-z+]")


def masked(text: str) -> str:
    """The text with what is sensitive in it left out, but for its end; what fails its check digits stays.

    Account numbers (ISO 13616), numbers of payment cards (ISO/IEC 7812) and RIO.
    """
    for start, end in sorted(_spans(text), reverse=True):
        text = f"{text[:start]}{DOTS}{SIGNS.sub('', text[start:end])[-END:]}{text[end:]}"
    return text


def is_sensitive(text: str) -> bool:
    """Whether something in it would be masked."""
    return any(True for _ in _spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    taken = 0
    for found in sorted([*_ibans(text), *_cards(text), *_rios(text)]):
        if found[0] >= taken:
            yield found
            taken = found[1]


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for match in IBAN.finditer(text):
        start, end = match.span()
        while end > start and not (text[end - 1].isalnum() and iban.is_valid(SIGNS.sub("", text[start:end]))):
            end -= 1  # words that follow without a stop look like more of it
        if end > start:
            yield start, end


def _cards(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in CARD.finditer(text) if luhn.is_valid(SIGNS.sub("", match[0])))


def _rios(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in RIO.finditer(text) if any(sign.isdigit() for sign in match[0]))
