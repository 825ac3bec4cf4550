"""What brings an adviser to a customer: one click, or a sentence."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ligneclaire.cases.actions.name_occasion import OccasionUnexplained, name_occasion
from ligneclaire.cases.states import OccasionKind
from ligneclaire.desk.door import actor, for_advisers
from ligneclaire.desk.reading import ask
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries.advisers import AdviserCard

REFUSED = 422


@require_POST
@for_advisers(Right.READ_RECORDS)
def occasion(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Keep it for the day, and go on to what was wanted."""
    at, back = now(), _way_back(request)
    kind = request.POST.get("kind", "")
    if not customers.known([number]):
        raise Http404
    if kind not in OccasionKind.values:
        fault = _("Choose what brings you here.")
        return ask(request, me, number, back=back, at=at, fault=fault, status=REFUSED)
    house = operator.current()
    day = house.calendar.date_of(at)
    words = request.POST.get("words", "")
    try:
        name_occasion(customer=number, kind=OccasionKind(kind), words=words, day=day, by=actor(me), at=at)
    except OccasionUnexplained:
        fault = _("Say it in a sentence; the customer can read it.")
        return ask(request, me, number, back=back, at=at, fault=fault, status=REFUSED)
    return redirect(back) if back else redirect("desk:customer", number=number)


def _way_back(request: HttpRequest) -> str:
    """Where the adviser wanted to go, when that is a page of ours."""
    text = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(text, {request.get_host()}, require_https=request.is_secure())
    return text if ours and text.startswith("/") else ""
