"""The day of a technician, and a visit as whoever makes it needs it: set out, close it, say that nobody met anybody."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.actions.open_visit import NotTheirs, open_visit
from ligneclaire.cases.states import ReadPage
from ligneclaire.desk import visit_screens
from ligneclaire.desk.door import actor, for_advisers, may, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.visit_forms import Close, Miss
from ligneclaire.desk.visit_words import FAULTS
from ligneclaire.kernel.calendar import ONE_DAY
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.visits.actions.close_visit import NotToCome, close_visit
from ligneclaire.visits.actions.miss_visit import NotYetMissed, miss_visit
from ligneclaire.visits.actions.move_visit import NotBooked
from ligneclaire.visits.actions.set_out import set_out
from ligneclaire.visits.queries import technicians
from ligneclaire.visits.queries import visits as known
from ligneclaire.visits.queries.technicians import TechnicianCard
from ligneclaire.visits.queries.visits import Stop
from ligneclaire.visits.states import VisitState
from ligneclaire.voice.queries import rules

REFUSED = 422


@require_safe
@for_advisers(Right.MAKE_VISITS)
def mine(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """My visits of today, or of the day that is asked for."""
    return _day(request, me, technicians.of_adviser(me.number))


@require_safe
@for_advisers(Right.OVERSEE)
def everybody(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """All technicians, each with the way to their day."""
    at = now()
    context = {"technicians": technicians.listed()}
    mode, zone = rules.last_change(at), operator.current().zone
    return show(request, me, "desk/visits/technicians.html", context, mode=mode, zone=zone, at=at)


@require_safe
@for_advisers(Right.OVERSEE)
def of_one(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """The day of a technician."""
    card = technicians.card(number)
    if card is None:
        raise Http404
    return _day(request, me, card)


@require_safe
@for_advisers(Right.SEE_VISITS)
def one(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """A visit: a technician's own, or a reading of its customer's record."""
    stop = _stop(reference)
    if may(request, Right.MAKE_VISITS):
        _open(me, reference)
    elif asked := asked_first(request, me, stop.visit.customer, ReadPage.VISIT):
        return asked
    return _page(request, me, stop)


@require_POST
@for_advisers(Right.MAKE_VISITS)
def leave(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Be on the way; once is enough."""
    _open(me, reference)
    try:
        set_out(reference=reference, by=actor(me), at=now())
    except NotBooked:
        return _page(request, me, _stop(reference), is_over=True)
    return redirect("desk:visit", reference=reference)


@require_POST
@for_advisers(Right.MAKE_VISITS)
def close(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Close it with what is in use now; sent a second time, nothing happens twice."""
    _open(me, reference)
    stop, form = _stop(reference), Close(request.POST)
    if not form.is_valid():
        return _page(request, me, stop, form=form)
    said = form.said()
    try:
        stated = close_visit(reference=reference, **said, by=actor(me), at=now())
    except NotToCome:
        return _page(request, me, _stop(reference), is_over=True)
    except tuple(FAULTS) as refused:
        form.add_error("resource", str(FAULTS[type(refused)]))
        return _page(request, me, stop, form=form)
    if stop.visit.state is VisitState.DONE or (said["resource"] and stated is None):
        messages.info(request, _("This visit was closed already with these words: nothing was done twice."))
    else:
        messages.success(request, _("The visit is closed."))
    return redirect("desk:visit", reference=reference)


@require_POST
@for_advisers(Right.MAKE_VISITS)
def miss(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Say that nobody was at home, or that we did not come."""
    _open(me, reference)
    form = Miss(request.POST)
    if not form.is_valid():
        return _page(request, me, _stop(reference), fault=_("Say through whom it did not take place."))
    try:
        miss_visit(reference=reference, missed_by=form.cleaned_data["missed_by"], by=actor(me), at=now())
    except NotYetMissed:
        return _page(request, me, _stop(reference), fault=_("The time of this visit has not begun."))
    except NotToCome:
        return _page(request, me, _stop(reference), is_over=True)
    return redirect("desk:visit", reference=reference)


def _stop(reference: str) -> Stop:
    stop = known.stop(reference)
    if stop is None or stop.visit.state is VisitState.HELD:
        raise Http404
    return stop


def _open(me: AdviserCard, reference: str) -> None:
    try:
        open_visit(reference=reference, by=actor(me), at=now())
    except NotTheirs:
        raise Http404 from None


def _day(request: HttpRequest, me: AdviserCard, technician: TechnicianCard | None) -> HttpResponse:
    at, house = now(), operator.current()
    today = house.calendar.date_of(at)
    day = _asked_day(request.GET.get("day", "")) or today
    context = {
        "technician": technician,
        "day": day,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "is_today": day == today,
        "stops": known.of_technician(technician.number, day) if technician else (),
    }
    mode = rules.last_change(at) if may(request, Right.OVERSEE) else None
    return show(request, me, "desk/visits/day.html", context, mode=mode, zone=house.zone, at=at)


def _asked_day(text: str) -> date | None:
    """A day with one before and one after it; anything else is not asked for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min < day < date.max else None


def _page(
    request: HttpRequest,
    me: AdviserCard,
    stop: Stop,
    *,
    form: Close | None = None,
    is_over: bool = False,
    fault: str = "",
) -> HttpResponse:
    at, house = now(), operator.current()
    is_mine = may(request, Right.MAKE_VISITS)
    context = {
        "visit": stop.visit,
        "screen": visit_screens.of(stop, for_adviser=not is_mine, at=at),
        "form": form or Close(initial={"resource": stop.expected}),
        "is_over": is_over,
        "fault": fault,
        "is_mine": is_mine,
        "number": "" if is_mine else stop.visit.customer,
    }
    mode = None if is_mine else rules.last_change(at)
    status = REFUSED if form or is_over or fault else 200
    return show(request, me, "desk/visits/visit.html", context, mode=mode, zone=house.zone, at=at, status=status)
