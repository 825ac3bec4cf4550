"""Days as people write them, in French and in English."""

from __future__ import annotations

import re
from datetime import date

from babel.dates import get_month_names

from ligneclaire.people.rules.plain import plain

DAY_FIRST = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})")
IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
CENTURY = 2000
MONTHS = {
    plain(name): number
    for language in ("fr", "en")
    for number, name in get_month_names("wide", locale=language).items()
}


def read_day(text: str) -> date | None:
    """The day that a text means; None if it means none."""
    text = text.strip()
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        year += CENTURY if year < 100 else 0  # noqa: PLR2004 - written with two digits
    elif (found := IN_WORDS.fullmatch(plain(text))) and found[2] in MONTHS:
        day, month, year = int(found[1]), MONTHS[found[2]], int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
