"""Who is at the customers' door, and what stands around every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.keep_session import keep_session
from ligneclaire.people.queries import operator, sessions
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.people.rules.session import SEEN_EVERY

P = ParamSpec("P")
REFUSED = 422
# A browser takes a cookie with this prefix from this very host only, and over a secure connection only.
COOKIE = "__Host-space" if settings.SESSION_COOKIE_SECURE else "space"
COOKIE_DAYS = 400  # the longest that browsers allow: how long a session lasts, its row says
VISITOR, HOUSE = (
    "ligneclaire.visitor",
    "ligneclaire.house",
)  # beside the headers of a request, none of which is so called


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: whose house it is, who looks at it, which day it is in a demo."""

    house: str
    country: str
    me: Visitor | None
    today: date
    is_demo: bool


def customer_of(request: HttpRequest) -> str | None:
    """Number of the customer who is signed in here; None for a guest, and for an adviser of the desk."""
    visitor = visitor_of(request)
    return visitor.customer if visitor else None


def visitor_of(request: HttpRequest) -> Visitor | None:
    """The customer who is signed in here, looked up once a request."""
    if VISITOR not in request.META:
        request.META[VISITOR] = _look_up(request)
    visitor: Visitor | None = request.META[VISITOR]
    return visitor


def house_of(request: HttpRequest) -> OperatorCard:
    """The operator whose space this is, looked up once a request."""
    if HOUSE not in request.META:
        request.META[HOUSE] = operator.current()
    house: OperatorCard = request.META[HOUSE]
    return house


def actor(customer: str) -> Actor:
    """A customer as those who act are named."""
    return Actor(ActorKind.CUSTOMER, customer)


def for_customers(
    view: Callable[Concatenate[HttpRequest, Visitor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the customer who asks, in their language; others are sent to sign in, and then back."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        me = visitor_of(request)
        if me is None:
            return _to_sign_in(request)
        with translation.override(me.language):
            return view(request, me, *args, **kwargs)

    return checked


def show(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page for whoever is there, customer or guest; what a customer sees stays in no cache."""
    house, me = house_of(request), visitor_of(request)
    zone = ZoneInfo(house.zone)
    frame = Frame(
        house=house.name,
        country=house.country,
        me=me,
        today=today(request),
        is_demo=settings.DEMO or settings.CLOCK_SHIFT_DAYS != 0,
    )
    language = me.language if me else translation.get_language()
    with timezone.override(zone), translation.override(language):
        response = render(request, template, {"frame": frame, **(context or {})}, status=status)
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    if me:
        add_never_cache_headers(response)
    return response


def today(request: HttpRequest) -> date:
    """The day on which the operator is."""
    return now().astimezone(ZoneInfo(house_of(request).zone)).date()


def signed_in(response: HttpResponse, key: str) -> HttpResponse:
    """Give a browser the key of its session."""
    response.set_cookie(
        COOKIE,
        key,
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def way_back(request: HttpRequest, text: str) -> str:
    """Where somebody wanted to go, when that is a page of ours; else the start of the space."""
    ours = url_has_allowed_host_and_scheme(text, {request.get_host()}, require_https=request.is_secure())
    return text if ours and text.startswith("/") else reverse("space:home")


def _look_up(request: HttpRequest) -> Visitor | None:
    key = request.COOKIES.get(COOKIE)
    if not key:
        return None
    at = now()
    visitor = sessions.of_key(key, at=at)
    if visitor and visitor.seen_at <= at - SEEN_EVERY:
        keep_session(session=visitor.session, by=actor(visitor.own), at=at)
    return visitor


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("space:home")
    return redirect(f"{reverse('space:sign-in')}?{urlencode({'next': wanted})}")
