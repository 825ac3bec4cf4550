"""Whose matter an e-mail is: what it names, and who wrote it; both have to agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ligneclaire.kernel.ref import parse_reference

WRITTEN = re.compile(r"\blc[\s-]*[0-9a-z]{4}[\s-]*[0-9a-z]{4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A customer and the reference of their case; empty when it is none in particular."""

    customer: str
    case: str


def addressed(recipients: Iterable[str]) -> tuple[str, ...]:
    """The references that stand behind a plus sign in addresses."""
    tails = (address.partition("@")[0].partition("+")[2] for address in recipients)
    return _references(tails)


def titled(subject: str) -> tuple[str, ...]:
    """The references that a subject names."""
    return _references(WRITTEN.findall(subject))


def matched(named: Matter | None, writers: Sequence[str]) -> Matter | None:
    """The matter of an e-mail from an address of these customers; None when a person has to say."""
    if named:
        return named if named.customer in writers else None
    return Matter(customer=writers[0], case="") if len(writers) == 1 else None


def meant(named: Matter | None, writers: Sequence[str]) -> tuple[str, ...]:
    """Who may be meant, likeliest first."""
    return tuple(dict.fromkeys([*([named.customer] if named else []), *writers]))


def _references(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for text in texts if (found := parse_reference(text))))
