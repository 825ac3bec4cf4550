"""What a letter takes: sheets of paper and money."""

from __future__ import annotations

from dataclasses import dataclass

from ligneclaire.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How the print house prints, and what it takes for it."""

    per_letter: Money
    per_page: Money
    per_registered: Money
    """Of a registered letter, instead of `per_letter`."""
    is_duplex: bool
    is_colour: bool
    postage: str
    """The class of postage of letters that are not registered, as the print house calls it."""


def sheets_of(pages: int, *, is_duplex: bool) -> int:
    """How many sheets of paper so many pages take."""
    return -(-pages // 2) if is_duplex else pages


def cost_of(pages: int, *, is_registered: bool, terms: Terms) -> Money:
    """What a letter of so many pages costs."""
    return (terms.per_registered if is_registered else terms.per_letter) + terms.per_page * pages
