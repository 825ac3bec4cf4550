"""Telephone numbers as they are dialled in France."""

from __future__ import annotations

import re

import phonenumbers

SEPARATORS = re.compile(r"[\s.()\u2010\u2011-]+")
DIALLED = re.compile(r"0[0-9]{9}|0[0-9]{13}")  # fourteen digits are machines
FRENCH = {33, 262, 508, 590, 594, 596}


def national(number: str) -> str:
    """Write +33639980001 or 06 39 98 00 01 as 0639980001, overseas too; ValueError for any other."""
    dialled = SEPARATORS.sub("", number)
    if dialled.startswith("+"):
        dialled = _from_abroad(dialled)
    if not DIALLED.fullmatch(dialled):
        raise ValueError(f"not a French number: {number[:40]!r}")
    return dialled


def _from_abroad(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    return f"0{parsed.national_number}" if parsed.country_code in FRENCH else ""
