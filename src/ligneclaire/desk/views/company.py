"""Logging in through the company's identity provider; who has no login here does not get one by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.desk import company, entrance
from ligneclaire.desk.company import Failure, NotThrough
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.address import way_of
from ligneclaire.kernel.clock import now
from ligneclaire.people.accounts import Accounts
from ligneclaire.people.actions.count_login_try import TooManyTries, count_login_try
from ligneclaire.people.actions.end_company_sessions import end_company_sessions
from ligneclaire.people.actions.forget_login_tries import forget_login_tries
from ligneclaire.people.actions.sign_in_by_company import NobodysIdentity, sign_in_by_company
from ligneclaire.people.actions.take_role import NoRole

WANTED = "company_wanted"
STATUS = {
    Failure.UNREACHABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Failure.STALE: HTTPStatus.BAD_REQUEST,
    Failure.DENIED: HTTPStatus.FORBIDDEN,
    Failure.UNPROVED: HTTPStatus.BAD_GATEWAY,
    Failure.UNKNOWN: HTTPStatus.FORBIDDEN,
    Failure.NO_ROLE: HTTPStatus.FORBIDDEN,
}


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """To the provider, and from there to where somebody wanted to go."""
    _only_if_there_is_one()
    try:
        count_login_try(username=None, address=_from(request), by=SYSTEM, at=now())
    except TooManyTries as refused:
        return _too_many(request, refused.after)
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    try:
        answer = company.ask(request)
    except NotThrough as why:
        return _failed(request, why.failure)
    request.session[WANTED] = wanted if is_ours else settings.LOGIN_REDIRECT_URL
    return answer


@require_safe
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """In, or on to our own second step where the provider did not ask for one."""
    _only_if_there_is_one()
    try:
        claimed = company.answered(request)
        user = _account_of(claimed)
    except NotThrough as why:
        return _failed(request, why.failure)
    forget_login_tries(username=None, address=_from(request), by=SYSTEM, at=now())
    wanted = request.session.pop(WANTED, settings.LOGIN_REDIRECT_URL)
    if settings.SECOND_FACTOR == "off" or company.is_second_factor(claimed):
        entrance.enter(request, user, company=claimed.session)
        return entrance.remember_way(request, redirect(wanted))
    entrance.begin(request, user, wanted=wanted, company=claimed.session)
    return redirect("desk:second-step")


@csrf_exempt  # the provider calls by itself, and signs
@require_POST
@never_cache
def ended(request: HttpRequest) -> HttpResponse:
    """The provider says that somebody is logged out there: here too, in every browser that came through it."""
    _only_if_there_is_one()
    try:
        count_login_try(username=None, address=_from(request), by=SYSTEM, at=now())
    except TooManyTries:
        return JsonResponse({"error": "slow_down"}, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        said = company.told_to_end(request.POST.get("logout_token", ""))
    except NotThrough as why:
        is_away = why.failure is Failure.UNREACHABLE
        status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.BAD_REQUEST
        return JsonResponse({"error": "invalid_request"}, status=status)
    forget_login_tries(username=None, address=_from(request), by=SYSTEM, at=now())
    _end(said.subject, session=said.session, begun_by=said.at)
    return HttpResponse()


@require_safe
@never_cache
def out(request: HttpRequest) -> HttpResponse:
    """Out of the provider too, for who shares a computer."""
    _only_if_there_is_one()
    try:
        return redirect(company.way_out(request))
    except NotThrough as why:
        return _failed(request, why.failure)


def _account_of(claimed: company.Claimed) -> User:
    issuer = settings.OIDC_ISSUER
    subject, email, roles = claimed.subject, claimed.email, claimed.roles
    try:
        found = sign_in_by_company(issuer=issuer, subject=subject, email=email, roles=roles, by=SYSTEM, at=now())
    except NobodysIdentity:
        raise company.nobody(claimed) from None
    except NoRole:
        _end(subject, session="", begun_by=now())
        raise company.without_role(claimed) from None
    user = Accounts().get_user(found)
    assert isinstance(user, User)
    return user


def _end(subject: str, *, session: str, begun_by: datetime) -> None:
    issuer = settings.OIDC_ISSUER
    end_company_sessions(issuer=issuer, subject=subject, session=session, begun_by=begun_by, by=SYSTEM, at=now())


def _only_if_there_is_one() -> None:
    if not company.name():
        raise Http404


def _from(request: HttpRequest) -> str:
    return way_of(request.META).sender()


def _too_many(request: HttpRequest, after: timedelta) -> HttpResponse:
    context = {"minutes": entrance.minutes(after), "company": company.name()}
    page = render(request, "desk/login/company.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    page.headers["Retry-After"] = str(-(-after // timedelta(seconds=1)))
    return page


def _failed(request: HttpRequest, failure: Failure) -> HttpResponse:
    context = {"failure": failure.value, "company": company.name()}
    return render(request, "desk/login/company.html", context, status=STATUS[failure])
