"""Who and what is meant by a text in the one box: a key leads to whose it is, other texts to names and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.cases.queries import cards
from ligneclaire.channels.queries import excerpts
from ligneclaire.channels.queries.excerpts import Excerpt
from ligneclaire.contracts.queries import holders, requests
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.network.queries import places
from ligneclaire.network.queries.places import Place
from ligneclaire.people.queries import directory, numbers
from ligneclaire.people.queries.directory import Listed, Way
from ligneclaire.voice.queries.thread import Cursor

# What led from a text to a customer.
WHY: dict[str, Promise] = {
    "reference": _("reference"),
    "number": _("customer’s number"),
    "mobile": _("mobile to reach them"),
    "email": _("e-mail address"),
    "contract": _("contract"),
    "line": _("line"),
    "equipment": _("equipment"),
    "name": _("name"),
    "part": _("part of the name"),
    "like": _("similar name"),
}

REFERENCE = "reference"  # of a case, of its messages, or of a request
UNSURE = {Way.PART, Way.LIKE}
BEHIND = 9  # all that stands in a thread at one instant
FEW = 5  # customers of a name; then those whose name is nearly the same may be meant too


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCustomer:
    """A person who may be meant, and what led to them."""

    card: Listed
    lines: tuple[str, ...]
    others: tuple[str, ...]  # numbers that were merged into theirs
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMessage:
    """A message or an entry that says the words, and whose thread it is in."""

    excerpt: Excerpt
    customer: Listed

    @property
    def place(self) -> str:
        """From where on the thread shows it first."""
        return str(Cursor(self.excerpt.written_at, BEHIND, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a text may mean; `request` is the reference of one of which nobody knows yet whose it is.

    `place` is the line, resource or site that has exactly this code.
    """

    request: str = ""
    place: Place | None = None
    customers: tuple[FoundCustomer, ...] = ()
    messages: tuple[FoundMessage, ...] = ()
    has_more: bool = False

    @property
    def count(self) -> int:
        """How many there are to choose from."""
        return len(self.customers) + len(self.messages) + bool(self.request) + bool(self.place)

    @property
    def only(self) -> FoundCustomer | None:
        """The customer who is meant without doubt."""
        sure = len(self.customers) == 1 and self.customers[0].why not in UNSURE
        return self.customers[0] if sure else None


def find(text: str, *, region: str, customers: int, messages: int) -> Found:
    """What a text may mean, so many customers and messages at most; a key leads to customers only."""
    request, whose = _by_reference(text)
    if request:
        return Found(request=request)
    is_key = any(sign.isdecimal() or sign == "@" for sign in text)  # every key has one of them, and a name has none
    if whose or not is_key:
        return _listed(text, whose, None, customers=customers, messages=messages)
    keys, place = _by_key(text, region), places.named(text, region=region)
    return (
        Found(place=place) if place and not keys else _listed(text, keys, place, customers=customers, messages=messages)
    )


def _listed(text: str, keys: Mapping[str, str], place: Place | None, *, customers: int, messages: int) -> Found:
    """Whom the keys lead to; without keys, who has such a name, and who said such words."""
    named = keys or _by_name(text, customers + 1)
    said = () if keys else excerpts.of(text, limit=messages)
    persons = numbers.persons({*named, *(one.customer for one in said)})
    found = _persons(named, persons)
    shown, told = list(found)[:customers], [persons[one.customer][0] for one in said]
    known = directory.listed({*shown, *told})
    lines = holders.lines_of(list(chain.from_iterable(persons[one] for one in shown)))
    return Found(
        place=place,
        customers=tuple(
            FoundCustomer(
                card=known[one],
                lines=_once(lines, persons[one]),
                others=persons[one][1:],
                why=found[one],
            )
            for one in shown
        ),
        messages=tuple(FoundMessage(excerpt=one, customer=known[whose]) for one, whose in zip(said, told, strict=True)),
        has_more=len(named) > customers,
    )


def _once(lines: Mapping[str, tuple[str, ...]], numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(lines[own] for own in numbers)))


def _persons(named: Mapping[str, str], persons: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each person once, by the first of their numbers that was found, and what led to it."""
    found: dict[str, str] = {}
    for own, why in named.items():
        found.setdefault(persons[own][0], why)
    return found


def _by_reference(text: str) -> tuple[str, Mapping[str, str]]:
    """A request of which nobody knows whose it is, or else whose case or request it is."""
    reference = parse_reference(text)
    meant = (cards.by_reference(reference) or requests.by_reference(reference)) if reference else None
    if meant and meant.customer:
        return "", {meant.customer: REFERENCE}
    return meant.reference if meant else "", {}


def _by_key(text: str, region: str) -> Mapping[str, str]:
    return directory.known_by(text, region=region) | holders.known_by(text, region=region)


def _by_name(text: str, limit: int) -> Mapping[str, str]:
    found = directory.named(text, limit=limit)
    return {**found, **_others(text, found, limit)} if len(found) < FEW else found


def _others(text: str, found: Mapping[str, Way], limit: int) -> Mapping[str, Way]:
    near = directory.like(text, limit=limit)
    return {number: way for number, way in near.items() if number not in found}
