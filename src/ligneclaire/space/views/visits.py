"""The page that a link opens for whoever a technician comes to: choose a time, confirm, move, cancel."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ligneclaire.kernel.calendar import ONE_DAY
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.space import visits as shown
from ligneclaire.space.calendar_file import Appointment, written
from ligneclaire.space.door import REFUSED, actor, house_of, show
from ligneclaire.visits.actions.ask_visit import NoSuchNeed
from ligneclaire.visits.actions.book_visit import HasOne, NotHeld, book_visit
from ligneclaire.visits.actions.cancel_visit import TooLateToCancel, cancel_visit
from ligneclaire.visits.actions.hold_slot import SlotGone, hold_slot
from ligneclaire.visits.actions.move_visit import NotBooked, TooLateToMove, move_visit
from ligneclaire.visits.locked import NoSuchVisit
from ligneclaire.visits.queries import links, needs
from ligneclaire.visits.queries import visits as known
from ligneclaire.visits.queries.needs import NeedCard
from ligneclaire.visits.queries.visits import VisitCard
from ligneclaire.visits.rules.times import MOST_DAYS
from ligneclaire.visits.states import VisitState

ANTICIPATED = (SlotGone, HasOne, NotHeld, NotBooked, TooLateToMove, TooLateToCancel, NoSuchVisit)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what stands, or do what was asked and show that, in the customer's language."""
    need = _need(token)
    with override(need.language):
        if request.method != "POST":
            return _page(request, token, need)
        try:
            _do(request.POST, need)
        except NoSuchNeed:
            return _page(request, token, _need(token), status=HTTPStatus.GONE)
        except ANTICIPATED as refused:
            return _page(request, token, need, fault=shown.why(refused), status=REFUSED)
        return redirect("space:visit", token=token)


@require_safe
@never_cache
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The visit as calendars take it in; after it was cancelled, the word that takes it out again."""
    need = _need(token)
    cards = [card for card in known.of_need(need.reference) if card.state != VisitState.HELD]
    if not cards:
        raise Http404
    card = max(cards, key=lambda one: one.changed_at)
    with override(need.language):
        content = written(_appointment(request, need, card), house=house_of(request).name)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


def _need(token: str) -> NeedCard:
    reference = links.need_of(token)
    card = needs.card(reference) if reference else None
    if card is None:
        raise Http404
    return card


def _do(sent: QueryDict, need: NeedCard) -> None:
    at, by = now(), actor(need.customer)
    if window := shown.read_window(sent.get("choose", "")):
        hold_slot(need=need.reference, window=window, by=by, at=at)
    stands = shown.standing(need, at=at)
    if (held := sent.get("confirm")) and stands.to_come and stands.to_come.reference != held:
        move_visit(reference=stands.to_come.reference, to=held, by=by, at=at)
    elif held:
        book_visit(reference=_theirs(held, need), by=by, at=at)
    if given_up := sent.get("cancel"):
        cancel_visit(reference=_theirs(given_up, need), by=by, at=at)


def _theirs(reference: str, need: NeedCard) -> str:
    """A link opens nothing of anybody else."""
    card = known.card(reference)
    if card is not None and card.need != need.reference:
        raise NoSuchVisit(reference=reference)
    return reference


def _page(
    request: HttpRequest, token: str, need: NeedCard, *, fault: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    at, calendar = now(), house_of(request).calendar
    stands = shown.standing(need, at=at)
    is_choosing = not stands.is_closed and not stands.held and (not stands.to_come or "move" in request.GET or fault)
    first = _day(request.GET.get("from", ""), today=calendar.date_of(at))
    offered = shown.days(need, first, calendar=calendar, at=at) if is_choosing else ()
    later = (first or calendar.date_of(at)) + shown.SHOWN
    context = {"need": need, "stands": stands, "days": offered, "is_choosing": is_choosing, "later": later}
    more = {"token": token, "fault": fault, "house": house_of(request), "is_later": first is not None}
    response = show(request, "space/visit/page.html", context | more, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _day(text: str, *, today: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if today < day <= today + MOST_DAYS * ONE_DAY else None


def _appointment(request: HttpRequest, need: NeedCard, card: VisitCard) -> Appointment:
    house = house_of(request)
    address = request.build_absolute_uri(links.path(need.reference))
    with timezone.override(house.calendar.tz):
        until = date_format(timezone.localtime(card.ends), "H:i")
    said = _("The technician comes before %(until)s. To move or cancel: %(address)s") % {
        "until": until,
        "address": address,
    }
    return Appointment(
        uid=str(uuid_of("visit", house.name, card.reference)),
        sequence=card.sequence,
        written_at=card.changed_at,
        starts=card.starts,
        ends=card.ends,
        summary=f"{house.name} – {shown.PURPOSES[need.purpose]}",
        place=need.place,
        description=said,
        is_cancelled=card.state == VisitState.CANCELLED,
    )
