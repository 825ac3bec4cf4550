"""Whose matter an e-mail is: what it names, and who wrote it; both have to agree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from ligneclaire.cases.states import CaseKind
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.people.rules.authority import covers
from ligneclaire.people.states import May

# What somebody whom a customer authorised must be able to know, for a case to be theirs to write about.
NEEDED = {CaseKind.TERMINATION: May.ENDING, CaseKind.NOTICE: May.EVERYTHING}

WRITTEN = re.compile(r"\blc[\s-]*[0-9a-z]{4}[\s-]*[0-9a-z]{4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A customer and the reference of their case; empty when it is none in particular."""

    customer: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody whom a customer authorised, what they may know, and who is meant by the customer's number."""

    person: UUID
    customer: str
    may: Collection[May]
    meant: str


def addressed(recipients: Iterable[str]) -> tuple[str, ...]:
    """The references that stand behind a plus sign in addresses."""
    tails = (address.partition("@")[0].partition("+")[2] for address in recipients)
    return _references(tails)


def titled(subject: str) -> tuple[str, ...]:
    """The references that a subject names."""
    return _references(WRITTEN.findall(subject))


def matched(named: Matter | None, writers: Mapping[str, str]) -> Matter | None:
    """The matter of an e-mail from an address of these persons; None when somebody has to say.

    Of each number of theirs it is known who is meant by it: what names no case of one is theirs.
    """
    if named:
        own = named.customer if named.case else writers.get(named.customer, "")
        return Matter(customer=own, case=named.case) if named.customer in writers else None
    persons = set(writers.values())
    return Matter(customer=persons.pop(), case="") if len(persons) == 1 else None


def entrusted(
    named: Matter | None, whose: str, kind: str, *, writers: Collection[str], helpers: Sequence[Helper]
) -> tuple[Matter, Helper] | None:
    """The matter of an e-mail from the address of authorised persons, within what they may know.

    What is named is of a person, by whichever number of theirs. Whoever is a customer as well is taken for an
    authorised person only where a case says so.
    """
    if named:
        needed = NEEDED.get(CaseKind(kind)) if kind else None
        theirs = [one for one in helpers if one.meant == whose]
        allowed = [one for one in theirs if needed is None or covers(one.may, needed)]
        return (_own(named, whose), allowed[0]) if allowed else None
    if writers or len({one.meant for one in helpers}) != 1:
        return None
    return Matter(customer=helpers[0].meant, case=""), helpers[0]


def _own(named: Matter, whose: str) -> Matter:
    """Under the number of its case, and what is of none under the one that is used."""
    return named if named.case else Matter(customer=whose, case="")


def meant(named: Matter | None, writers: Iterable[str]) -> tuple[str, ...]:
    """Who may be meant, likeliest first."""
    return tuple(dict.fromkeys([*([named.customer] if named else []), *writers]))


def _references(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for text in texts if (found := parse_reference(text))))
