"""Sessions, sign-ins and what else is the customer's own to decide."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.answer_consent import answer_consent
from ligneclaire.people.actions.choose_language import LanguageNotSpoken, choose_language
from ligneclaire.people.actions.end_other_sessions import end_other_sessions
from ligneclaire.people.actions.end_session import NoSession, end_session
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.people.states import Purpose
from ligneclaire.space.door import COOKIE, actor, customer_of, for_customers, show, visitor_of, way_back
from ligneclaire.space.queries import security

LANGUAGE_DAYS = 365
ANSWERS = {"yes": True, "no": False}


@require_safe
@for_customers
def page(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Where the customer is signed in, with what, and who came in when."""
    return show(request, "space/security/page.html", {"security": security.of(me.customer, here=me.session, at=now())})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; a guest is out already."""
    me = visitor_of(request)
    if me:
        end_session(session=me.session, customer=me.customer, by=actor(me.customer), at=now())
    response = redirect("space:sign-in")
    response.delete_cookie(COOKIE)
    return response


@require_POST
@for_customers
def end_one(request: HttpRequest, me: Visitor, uuid: UUID) -> HttpResponse:
    """Shut out one browser."""
    try:
        end_session(session=uuid, customer=me.customer, by=actor(me.customer), at=now())
    except NoSession:
        raise Http404 from None
    messages.success(request, _("That device is signed out."))
    return redirect("space:security")


@require_POST
@for_customers
def end_others(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Shut out every browser but this one."""
    ended = end_other_sessions(session=me.session, customer=me.customer, by=actor(me.customer), at=now())
    said = ngettext("%(ended)d other device is signed out.", "%(ended)d other devices are signed out.", ended)
    messages.success(request, said % {"ended": ended})
    return redirect("space:security")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language: a customer's choice is kept and counts for messages too, a guest's in this browser."""
    chosen, customer = request.POST.get("language", ""), customer_of(request)
    response = redirect(way_back(request, request.POST.get("next", "")))
    if chosen not in dict(settings.LANGUAGES):
        return response
    if customer:
        try:
            choose_language(customer=customer, language=chosen, by=actor(customer), at=now())
        except LanguageNotSpoken:
            return response
    seconds = LANGUAGE_DAYS * 24 * 3600
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=seconds, secure=secure, samesite="Lax")
    return response


@require_POST
@for_customers
def welcome_back(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Whether we may write to somebody who left; the answer can be changed at any time."""
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer is None:
        return redirect("space:home")
    answer_consent(customer=me.customer, purpose=Purpose.WELCOME_BACK, is_given=answer, by=actor(me.customer), at=now())
    thanks = _("Thank you. We may write to you.") if answer else _("Thank you. We will not write to you about this.")
    messages.success(request, thanks)
    return redirect("space:home")
