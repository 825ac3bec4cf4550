"""What a token of a department's systems may do."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """What a program may do with its token; the sentence below each stands in the reference too."""

    FACTS_WRITE = "facts:write"
    """State, change and withdraw facts of its department."""
    CASES_WRITE = "cases:write"
    """Bring cases of customers with their first message, and add to those it brought."""
    CASES_READ = "cases:read"
    """Look at the cases that its department brought, and at no other."""
    TOPICS_READ = "topics:read"
    """List what customers can be told."""


ALL = frozenset(Scope)
