"""The browsers in which customers are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from ligneclaire.people.models import Session
from ligneclaire.people.rules.session import LIFE
from ligneclaire.people.rules.token import digest_of
from ligneclaire.people.states import WayIn

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A customer who is signed in, and in which session."""

    session: UUID
    customer: str
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
    open_ = Session.objects.filter(_open(at), digest=digest_of(key)).select_related("customer")
    row = open_.first()
    if row is None:
        return None
    return Visitor(
        session=row.uuid,
        customer=row.customer_id,
        name=row.customer.name,
        language=row.customer.chosen_language or row.customer.language,
        seen_at=row.seen_at,
    )


def of(customer: str, *, first: UUID, at: datetime) -> tuple[SessionCard, ...]:
    """The sessions of a customer: one before all, then those that are open, the last seen first, then the last ones."""
    rows = Session.objects.filter(customer__number=customer).annotate(is_open=_open(at), is_first=Q(uuid=first))
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
