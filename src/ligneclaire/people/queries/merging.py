"""Two numbers that may be one person: side by side, before somebody says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ligneclaire.kernel.canonical import digest
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.people.queries import numbers
from ligneclaire.people.queries.numbers import CustomerUnknown
from ligneclaire.people.states import ContactKind


class SamePerson(Refused):
    """Both numbers are one and the same, or of one person already."""


class MergedAlready(Refused):
    """The number was merged; `survivor` is who is meant by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A person as a merge finds them, with all numbers that are theirs already, their own first."""

    number: str
    numbers: tuple[str, ...]
    name: str
    language: str
    territory: str
    since: date
    adviser: str
    adviser_name: str
    address: tuple[str, ...]
    mobile: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """Who would be merged, and into whom; what is used from then on is the survivor's."""

    merged: Side
    survivor: Side

    @property
    def differs(self) -> tuple[str, ...]:
        """What is not the same on both sides, by the name of its field."""
        fields = ("name", "address", "mobile", "email", "language", "adviser", "territory")
        return tuple(name for name in fields if getattr(self.merged, name) != getattr(self.survivor, name))

    @property
    def mark(self) -> str:
        """What somebody has seen who looks at both: another one as soon as one of them has changed."""
        seen = [[str(getattr(side, name)) for name in Side.__slots__] for side in (self.merged, self.survivor)]
        return digest(seen).hex()


def to_merge(number: str, into: str) -> Merging:
    """A number that stands by itself, and the person who would take it in: whoever is meant by the other number."""
    known = numbers.persons([number, into])
    for one in (number, into):
        if one not in known:
            raise CustomerUnknown(customer=one)
    mine, theirs = known[number], known[into]
    if mine == theirs:
        raise SamePerson(customer=number, into=into)
    if mine[0] != number:
        raise MergedAlready(customer=number, survivor=mine[0])
    return Merging(merged=_side(mine), survivor=_side(theirs))


def _side(theirs: tuple[str, ...]) -> Side:
    row = Customer.objects.select_related("adviser", "territory").get(number=theirs[0])
    points = {point.kind: point for point in ContactPoint.objects.filter(customer=row)}
    address, mobile, email = (points.get(kind) for kind in (ContactKind.ADDRESS, ContactKind.MOBILE, ContactKind.EMAIL))
    return Side(
        number=row.number,
        numbers=theirs,
        name=row.name,
        language=row.chosen_language or row.language,
        territory=row.territory.name,
        since=row.since,
        adviser=row.adviser_id,
        adviser_name=row.adviser.name,
        address=tuple(address.lines) if address else (),
        mobile=mobile.value if mobile else "",
        email=email.value if email else "",
    )
