"""One box for whatever a caller has at hand: a key leads straight to the customer, names and words to lists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ligneclaire.desk.door import for_advisers, show
from ligneclaire.desk.finding import Found, find
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries import rules

LONGEST = 100
CUSTOMERS, MESSAGES = 30, 10
SUGGESTED, SUGGESTED_MESSAGES, SHORTEST = 6, 3, 2


@require_safe
@for_advisers(Right.FIND_CUSTOMERS)
def search(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """What a text may mean; the one customer whom it means, or the request that waits for its customer."""
    text, house = _typed(request), operator.current()
    found = find(text, region=house.country, customers=CUSTOMERS, messages=MESSAGES) if text else Found()
    if found.request:
        return redirect("desk:request", reference=found.request)
    if found.place and not found.customers:
        return redirect(f"desk:{found.place.kind}", code=found.place.code)
    if found.only:
        return redirect("desk:customer", number=found.only.card.number)
    at = now()
    context = {"text": text, "found": found}
    return show(request, me, "desk/search/page.html", context, mode=rules.last_change(at), zone=house.zone, at=at)


@require_safe
@for_advisers(Right.FIND_CUSTOMERS)
def suggestions(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The first of what a text may mean, while it is being typed."""
    text, house = _typed(request), operator.current()
    found = Found()
    if len(text) >= SHORTEST:
        found = find(text, region=house.country, customers=SUGGESTED, messages=SUGGESTED_MESSAGES)
    context = {"found": found}
    return show(request, me, "desk/search/_suggestions.html", context, mode=None, zone=house.zone, at=now())


def _typed(request: HttpRequest) -> str:
    """The text without the signs that a database cannot keep."""
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
