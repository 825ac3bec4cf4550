"""Where answers go: one address for all, with the reference of the matter after a plus sign."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def reply_base(text: str) -> str:
    """Accept the address to which references are added; ValueError for what cannot take one."""
    if text and not ADDRESS.fullmatch(text):
        raise ValueError("expected an address without a plus sign, such as reply@mail.operator.example")
    return text


def reply_address(base: str, reference: str) -> str:
    """The address by which an answer comes back to its matter; empty where answers go to the adviser alone."""
    if not (base and reference):
        return ""
    name, _, domain = base.partition("@")
    return f"{name}+{reference}@{domain}"
