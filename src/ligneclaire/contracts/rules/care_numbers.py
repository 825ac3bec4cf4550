"""Numbers on which customer care may answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ligneclaire import law
from ligneclaire.contracts.rules.national import national

SHORT, FULL = 4, 10


def is_allowed(number: str, *, on: date, unsurcharged: Collection[str] = (), country: str = "FR") -> bool:
    """Tell whether a number is fixed, not geographic and not surcharged.

    `unsurcharged` are short numbers of the operator of which it says so itself, besides those that are always free.
    """
    digits = "".join(number.split())
    if len(digits) == SHORT:
        return digits in unsurcharged or _is_free(digits, on, country)
    try:
        digits = national(number)
    except ValueError:
        return False
    prefixes = law.value("CSQ-01.prefixes", on=on, country=country).of(tuple)
    return len(digits) == FULL and digits.startswith(prefixes)


def _is_free(digits: str, on: date, country: str) -> bool:
    for span in law.value("CSQ-01.free_short", on=on, country=country).of(tuple):
        first, _, last = span.partition("-")
        if first <= digits <= (last or first):
            return True
    return False
