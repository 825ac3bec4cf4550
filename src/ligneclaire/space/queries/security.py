"""How a customer comes in, and who is or was in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.people.queries import passkeys, sessions
from ligneclaire.people.queries.passkeys import PasskeyCard
from ligneclaire.people.queries.sessions import SessionCard

PAST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """The whole page: this session first among those that are open; `past` are all sign-ins, newest first."""

    here: SessionCard
    others: tuple[SessionCard, ...]
    past: tuple[SessionCard, ...]
    passkeys: tuple[PasskeyCard, ...]


def of(customer: str, *, here: UUID, at: datetime) -> Security:
    """Sessions and passkeys of a customer who is in one of these sessions."""
    found = sessions.of(customer, first=here, at=at)
    return Security(
        here=found[0],
        others=tuple(card for card in found if card.is_open and card.uuid != here),
        past=tuple(sorted(found, key=lambda card: card.began_at, reverse=True)[:PAST]),
        passkeys=passkeys.of(customer),
    )
