"""Resources and sites for people: where something is, who has it and had it, and what can be given."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ligneclaire.desk import network_screens
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.kernel.clock import now
from ligneclaire.network.queries import places, resources, sites
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries import rules

LONGEST = 100


@require_safe
@for_advisers(Right.FIND_CUSTOMERS)
def network(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """A box for a pair, a number, a PTO, a line or a site; what is meant is opened."""
    text = request.GET.get("code", "").replace("\0", "").strip()[:LONGEST]
    found = places.named(text, region=operator.current().country) if text else None
    if found:
        return redirect(f"desk:{found.kind}", code=found.code)
    return _show(request, me, "desk/network/page.html", {"code": text})


@require_safe
@for_advisers(Right.FIND_CUSTOMERS)
def resource(request: HttpRequest, me: AdviserCard, code: str) -> HttpResponse:
    """Who has it and had it, named by their lines: whose those are is read on their pages, and logged."""
    card = resources.card(code)
    if card is None:
        raise Http404
    return _show(request, me, "desk/network/resource.html", {"screen": network_screens.of_resource(card)})


@require_safe
@for_advisers(Right.FIND_CUSTOMERS)
def site(request: HttpRequest, me: AdviserCard, code: str) -> HttpResponse:
    """What there is, and what can be given."""
    card = sites.card(code)
    if card is None:
        raise Http404
    return _show(request, me, "desk/network/site.html", {"screen": network_screens.of_site(card, at=now())})


def _show(request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object]) -> HttpResponse:
    at = now()
    mode, zone = rules.last_change(at), operator.current().zone
    return show(request, me, template, context, mode=mode, zone=zone, at=at)
