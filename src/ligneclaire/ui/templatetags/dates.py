"""The filter `date` of every template: Django's own, with dates as people write them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template import defaultfilters

from ligneclaire.ui.firsts import with_firsts, with_year

register = template.Library()


@register.filter("date", expects_localtime=True)
def written(value: datetime | None, form: str | None = None) -> str:
    """A day, an hour or an instant in a format of Django's."""
    return with_firsts(str(defaultfilters.date(value, with_year(value, form) if value and form else form)))
