"""The start of an adviser's day: what waits for a person, mine first; and who is it about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.queries import cards, unmatched
from ligneclaire.contracts.queries import holders, requests
from ligneclaire.desk import words
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.forms import Note, OptionalNote
from ligneclaire.flow.queries import steps
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.people.queries import customers, departments, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.customers import CustomerGlance
from ligneclaire.people.rules.phone import e164
from ligneclaire.promises.queries import spoken
from ligneclaire.promises.queries.spoken import SpokenCard
from ligneclaire.voice.actions.release_fact import NotSetAside, release_fact
from ligneclaire.voice.actions.tick_off_fact import NothingToTickOff, tick_off_fact
from ligneclaire.voice.queries import rules, troubles, waiting
from ligneclaire.voice.rules.state import Hold
from ligneclaire.voice.wording import plans

QUESTIONS, NEXT, TROUBLES, INSPECTED, LATE, REQUESTS, PROMISES, FOUND, MAILS = 50, 30, 10, 10, 20, 20, 50, 30, 10
REFUSED = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A customer to whom a message is on its way, and what happens to it next."""

    customer: CustomerGlance
    next: Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class LateStep:
    """A step of a plan whose day passed in silence: somebody asks the department, before the customer does."""

    customer: CustomerGlance
    what: str
    department: str
    expected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What one of us promised a customer in their own words."""

    customer: CustomerGlance
    promise: SpokenCard


@require_safe
@for_advisers
def today(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Open contradictions, messages that wait, and facts that nobody could make sense of."""
    return _page(request, me)


@require_POST
@for_advisers
def tick_off(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Somebody looked at a fact that was not understood; what was typed is kept when that cannot be."""
    form = Note(request.POST)
    if form.is_valid():
        try:
            tick_off_fact(**form.cleaned_data, by=actor(me), at=now())
        except NothingToTickOff:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, form)


@require_POST
@for_advisers
def try_again(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Have a fact tried again that was set aside."""
    form = OptionalNote(request.POST)
    if form.is_valid():
        try:
            release_fact(**form.cleaned_data, by=actor(me), at=now())
        except NotSetAside:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, form)


@require_safe
@for_advisers
def search(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The customers whom a text may mean; the one, when there is one, or a request that waits for its customer."""
    text = request.GET.get("q", "").strip()[:100]
    if reference := _of_nobody(text):
        return redirect("desk:request", reference=reference)
    house = operator.current()
    exact = _meant(text, house.country)
    found = tuple(customers.glances(exact).values()) if exact else customers.search(text, limit=FOUND + 1)
    if len(found) == 1:
        return redirect("desk:customer", number=found[0].number)
    context = {"text": text, "found": found[:FOUND], "more": len(found) > FOUND}
    at = now()
    return show(request, me, "desk/search/page.html", context, mode=rules.last_change(at), zone=house.zone, at=at)


def _page(request: HttpRequest, me: AdviserCard, form: Note | None = None) -> HttpResponse:
    at = now()
    questions, zone = cards.open_questions(limit=QUESTIONS), operator.current().zone
    context = {
        "mine": [card for card in questions if card.owner == me.number],
        "others": [card for card in questions if card.owner != me.number],
        "coming": _coming(at),
        "troubles": troubles.newest(limit=TROUBLES),
        "inspected": troubles.inspected(limit=INSPECTED),
        "late": _late(),
        "promises": _promises(me, zone, at),
        "requests": requests.waiting(limit=REQUESTS),
        "reasons": requests.to_decide(limit=REQUESTS),
        "mails": unmatched.waiting(limit=MAILS),
        "mails_count": unmatched.count_waiting(),
        "form": form,
    }
    mode = rules.last_change(at)
    status = REFUSED if form else 200
    return show(request, me, "desk/today/page.html", context, mode=mode, zone=zone, at=at, status=status)


def _promises(me: AdviserCard, zone: str, at: datetime) -> list[Promised]:
    """What is promised by today, mine first."""
    found = spoken.due(until=at.astimezone(ZoneInfo(zone)).date(), limit=PROMISES)
    glances = customers.glances({one.customer for one in found})
    mine_first = sorted(found, key=lambda one: one.owner != me.number)
    return [Promised(customer=glances[one.customer], promise=one) for one in mine_first]


def _late() -> list[LateStep]:
    found = steps.late(limit=LATE)
    glances, names = customers.glances({one.customer for one in found}), departments.names()
    return [
        LateStep(
            customer=glances[one.customer],
            what=plans.step_name(one.kind, one.name, language=words.language()),
            department=names.get(one.department, one.department),
            expected_on=one.expected_on,
        )
        for one in found
    ]


def _of_nobody(text: str) -> str | None:
    """The reference of a request of which nobody knows yet whose it is."""
    reference = parse_reference(text)
    found = requests.by_reference(reference) if reference else None
    return found.reference if found and not found.customer else None


def _meant(text: str, country: str) -> tuple[str, ...]:
    """The customers to whom the reference of a case or request, a contract's number or a line belongs."""
    if reference := parse_reference(text):
        found = cards.by_reference(reference) or requests.by_reference(reference)
        return (found.customer,) if found and found.customer else ()
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
