"""At which a message is written: who writes what to whom, in answer to what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from ligneclaire.channels.queries import enclosures, entries, mails
from ligneclaire.channels.queries.enclosures import EnclosureCard
from ligneclaire.channels.queries.entries import EntryCard, EntryUnknown
from ligneclaire.channels.rules.sensitive import masked
from ligneclaire.channels.states import Medium
from ligneclaire.kernel.clock import now
from ligneclaire.people.queries import customers, numbers
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.customers import CustomerGlance
from ligneclaire.voice.queries import writings
from ligneclaire.voice.queries.writings import WritingCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who writes what to whom, in answer to what."""

    me: AdviserCard
    customer: CustomerGlance
    numbers: tuple[str, ...]
    own: str
    """Of them, the one under which the words are kept."""
    message: UUID
    typed: Mapping[str, str]
    entry: EntryCard | None
    about: str
    """The subject of what is answered, where it had one; what is sensitive in it is left out."""
    files: tuple[EnclosureCard, ...]
    at: datetime

    def address(self, name: str) -> str:
        """The address of one of its pages; what it answers stays in it."""
        path = reverse(f"desk:{name}", args=[self.customer.number, self.message])
        return f"{path}?{urlencode({'answers': self.entry.uuid})}" if self.entry else path


def desk_of(request: HttpRequest, me: AdviserCard, number: str, message: UUID, *, entry: str = "") -> Desk:
    """All of it, or no page at all."""
    theirs = numbers.of(number)
    customer, kept = _customer(number), _kept(message, theirs)
    kept_entry = str(kept.answers or "") if kept else ""
    answered = entry_of(entry or request.GET.get("answers") or kept_entry, theirs)
    return Desk(
        me=me,
        customer=customer,
        numbers=theirs,
        own=kept.customer if kept else customer.number,
        message=message,
        typed=kept.fields if kept and kept.adviser == me.number else {},
        files=enclosures.of(message),
        entry=answered,
        about=_about(answered),
        at=now(),
    )


def _customer(number: str) -> CustomerGlance:
    customer = customers.glances([number]).get(number)
    if customer is None:
        raise Http404
    return customer


def _kept(message: UUID, theirs: Collection[str]) -> WritingCard | None:
    kept = writings.by_uuid(message)
    if kept and kept.customer not in theirs:
        raise Http404
    return kept


def entry_of(uuid: str, theirs: Collection[str]) -> EntryCard | None:
    """What is answered, if something is and the customer has it."""
    if not uuid:
        return None
    try:
        card = entries.by_uuid(UUID(uuid))
    except (ValueError, EntryUnknown):
        raise Http404 from None
    if card.customer not in theirs:
        raise Http404
    return card


def _about(entry: EntryCard | None) -> str:
    mail = mails.by_uuid(entry.uuid) if entry and entry.medium == Medium.EMAIL else None
    return masked(mail.subject) if mail else ""
