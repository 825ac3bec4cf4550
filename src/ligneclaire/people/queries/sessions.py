"""The browsers in which customers are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q

from ligneclaire.people.models import Customer, Session
from ligneclaire.people.rules.session import LIFE
from ligneclaire.people.rules.token import digest_of
from ligneclaire.people.states import WayIn

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A customer who is signed in, and in which session.

    They see what is under all of their numbers. What lets somebody in belongs to the number as whom they came, `own`:
    where it proves to be another person's, that person is left with nothing of this one's.
    """

    session: UUID
    customer: str
    numbers: tuple[str, ...]
    own: str
    name: str
    language: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCard:
    """A session as its customer reads it; `device` is what the browser said of itself."""

    uuid: UUID
    way: WayIn
    device: str
    began_at: datetime
    seen_at: datetime
    is_open: bool


def of_key(key: str, *, at: datetime) -> Visitor | None:
    """The customer whose open session has this key."""
    theirs = Customer.objects.filter(survivor=OuterRef("customer__survivor")).exclude(merged_into=None)
    open_ = Session.objects.filter(_open(at), digest=digest_of(key)).select_related("customer__survivor")
    row = open_.annotate(merged=ArraySubquery(theirs.order_by("number").values("number"))).first()
    if row is None:
        return None
    meant = row.customer.survivor
    return Visitor(
        session=row.uuid,
        customer=meant.number,
        numbers=(meant.number, *row.merged),
        own=row.customer_id,
        name=meant.name,
        language=meant.chosen_language or meant.language,
        seen_at=row.seen_at,
    )


def of(customer: str, *, first: UUID, at: datetime) -> tuple[SessionCard, ...]:
    """The sessions of a person under any number: one before all, then the open ones, last seen first, then others."""
    rows = Session.objects.filter(customer__survivor__number=customer).annotate(
        is_open=_open(at), is_first=Q(uuid=first)
    )
    ordered = rows.order_by(F("is_first").desc(), F("is_open").desc(), "-seen_at", "-id")
    return tuple(_card(row) for row in ordered[:MOST])


def _open(at: datetime) -> Q:
    return Q(ended_at=None, seen_at__gt=at - LIFE)


def _card(row: Session) -> SessionCard:
    return SessionCard(
        uuid=row.uuid,
        way=WayIn(row.way),
        device=row.device,
        began_at=row.began_at,
        seen_at=row.seen_at,
        is_open=row.is_open,  # type: ignore[attr-defined]
    )
