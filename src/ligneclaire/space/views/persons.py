"""Who may speak for the customer, and withdrawing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.withdraw_trust import NotChosenByThem, withdraw_trust
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.authorised import PersonUnknown
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.space.door import actor, for_customers, show
from ligneclaire.space.queries import persons as known
from ligneclaire.voice.actions.confirm_withdrawal import confirm_withdrawal


@require_safe
@for_customers
def persons(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Everybody who may, with what and until when."""
    today = operator.current().calendar.date_of(now())
    return show(request, "space/persons/page.html", {"persons": known.of(me.numbers, today=today)})


@require_POST
@for_customers
def withdraw(request: HttpRequest, me: Visitor, uuid: UUID) -> HttpResponse:
    """They may no longer, from now on."""
    try:
        _withdraw(me.customer, uuid)
    except PersonUnknown:
        raise Http404 from None
    except NotChosenByThem:
        messages.error(request, _("A judge or an inheritance named this person: please call your adviser."))
    else:
        messages.success(request, _("It is withdrawn, from now on. We confirm it to you by message."))
    return redirect("space:persons")


@transaction.atomic
def _withdraw(customer: str, person: UUID) -> None:
    by, at = actor(customer), now()
    if withdraw_trust(person=person, by=by, at=at):
        confirm_withdrawal(customer=customer, person=person, by=by, at=at)
