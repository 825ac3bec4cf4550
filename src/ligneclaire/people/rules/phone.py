"""Telephone numbers, however they are written."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

WRITTEN = re.compile(r"[+(0-9][0-9 ()./\u00a0\u202f-]*")


@lru_cache(maxsize=1024)
def e164(text: str, *, region: str) -> str | None:
    """Write a number as +33199000101; a national one is read in `region`; None if no line can have it."""
    if not WRITTEN.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    # Not `is_valid_number`: it knows no plan for the numbers kept for fiction, such as 06 39 98.
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
