"""The words of the space, for its templates."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from ligneclaire.people.states import May, PersonKind, WayIn
from ligneclaire.space import words
from ligneclaire.voice.wording import formats
from ligneclaire.voice.wording.shown import things
from ligneclaire.voice.wording.texts import texts

register = template.Library()


@register.filter
def channel(name: str) -> str:
    """How a message travelled."""
    return str(words.CHANNELS[name][0])


@register.filter
def channel_icon(name: str) -> str:
    """The drawing for it."""
    return words.CHANNELS[name][1]


@register.filter
def way_in(way: WayIn) -> str:
    """How somebody signed in."""
    return str(words.WAYS[way])


@register.filter
def long_day(on: date | datetime) -> str:
    """A day in full, in the time zone of the page."""
    day = timezone.localtime(on).date() if isinstance(on, datetime) else on
    return formats.day(day, texts(words.language()))


@register.filter
def moment(at: datetime) -> str:
    """An instant, in the time zone of the page."""
    return f"{long_day(at)}, {date_format(timezone.localtime(at), 'H:i')}"


@register.filter
def thing(kind: str) -> str:
    """Equipment by its usual name, as a line begins."""
    name = things([kind], texts(words.language()))
    return name[:1].upper() + name[1:]


@register.filter
def person_kind(kind: PersonKind) -> str:
    """Who somebody is who may speak for the customer."""
    return str(words.PERSON_KINDS[kind])


@register.filter
def may_do(may: May) -> str:
    """What they may."""
    return str(words.MAY[may])


@register.filter
def initials(name: str) -> str:
    """The first letters of a name, at most two."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()
