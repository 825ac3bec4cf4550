"""What customers write that nobody needs to see: accounts, cards, and the code that takes a number away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

DOTS = "••••"
END = 4  # signs that stay, to tell two of them apart
SHORTEST_CARD = 13  # digits
BETWEEN = r"[\s.\u2010-\u2015-]{0,3}"  # what may stand between the signs of an account
IBAN = re.compile(rf"(?=([A-Za-z]{{2}}{BETWEEN}[0-9]{{2}}(?:{BETWEEN}[A-Za-z0-9]){{11,30}}))")
CARD = re.compile(r"(?<![0-9+])(?=([2-6](?:[ \u00a0\u202f-]{0,2}[0-9]){12,18}))")
APART = r"[ \u00a0\u202f.-]{1,2}"
RIO = re.compile(
    r"\b[0-9A-Z]{2}(?:[EP][0-9A-Z]{6}"
    rf"|{APART}[EP]{APART}[0-9A-Z]{{6}}{APART})[0-9A-Z+]{{3}}(?![0-9A-Z+])"
)
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
    """Where something sensitive stands; what overlaps is one."""
    start = end = 0
    for first, last in sorted([*_ibans(text), *_cards(text), *_rios(text)]):
        if first >= end:
            if end:
                yield start, end
            start = first
        end = max(end, last)
    if end:
        yield start, end


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    """Words before and after look like more of it: every beginning counts, and the last end that its digits allow."""
    for match in IBAN.finditer(text):
        start = match.start()
        for end in reversed(list(_iban_ends(match[1]))):
            if iban.is_valid(SIGNS.sub("", match[1][:end])):
                yield start, start + end
                break


def _iban_ends(text: str) -> Iterator[int]:
    """After which signs the check digits are right (ISO 7064, MOD 97-10), whatever the country."""
    signs = [(int(sign, 36), place) for place, sign in enumerate(text) if sign.isalnum()]
    (first, _), (second, _), (tens, _), (ones, _), *rest = signs
    head, left = first * 10_000 + second * 100 + tens * 10 + ones, 0
    for value, place in rest:
        left = (left * 10 ** len(str(value)) + value) % 97
        if (left * 1_000_000 + head) % 97 == 1:
            yield place + 1


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in CARD.finditer(text):
        ends = [end for end in _card_ends(match[1]) if not text[match.start() + end :][:1].isdigit()]
        if ends:
            yield match.start(), match.start() + ends[-1]


def _card_ends(text: str) -> Iterator[int]:
    """After which signs the check digit is right (ISO/IEC 7812, Luhn), from the shortest number."""
    sums, count = [0, 0], 0  # with every first digit doubled, and every second
    for place, sign in enumerate(text):
        if not sign.isdigit():
            continue
        sums[count % 2] += sum(divmod(2 * int(sign), 10))
        sums[1 - count % 2] += int(sign)
        count += 1
        if count >= SHORTEST_CARD and not sums[count % 2] % 10:
            yield place + 1


def _rios(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in RIO.finditer(text) if any(sign.isdigit() for sign in match[0]))
