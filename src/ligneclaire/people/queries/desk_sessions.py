"""The browsers in which somebody is logged in at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Value, When
from django.db.models.functions import Now

from ligneclaire.people.desk_sessions import SessionStore
from ligneclaire.people.models import StaffSession
from ligneclaire.people.rules.desk_session import BEGAN, DEVICE, name_of

MOST = 50  # shown; all the others can be ended at once


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSessionCard:
    """A session as its owner reads it; `device` is what the browser said of itself."""

    name: str
    device: str
    began_at: datetime | None
    is_here: bool


def of(user: int, *, here: str) -> tuple[DeskSessionCard, ...]:
    """The open sessions of an account, the last ones if there are very many: the one with this key first."""
    rows = StaffSession.objects.filter(user_id=user, expire_date__gt=Now())
    here_first = Case(When(session_key=here, then=Value(0)), default=Value(1))
    cards = [_card(row, here) for row in rows.order_by(here_first, "-expire_date", "session_key")[:MOST]]
    cards.sort(key=lambda card: card.began_at.timestamp() if card.began_at else 0, reverse=True)
    return tuple(sorted(cards, key=lambda card: not card.is_here))


def _card(row: StaffSession, here: str) -> DeskSessionCard:
    said = SessionStore().decode(row.session_data)
    return DeskSessionCard(
        name=name_of(row.session_key),
        device=said.get(DEVICE, ""),
        began_at=datetime.fromisoformat(said[BEGAN]) if BEGAN in said else None,
        is_here=row.session_key == here,
    )
