"""The start of an adviser's day: what waits for a person, mine first; and who is it about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ligneclaire.cases.queries import cards
from ligneclaire.contracts.queries import holders
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.customers import CustomerGlance
from ligneclaire.people.rules.phone import e164
from ligneclaire.voice.queries import rules, troubles, waiting
from ligneclaire.voice.rules.state import Hold

QUESTIONS, NEXT, TROUBLES, FOUND = 50, 30, 10, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A customer to whom a message is on its way, and what happens to it next."""

    customer: CustomerGlance
    next: Hold


@require_safe
@for_advisers
def today(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Open contradictions, messages that wait, and facts that nobody could make sense of."""
    at = now()
    questions = cards.open_questions(limit=QUESTIONS)
    context = {
        "mine": [card for card in questions if card.owner == me.number],
        "others": [card for card in questions if card.owner != me.number],
        "coming": _coming(at),
        "troubles": troubles.newest(limit=TROUBLES),
    }
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/today/page.html", context, mode=mode, zone=zone, at=at)


@require_safe
@for_advisers
def search(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The customers whom a text may mean; the one, when there is one."""
    text = request.GET.get("q", "").strip()[:100]
    house = operator.current()
    exact = _meant(text, house.country)
    found = tuple(customers.glances(exact).values()) if exact else customers.search(text, limit=FOUND + 1)
    if len(found) == 1:
        return redirect("desk:customer", number=found[0].number)
    context = {"text": text, "found": found[:FOUND], "more": len(found) > FOUND}
    at = now()
    return show(request, me, "desk/search/page.html", context, mode=rules.last_change(at), zone=house.zone, at=at)


def _meant(text: str, country: str) -> tuple[str, ...]:
    """The customers to whom a reference, a contract's number or a line belongs."""
    if reference := parse_reference(text):
        case = cards.by_reference(reference)
        return (case.customer,) if case else ()
    if holder := holders.of([text.upper()]).get(text.upper()):
        return (holder,)
    line = e164(text, region=country)
    return holders.of_line(line) if line else ()


def _coming(at: datetime) -> list[Coming]:
    found = {customer: one.holds for customer, one in waiting.next_ones(at=at, limit=NEXT).items() if one.holds}
    glances = customers.glances(found)
    coming = [
        Coming(customer=glances[customer], next=min(holds, key=lambda hold: hold.until or at))
        for customer, holds in found.items()
    ]
    return sorted(coming, key=lambda one: (one.next.until or at, one.customer.number))
