"""One plan of a customer, as lanes by department and with all that stands before each step."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ligneclaire.cases.states import ReadPage
from ligneclaire.contracts.queries import household
from ligneclaire.desk import screens
from ligneclaire.desk.door import for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.journeys.queries import plans
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import customers, numbers
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.promises.queries import pledges
from ligneclaire.voice.queries import rules


@require_safe
@for_advisers(Right.READ_RECORDS)
def plan(request: HttpRequest, me: AdviserCard, number: str, uuid: UUID) -> HttpResponse:
    """The plan, whichever number of the person it is of."""
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    at, theirs = now(), numbers.of(number)
    found = plans.of(theirs, pledges.of(theirs))
    card = next((card for cards in found.values() for card in cards if card.uuid == uuid), None)
    if card is None:
        raise Http404
    house = rules.house_and_changes()[0]
    calendar = house.operator.calendar
    held = [holding for own in household.of(theirs).values() for holding in own]
    drawing = screens.plan(
        card,
        screens.names_of(held),
        departments=house.departments,
        today=calendar.date_of(at),
        calendar=calendar,
    )
    context = {"number": number, "customer": customers.glances([number])[number], "drawing": drawing, "is_whole": True}
    mode = rules.last_change(at)
    return show(request, me, "desk/customer/plan.html", context, mode=mode, zone=house.operator.zone, at=at)
