"""What the layout of an e-mail needs beside Django's own filters."""

from __future__ import annotations

from django.template import Library

from ligneclaire.channels.spaces import held_together

register = Library()
register.filter("unbroken", held_together)


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a link takes it."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")
