"""Who may speak for a customer: those who may, those who might, and a form for one more."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ligneclaire.cases.states import ReadPage
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.person_forms import Person
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.actions.authorise_person import (
    AuthorisedAlready,
    EndsBeforeItBegins,
    NobodyNamed,
    authorise_person,
)
from ligneclaire.people.actions.withdraw_authorisation import withdraw_authorisation
from ligneclaire.people.queries import authorised, customers, numbers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.authorised import PersonUnknown
from ligneclaire.voice.queries import rules

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.AUTHORISE)
def persons(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Authorise somebody; what was typed is kept when that cannot be."""
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    at, house = now(), operator.current()
    today = house.calendar.date_of(at)
    form = Person(request.POST or None, country=house.country, initial={"first": f"{today:%d/%m/%Y}"})
    theirs = numbers.of(number)
    if form.is_valid() and _is_authorised(form, me, theirs[0]):
        return redirect("desk:persons", number=number)
    known = authorised.of(theirs)
    holding = authorised.holding(known, on=today)
    context = {
        "customer": customers.glances([number])[number],
        "form": form,
        "persons": holding,
        "others": [one for one in known if one not in holding],
        "today": today,
    }
    return show(
        request,
        me,
        "desk/persons/page.html",
        context,
        mode=rules.last_change(at),
        zone=house.zone,
        at=at,
        status=REFUSED if form.is_bound else 200,
    )


def _is_authorised(form: Person, me: AdviserCard, number: str) -> bool:
    try:
        authorise_person(
            person=form.cleaned_data["person"], customer=number, authority=form.authority(), by=actor(me), at=now()
        )
    except NobodyNamed:
        form.add_error("name", _("Say who it is."))
    except EndsBeforeItBegins:
        form.add_error("last", _("The last day lies before the first."))
    except AuthorisedAlready:
        form.add_error("name", _("They are authorised as this on one of these days: withdraw that first."))
    return form.is_valid()


@require_POST
@for_advisers(Right.AUTHORISE)
def withdraw(request: HttpRequest, me: AdviserCard, number: str, uuid: UUID) -> HttpResponse:
    """They may no longer."""
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    try:
        authorised.by_uuid(uuid, customer=number)
    except PersonUnknown:
        raise Http404 from None
    withdraw_authorisation(person=uuid, by=actor(me), at=now())
    return redirect("desk:persons", number=number)
