"""Small pieces that templates of all screens use."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ligneclaire.channels.letter import glyphs
from ligneclaire.ui.devices import device
from ligneclaire.voice.wording import formats

register = template.Library()
register.filter("device", device)
ICONS = "ui/vendor/bootstrap-icons-1.13.2.svg"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing that only repeats what the words beside it say."""
    drawing = '<svg class="icon" aria-hidden="true" width="16" height="16"><use href="{}#{}"></use></svg>'
    return format_html(drawing, static(ICONS), name)


@register.filter
def phone(number: str | None, country: str = "FR") -> str:
    """A number as people of that country read it, on one line."""
    return formats.phone(number, country).replace(" ", "\u00a0") if number else ""


@register.filter(is_safe=True)
def quoted(text: str) -> str:
    """Somebody's own words between the quotation marks of the page's language."""
    return f"«\u00a0{text}\u00a0»" if get_language() == "fr" else f"“{text}”"


@register.filter
def unbroken(text: str) -> str:
    """Numbers and dates kept on one line, as on paper."""
    return glyphs.unbroken(text)
