"""The first day of a month, which French writes as an ordinal and Django does not."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
FIRST = re.compile(rf"(?<!\d)1 (?={MONTHS})")


def with_firsts(text: str) -> str:
    """A text whose dates say "1er décembre" where they said "1 décembre"."""
    return FIRST.sub("1er ", text)


def written_date(day: date, form: str) -> str:
    """A date in a format of Django's, in the language of the page."""
    return with_firsts(date_format(day, form))
