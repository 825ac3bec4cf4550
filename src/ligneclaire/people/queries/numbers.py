"""The numbers of a person: who is meant by one, and which others are theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from ligneclaire.facts.sql import named
from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Customer

SQL = named(Path(__file__).with_suffix(".sql"))
MERGE_LOCK = 0x4C43_0004


class CustomerUnknown(Refused):
    """There is no customer with this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedNumber:
    """A number that was merged: into which one, by whom, when and why."""

    number: str
    name: str
    into: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom we serve, and the numbers that were merged into theirs, directly or along others."""

    survivor: str
    merged: tuple[MergedNumber, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """All of theirs, the survivor first."""
        return (self.survivor, *(one.number for one in self.merged))


def of(number: str) -> tuple[str, ...]:
    """All numbers of the person who is meant by one, the survivor first; nothing for a stranger."""
    return persons([number]).get(number, ())


def persons(numbers: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The same for each of these numbers that exists, and for all that are theirs too."""
    mine = Customer.objects.filter(number__in=numbers).values("survivor__number")
    rows = Customer.objects.filter(survivor__number__in=mine).order_by("number")
    theirs: dict[str, list[str]] = {}
    for number, survivor in rows.values_list("number", "survivor__number"):
        theirs.setdefault(survivor, [survivor]).extend([number] if number != survivor else ())
    return {number: tuple(all_of_them) for all_of_them in theirs.values() for number in all_of_them}


def survivors(numbers: Collection[str]) -> dict[str, str]:
    """Who is meant by each of these numbers that exists; itself, unless it is merged."""
    return dict(Customer.objects.filter(number__in=numbers).values_list("number", "survivor__number"))


def survivor_of(number: str) -> str:
    """The same for one, which is itself where there is no such customer."""
    return survivors([number]).get(number, number)


def person(number: str) -> Person | None:
    """The person who is meant by a number, with how they came to have others, in one query; None for a stranger."""
    with prepared() as cursor:
        cursor.execute(SQL["person"], {"number": number})
        theirs = cursor.fetchall()
    if not theirs:
        return None
    merged = [
        MergedNumber(number=own, name=name, into=into, reason=reason, by_name=by_name, at=at)
        for own, _, name, into, reason, by_name, at in theirs
        if into
    ]
    return Person(survivor=theirs[0][1], merged=tuple(merged))


def locked(numbers: Collection[str]) -> dict[str, Customer]:
    """These numbers in their order, which nobody changes until the transaction ends."""
    rows = Customer.objects.select_for_update().filter(number__in=numbers)
    return {row.number: row for row in rows.order_by("number")}


def merge_alone() -> None:
    """Wait for whoever merges or takes a merge back: until the transaction ends, who is whom stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MERGE_LOCK])
