"""A line: what the records say of it, what the network sees, who had what it has, and what is still open."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ligneclaire.cases.states import ReadPage
from ligneclaire.desk import network_screens
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.network.queries import lines
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries import rules


@require_safe
@for_advisers(Right.READ_RECORDS)
def line(request: HttpRequest, me: AdviserCard, code: str) -> HttpResponse:
    """The whole page: a reading of its customer's record, logged as such."""
    card = lines.card(code)
    if card is None:
        raise Http404
    return asked_first(request, me, card.customer, ReadPage.RECORD) or _page(request, me, card, at=now())


def _page(request: HttpRequest, me: AdviserCard, card: LineCard, *, at: datetime) -> HttpResponse:
    house = operator.current()
    context = {
        "number": card.customer,
        "line": card,
        "customer": customers.glances([card.customer])[card.customer],
        "screen": network_screens.of_line(card, at=at),
    }
    mode = rules.last_change(at)
    return show(request, me, "desk/network/line.html", context, mode=mode, zone=house.zone, at=at)
