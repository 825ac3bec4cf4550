"""The filter `date` of every template: Django's own, with the first of a month as people write it in French."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template import defaultfilters

from ligneclaire.ui.firsts import with_firsts

register = template.Library()


@register.filter("date", expects_localtime=True)
def written(value: datetime | None, form: str | None = None) -> str:
    """A day, an hour or an instant in a format of Django's."""
    return with_firsts(str(defaultfilters.date(value, form)))
