"""Days, instants and reasons, for the pages about leaving."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from ligneclaire.space.reasons import REASONS
from ligneclaire.voice.wording import formats
from ligneclaire.voice.wording.texts import texts

register = template.Library()
MEGABYTE, KILOBYTE = 1024 * 1024, 1024


@register.filter
def in_words(on: date | None) -> str:
    """A day in full, as our letters write it."""
    return formats.day(on, texts((get_language() or "fr")[:2])).replace(" ", "\u00a0") if on else ""


@register.filter
def clock(at: datetime) -> str:
    """The hour of an instant, in the time zone of the page."""
    return date_format(timezone.localtime(at), "H:i")


@register.filter
def stamp(at: datetime) -> str:
    """An instant with its zone, for machines."""
    return timezone.localtime(at).isoformat(timespec="seconds")


@register.filter
def day_of(at: datetime) -> date:
    """The day of an instant, in the time zone of the page."""
    return timezone.localtime(at).date()


@register.filter
def reason_name(code: str) -> str:
    """A reason as a customer reads it."""
    return str(REASONS[code].name) if code in REASONS else ""


@register.filter
def reason_proof(code: str) -> str:
    """The proof that goes with a reason."""
    return str(REASONS[code].proof) if code in REASONS else ""


@register.filter
def weight(size: int) -> str:
    """The size of a file, as people say it."""
    return f"{max(size / MEGABYTE, 0.1):.1f}".replace(".", "," if (get_language() or "fr").startswith("fr") else ".")
