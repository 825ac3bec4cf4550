"""Whether the name that somebody typed is that of a customer."""

from __future__ import annotations

from ligneclaire.people.rules.plain import plain

TITLES = frozenset({"m", "mr", "mrs", "ms", "mme", "mmes", "mlle", "mm", "monsieur", "madame", "famille", "et", "and"})


def is_named(plain_name: str, *, surname: str, first_name: str = "", company: str = "") -> bool:
    """Tell whether a customer is called so, whatever the accents, capitals, titles and order of the words.

    Either the whole surname or company stands in the customer's name, or the whole name stands in what was typed.
    """
    name = _words(plain_name)
    typed = _words(f"{surname} {first_name}")
    return any(
        (
            _is_part(_words(surname), name),
            _is_part(_words(company), name),
            _is_part(name, typed),
        )
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(text).split()) - TITLES


def _is_part(some: frozenset[str], of: frozenset[str]) -> bool:
    return bool(some) and some <= of
