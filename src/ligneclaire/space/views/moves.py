"""A customer who does not move after all: what that means, and the one button that makes it count."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ligneclaire.contracts.states import RequestKind
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.space import visit
from ligneclaire.space.door import REFUSED, actor, for_customers
from ligneclaire.space.visit import show
from ligneclaire.visits.queries import visits
from ligneclaire.visits.states import TO_COME, Purpose
from ligneclaire.voice.actions.take_back_move import MovesAlready, take_back_move
from ligneclaire.voice.queries import moves


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_customers
def take_back(request: HttpRequest, me: Visitor, contract: str) -> HttpResponse:
    """What becomes of the appointment and of both lines; taken back once, the page says since when."""
    here = visit.of(request, RequestKind.TERMINATION)
    held = next((one for one in here.holdings if one.contract == contract), None)
    if held is None:
        raise Http404
    status = 200
    if request.method == "POST":
        try:
            take_back_move(contract=contract, by=actor(me.customer), at=here.at)
            return redirect("space:move_taken_back", contract=contract)
        except MovesAlready:
            status = REFUSED
    coming = [card for card in visits.of_contracts([contract]) if card.state in TO_COME]
    context = {
        "move": moves.last_of(contract, customers=me.numbers),
        "held": held,
        "appointment": next((card for card in coming if card.purpose is Purpose.MOVE), None),
    }
    return show(request, here, "space/lines/move_taken_back.html", context, status=status)
