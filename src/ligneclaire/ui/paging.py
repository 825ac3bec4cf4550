"""Lists in pages."""

from __future__ import annotations

from django.http import HttpRequest

MOST_DIGITS = 5


def page_of(request: HttpRequest) -> int:
    """Which page of a list is asked for; pages count from 1, and what is no number asks for the first."""
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 1
