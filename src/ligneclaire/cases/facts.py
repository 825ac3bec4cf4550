"""What actions of this package record that departments never state."""

from __future__ import annotations

CASE_OPENED, CASE_CLOSED = "cases.opened", "cases.closed"
"""No facts: what other systems are told of a case."""
CASES = "cases"
"""Who states them."""
CASE_MERGED = "case.merged"
"""Under which reference a case is handled from then on whose own the customer was told."""
WITHDRAWN = "fact.withdrawn"
CONTACT_LOGGED = "cases.contact_logged"
LETTER_RETURNED = "cases.letter_returned"
"""What was said elsewhere stands in the thread: the entry, its medium."""
