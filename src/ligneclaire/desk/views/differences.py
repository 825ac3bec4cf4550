"""Where the network and the records disagree: the work list, and saying what one was about."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.states import ReadPage
from ligneclaire.desk.door import actor, for_advisers, may, show
from ligneclaire.desk.network_forms import Settle
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.network.actions.settle_difference import NotOpen, settle_difference
from ligneclaire.network.queries import differences, resources
from ligneclaire.network.queries.differences import DifferenceCard
from ligneclaire.network.states import Use
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import advisers, customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.paging import page_of, paged
from ligneclaire.voice.queries import rules

REFUSED, LISTED = 422, 50
ALL = "all"


@require_safe
@for_advisers(Right.SEE_WORK)
def waiting(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """My own and those of whom I stand in for, by day; all of the house for a supervisor."""
    page, is_all = page_of(request), request.GET.get("whose") == ALL and may(request, Right.OVERSEE)
    today = operator.current().calendar.date_of(now())
    mine = {me.number, *advisers.covered_by(me.number, on=today)}
    found = differences.open_of(None if is_all else mine, limit=LISTED + 1, skip=(page - 1) * LISTED)
    context = {
        "list": paged(found, page=page, size=LISTED),
        "owners": advisers.cards({one.owner for one in found}),
        "today": today,
        "is_all": is_all,
        "query": f"whose={ALL}" if is_all else "",
    }
    return _show(request, me, "desk/network/differences.html", context)


@require_safe
@for_advisers(Right.SETTLE)
def one(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """One difference; where a customer may lose something by it, a reading of their record."""
    card = _card(uuid)
    return _asked(request, me, card) or _page(request, me, card, Settle())


@require_POST
@for_advisers(Right.SETTLE)
def settle(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Say what was found and done; what was typed is kept when that cannot be."""
    card = _card(uuid)
    if asked := _asked(request, me, card):
        return asked
    form = Settle(request.POST)
    if not form.is_valid():
        return _page(request, me, card, form, status=REFUSED)
    try:
        settle_difference(difference=uuid, **form.cleaned_data, by=actor(me), at=now())
    except NotOpen:
        return _page(request, me, card, form, came_too_late=True, status=REFUSED)
    return redirect("desk:differences")


def _card(uuid: UUID) -> DifferenceCard:
    card = differences.card(uuid)
    if card is None:
        raise Http404
    return card


def _asked(request: HttpRequest, me: AdviserCard, card: DifferenceCard) -> HttpResponse | None:
    return asked_first(request, me, card.customer, ReadPage.RECORD) if card.customer else None


def _page(
    request: HttpRequest,
    me: AdviserCard,
    card: DifferenceCard,
    form: Settle,
    *,
    came_too_late: bool = False,
    status: int = 200,
) -> HttpResponse:
    known = resources.card(card.resource)
    context = {
        "one": card,
        "owner": advisers.cards([card.owner])[card.owner],
        "customer": customers.glances([card.customer])[card.customer] if card.customer else None,
        "resource": known,
        "may_free": known and known.holding and known.holding.use is Use.TAKEN,
        "form": form,
        "came_too_late": came_too_late,
    }
    return _show(request, me, "desk/network/difference.html", context, status=status)


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    at = now()
    mode, zone = rules.last_change(at), operator.current().zone
    return show(request, me, template, context, mode=mode, zone=zone, at=at, status=status)
