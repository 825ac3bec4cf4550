"""Whom somebody means who is looked for: by a key that they have at hand, or by their name, however it is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Lower

from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.people.queries.recognised import same_text
from ligneclaire.people.rules.likeness import half_right, likeness
from ligneclaire.people.rules.plain import plain
from ligneclaire.people.states import ContactKind

INDEXED = 3  # letters of a word that an index of trigrams finds anywhere in a name; a shorter one begins a word
WEIGHED = 100  # names near enough to be weighed letter by letter


class Way(StrEnum):
    """How a text led to a customer."""

    NUMBER = "number"
    MOBILE = "mobile"
    EMAIL = "email"
    NAME = "name"
    PART = "part"  # of a word of the name
    LIKE = "like"  # it is spelled otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A customer as somebody looks for them; `town` is the last line of the address, if there is one."""

    number: str
    name: str
    town: str
    adviser: str


def known_by(text: str, *, region: str) -> dict[str, Way]:
    """The customers whose number, mobile or e-mail address this is, in any spelling; a household may share one."""
    key = same_text(text, region=region)
    if "@" in key:
        return dict.fromkeys(_reached(ContactKind.EMAIL, key), Way.EMAIL)
    if key.startswith("+"):
        return dict.fromkeys(_reached(ContactKind.MOBILE, key), Way.MOBILE)
    return dict.fromkeys(Customer.objects.filter(number=key).values_list("number", flat=True), Way.NUMBER)


def named(text: str, *, limit: int) -> dict[str, Way]:
    """The customers whose name has these words or parts of words, in any order, accents or not; whole ones first."""
    typed = plain(text).split()
    if not typed:
        return {}
    words = Func(F("plain_name"), Value(" "), function="string_to_array", output_field=ArrayField(TextField()))
    rows = _with_all(typed).alias(words=words).annotate(is_whole=Q(words__contains=typed))
    found = rows.order_by("-is_whole", "plain_name", "number").values_list("number", "is_whole")[:limit]
    return {number: Way.NAME if is_whole else Way.PART for number, is_whole in found}


def like(text: str, *, limit: int) -> dict[str, Way]:
    """The customers whose name is spelled nearly like this, the closest first."""
    typed = plain(text)
    halves = half_right(typed)
    if not halves:
        return {}
    rows = Customer.objects.filter(*(Q(plain_name__regex=half) for half in halves))
    near = rows.order_by(TrigramWordSimilarity(typed, "plain_name").desc(), "plain_name", "number")
    found = {number: likeness(typed, name) for number, name in near.values_list("number", "plain_name")[:WEIGHED]}
    closest = sorted((number for number in found if found[number]), key=lambda number: -found[number])
    return dict.fromkeys(closest[:limit], Way.LIKE)


def listed(numbers: Collection[str]) -> dict[str, Listed]:
    """These customers as lists show them, by number."""
    address = ContactPoint.objects.filter(customer=OuterRef("number"), kind=ContactKind.ADDRESS)
    rows = Customer.objects.filter(number__in=numbers).select_related("adviser")
    return {
        row.number: Listed(
            number=row.number,
            name=row.name,
            town=row.lines[-1] if row.lines else "",
            adviser=row.adviser.name,
        )
        for row in rows.annotate(lines=Subquery(address.values("lines")))
    }


def _reached(kind: ContactKind, value: str) -> QuerySet[ContactPoint, str]:
    points = ContactPoint.objects.alias(any_case=Lower("value")).filter(kind=kind, any_case=value)
    return points.order_by("customer__number").values_list("customer__number", flat=True)


def _with_all(words: Collection[str]) -> QuerySet[Customer]:
    wanted = Q()
    for word in words:
        anywhere = Q(plain_name__contains=word)
        wanted &= (
            anywhere if len(word) >= INDEXED else Q(plain_name__startswith=word) | Q(plain_name__contains=f" {word}")
        )
    return Customer.objects.filter(wanted)
