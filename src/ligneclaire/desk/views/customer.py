"""A customer: who they are, what waits, what is contested, what was promised, and everything that happened."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.actions.settle_question import NotAmongTheValues, NothingToSettle
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.queries import entries
from ligneclaire.channels.queries.entries import EntryUnknown
from ligneclaire.contracts.queries import household
from ligneclaire.desk import authority, screens, sifting, words
from ligneclaire.desk.door import actor, for_advisers, is_part, show
from ligneclaire.desk.forms import Settlement
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.network.queries import lines
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import customers, numbers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.numbers import Person
from ligneclaire.promises.queries import spoken
from ligneclaire.voice.actions.settle_contradiction import settle_contradiction
from ligneclaire.voice.queries import letters, outlook, papers, thread
from ligneclaire.voice.queries.thread import Cursor
from ligneclaire.voice.wording import rio as wording

ENTRIES = 30
MOST_NEWS = 200
PROMISES = 20
REFUSED = 422


@require_safe
@for_advisers(Right.READ_RECORDS)
def customer(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """The whole page."""
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    person = _person(number)
    if number != person.survivor:
        return redirect("desk:customer", number=person.survivor)
    return _page(request, me, person)


@require_safe
@for_advisers(Right.READ_RECORDS)
def live(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """The parts that change, after news."""
    down_to = _cursor(request, "down_to")
    asked = asked_first(request, me, number, ReadPage.RECORD)
    return asked or _page(request, me, _person(number), template="desk/customer/live.html", down_to=down_to)


@require_safe
@for_advisers(Right.READ_RECORDS)
def older(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """A page of the thread from a place on."""
    before = _cursor(request, "before")
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    wanted = sifting.wanted(request)
    theirs = _person(number).numbers
    page = thread.page(theirs, wanted=wanted, before=before, limit=ENTRIES)
    if not page.entries:
        raise Http404
    held = [holding for own in household.of(theirs).values() for holding in own]
    zone = operator.current().zone
    days = screens.days(page, screens.names_of(held), ZoneInfo(zone))
    context = {"number": number, "days": days, "page": page, "query": sifting.query_of(wanted)}
    template = "desk/customer/_older.html" if is_part(request) else "desk/customer/older.html"
    return show(request, me, template, context, mode=None, zone=zone, at=now())


@require_POST
@for_advisers(Right.SETTLE)
def settle(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Say which value is true; what was typed is kept when that cannot be."""
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    form = Settlement(request.POST)
    at, person = now(), _person(number)
    if form.is_valid():
        try:
            settle_contradiction(customer=number, **form.settled(), by=actor(me), at=at)
        except (NothingToSettle, NotAmongTheValues):
            form.came_too_late = True
        else:
            form = Settlement()
            if not is_part(request):
                return redirect("desk:customer", number=number)
    template = "desk/customer/settled.html" if is_part(request) else "desk/customer/page.html"
    status = REFUSED if form.is_bound else 200
    return _page(request, me, person, template=template, extra={"form": form}, status=status)


@require_safe
@for_advisers(Right.READ_RECORDS)
def preview(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """A letter to come as it would be printed."""
    if asked := asked_first(request, me, number, ReadPage.PREVIEW):
        return asked
    pdf = letters.of_preview(number, request.GET.get("subject", ""), at=now())
    if pdf is None:
        raise Http404
    return printed(pdf, f"{number}.pdf")


@require_safe
@for_advisers(Right.READ_RECORDS)
def label(request: HttpRequest, me: AdviserCard, number: str, contract: str) -> HttpResponse:
    """The return label of a contract, for a customer who has no printer."""
    if asked := asked_first(request, me, number, ReadPage.LABEL):
        return asked
    pdf = papers.label(numbers.of(number), contract, at=now())
    if pdf is None:
        raise Http404
    return printed(pdf, f"{contract}.pdf")


@require_safe
@for_advisers(Right.READ_RECORDS)
def receipt(request: HttpRequest, me: AdviserCard, number: str, fact: int) -> HttpResponse:
    """The receipt for equipment that was handed over."""
    if asked := asked_first(request, me, number, ReadPage.RECEIPT):
        return asked
    pdf = papers.receipt(numbers.of(number), fact, at=now())
    if pdf is None:
        raise Http404
    return printed(pdf, f"{fact}.pdf")


@require_POST
@for_advisers(Right.REVEAL_CODES)
def rio(request: HttpRequest, me: AdviserCard, number: str, contract: str) -> HttpResponse:
    """The RIO of a contract in full, with what is said with it; who sees it is logged."""
    at = now()
    of_all = household.of(numbers.of(number))
    found = ((own, one) for own, held in of_all.items() for one in held if one.contract == contract and one.rio)
    own, held = next(found, (number, None))
    if held is None:
        raise Http404
    if asked := asked_first(request, me, own, ReadPage.RIO, contract=contract):
        return asked
    known = customers.glances([number])
    house = operator.current()
    told = wording.told(held, holder=known[number].name, today=house.calendar.date_of(at), language=words.language())
    context = {"number": number, "contract": contract, "rio": told}
    template = "desk/customer/_rio.html" if is_part(request) else "desk/customer/rio.html"
    response = show(request, me, template, context, mode=None, zone=house.zone, at=at)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@for_advisers(Right.REVEAL_CODES)
def in_full(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """What a customer wrote, with what is masked in it; who sees it is logged."""
    at = now()
    try:
        entry = entries.by_uuid(uuid)
    except EntryUnknown:
        raise Http404 from None
    if asked := asked_first(request, me, entry.customer, ReadPage.WORDS):
        return asked
    context = {"number": entry.customer, "text": entry.text}
    template = "desk/customer/_in_full.html" if is_part(request) else "desk/customer/in_full.html"
    response = show(request, me, template, context, mode=None, zone=operator.current().zone, at=at)
    response["Cache-Control"] = "no-store"
    return response


def printed(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that the browser shows."""
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _person(number: str) -> Person:
    """Who is meant by a number, or no page at all."""
    person = numbers.person(number)
    if person is None:
        raise Http404
    return person


def _page(
    request: HttpRequest,
    me: AdviserCard,
    person: Person,
    *,
    template: str = "desk/customer/page.html",
    down_to: Cursor | None = None,
    extra: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    at, theirs = now(), person.numbers
    found = outlook.under(theirs, at=at)
    wanted = sifting.wanted(request)
    page = thread.page(theirs, wanted=wanted, down_to=down_to, limit=MOST_NEWS if down_to else ENTRIES)
    only_newest = down_to is not None and page.older is None
    if down_to and not only_newest:
        page = thread.page(theirs, wanted=wanted, limit=ENTRIES)
    sieve = sifting.sieve(
        wanted,
        household=found.household,
        cases=found.cases,
        authors=thread.authors(theirs),
        found=None if wanted == thread.ALL else thread.count(theirs, wanted),
    )
    standing = authority.standing(theirs, adviser=me.number, calendar=found.calendar, at=at)
    zone = found.operator.zone
    context = {
        "number": person.survivor,
        "numbers": theirs,
        "merged": person.merged,
        "standing": standing,
        "disclosure": standing.told(standing.mine),
        "screen": screens.screen(
            found,
            spoken.of(theirs, limit=PROMISES),
            lines=lines.of_customers(theirs),
            today=found.calendar.date_of(at),
        ),
        "days": screens.days(page, screens.names_of(found.household), ZoneInfo(zone)),
        "page": page,
        "sieve": sieve,
        "query": sieve.query,
        "down_to": page.entries[-1].cursor if page.entries else None,
        "only_newest": only_newest,
        "at": at,
        **(extra or {}),
    }
    return show(request, me, template, context, mode=found.mode, zone=zone, at=at, status=status)


def _cursor(request: HttpRequest, name: str) -> Cursor | None:
    text = request.GET.get(name)
    try:
        return Cursor.parse(text) if text else None
    except ValueError:
        raise Http404 from None
