"""A message as its customer reads it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.content import Content
from ligneclaire.channels.queries import messages
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.templatetags.words import Came
from ligneclaire.desk.views.customer import printed
from ligneclaire.kernel.clock import now
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries import letters, rules


@require_safe
@for_advisers
def message(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """What it says, to whom, by which way, and where it stands."""
    card = messages.by_uuid(uuid)
    if card is None:
        raise Http404
    if asked := asked_first(request, me, card.customer, ReadPage.MESSAGE):
        return asked
    at = now()
    first = messages.by_uuid(card.instead_of) if card.instead_of else None
    context = {
        "card": card,
        "first": first,
        "came": Came(channel=card.channel, instead_of=first.channel) if first else None,
        "content": Content.from_json(card.content),
        "customer": customers.glances([card.customer])[card.customer],
    }
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/message/page.html", context, mode=mode, zone=zone, at=at)


@require_safe
@for_advisers
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
