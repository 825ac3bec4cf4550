"""Dates as people write them: the first of a month as an ordinal in French, and the year when it is not this one."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from ligneclaire.kernel import clock

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
FIRST = re.compile(rf"(?<!\d)1 (?={MONTHS})")


def with_firsts(text: str) -> str:
    """A text whose dates say "1er décembre" where they said "1 décembre"."""
    return FIRST.sub("1er ", text)


def with_year(day: date, form: str) -> str:
    """A format of Django's that says the year too where the day does not lie in this one."""
    if "F" not in form or "Y" in form or day.year == timezone.localtime(clock.now()).year:
        return form
    return form.replace("F", "F Y")


def written_date(day: date, form: str) -> str:
    """A date in a format of Django's, in the language of the page."""
    return with_firsts(date_format(day, with_year(day, form)))
