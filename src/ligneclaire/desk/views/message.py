"""A message as its customer reads it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.content import Content
from ligneclaire.channels.queries import batches, enclosures, entries, messages, reports
from ligneclaire.channels.queries.entries import EntryCard
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.states import Channel
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.templatetags.words import Came
from ligneclaire.desk.views.customer import printed
from ligneclaire.desk.views.scans import saved
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import advisers, customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.actions.write_message import SECONDS_TO_TAKE_BACK
from ligneclaire.voice.queries import letters, rules
from ligneclaire.voice.queries import why as reasons


@require_safe
@for_advisers(Right.READ_RECORDS)
def message(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """What it says, to whom, by which way, and where it stands."""
    card = messages.by_uuid(uuid)
    if card is None:
        raise Http404
    return asked_first(request, me, card.customer, ReadPage.MESSAGE) or message_page(request, me, card)


def message_page(
    request: HttpRequest,
    me: AdviserCard,
    card: MessageCard,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The whole page, also after something on it was refused."""
    at = now()
    first = messages.by_uuid(card.instead_of) if card.instead_of else None
    context = {
        "card": card,
        "first": first,
        "came": Came(channel=card.channel, instead_of=first.channel) if first else None,
        "content": Content.from_json(card.content),
        "customer": customers.glances([card.customer])[card.customer],
        "files": enclosures.of(card.uuid) if card.written_by else (),
        "printings": batches.printings_of(card.uuid) if card.channel == Channel.LETTER else (),
        "reports": reports.of_message(card.uuid) if card.channel == Channel.EMAIL else (),
        "seconds": max(0, SECONDS_TO_TAKE_BACK - int((at - card.written_at).total_seconds())),
        **(extra or {}),
    }
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/message/page.html", context, mode=mode, zone=zone, at=at, status=status)


@require_safe
@for_advisers(Right.READ_RECORDS)
def file(request: HttpRequest, me: AdviserCard, uuid: UUID, position: int) -> HttpResponse:
    """A file that went with it, to be saved."""
    card, enclosed = messages.by_uuid(uuid), enclosures.one(uuid, position)
    if card is None or enclosed is None:
        raise Http404
    asked = asked_first(request, me, card.customer, ReadPage.MESSAGE)
    return asked or saved(enclosed.place, name=enclosed.name, kind=enclosed.kind)


@require_safe
@for_advisers(Right.READ_RECORDS)
def why(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Why it says what it says, line by line, and why it left when it did."""
    card = messages.by_uuid(uuid)
    if card is None:
        raise Http404
    if asked := asked_first(request, me, card.customer, ReadPage.MESSAGE):
        return asked
    at = now()
    found = reasons.of(card.utterance)
    writer, entry = (None, None) if found else written_by(card)
    context = {
        "card": card,
        "lines": Content.from_json(card.content).lines,
        "why": found,
        "writer": writer,
        "entry": entry,
        "customer": customers.glances([card.customer])[card.customer],
    }
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/message/why.html", context, mode=mode, zone=zone, at=at)


def written_by(card: MessageCard) -> tuple[AdviserCard, EntryCard | None]:
    """Who wrote a message in their own words, or signs it where that is no adviser, and what it answers."""
    number = card.written_by.partition(":")[2]
    known = advisers.cards([number, card.adviser])
    return known.get(number, known[card.adviser]), entries.by_uuid(card.answers) if card.answers else None


@require_safe
@for_advisers(Right.READ_RECORDS)
def letter(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """The letter as it is printed."""
    card = messages.by_uuid(uuid)
    if card is None:
        raise Http404
    if asked := asked_first(request, me, card.customer, ReadPage.MESSAGE):
        return asked
    pdf = letters.of_message(uuid)
    if pdf is None:
        raise Http404
    return printed(pdf, f"{uuid}.pdf")
