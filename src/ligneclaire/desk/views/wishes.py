"""How a customer wants to be written to, as they tell an adviser."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ligneclaire.cases.states import ReadPage
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.actions.choose_ways import choose_ways
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries import wishes as wished
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.wishes import chosen, rows
from ligneclaire.voice.queries import rules


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.NOTE_WISHES)
def wishes(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """One way for each purpose, and whether text messages are welcome."""
    customer = customers.glances([number]).get(number)
    if customer is None:
        raise Http404
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    at, number = now(), customer.number
    if request.method == "POST":
        no_texts = request.POST.get("no_texts") == "yes"
        choose_ways(customer=number, ways=chosen(request.POST), no_texts=no_texts, by=actor(me), at=at)
        return redirect("desk:customer", number=number)
    known = wished.of(number)
    context = {"customer": customer, "rows": rows(known), "no_texts": known.no_texts}
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/customer/wishes.html", context, mode=mode, zone=zone, at=at)
