"""Which customer asks."""

from __future__ import annotations

from django.http import HttpRequest


def customer_of(request: HttpRequest) -> str | None:
    """Number of the customer who is signed in here; None for a guest."""
    number = request.session.get("customer")
    return number if isinstance(number, str) else None
