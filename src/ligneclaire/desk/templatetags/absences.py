"""The words of absences, for templates."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _

from ligneclaire.desk.absence_forms import REASONS
from ligneclaire.people.queries.absences import AbsenceCard
from ligneclaire.ui.firsts import written_date

DAY = "j F Y"
register = template.Library()


@register.filter
def absent_days(card: AbsenceCard) -> str:
    """The days of an absence in words, both included."""
    first = written_date(card.start, DAY)
    if card.end is None:
        return _("from %(first)s on") % {"first": first}
    last = card.end - timedelta(days=1)
    if last == card.start:
        return _("on %(day)s") % {"day": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": written_date(last, DAY)}


@register.filter
def absence_reason(name: str) -> str:
    """Why somebody is away, in a word."""
    return str(REASONS[name])
