"""Who may come in, and what every page shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ligneclaire.desk.entrance import go_on, goes_through_company
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import TECHNICIAN, NotAllowed, Right
from ligneclaire.people.accounts import adviser_of, clerk_of, role_of
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.logins import ClerkCard
from ligneclaire.voice.queries.rules import ModeCard
from ligneclaire.voice.rules.state import Mode

P = ParamSpec("P")
Who = TypeVar("Who", AdviserCard, ClerkCard)
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

ADVISERS_START, CLERKS_START, TECHNICIANS_START = "desk:today", "desk:department", "desk:visits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: who looks at it, whether the voice is live, which day it is in a demo."""

    me: AdviserCard | ClerkCard
    mode: ModeCard | None
    today: date
    is_demo: bool
    is_supervisor: bool
    is_technician: bool

    @property
    def silence(self) -> ModeCard | None:
        """The change of mode that must not be overlooked."""
        return self.mode if self.mode and self.mode.mode is not Mode.LIVE else None


def for_advisers(
    right: Right,
) -> Callable[[Callable[Concatenate[HttpRequest, AdviserCard, P], HttpResponse]], View[P]]:
    """Hand the view the adviser who asks and may; clerks and technicians are sent to their own, others to log in."""
    return lambda view: _for(adviser_of, right, view)


def for_clerks(
    right: Right,
) -> Callable[[Callable[Concatenate[HttpRequest, ClerkCard, P], HttpResponse]], View[P]]:
    """Hand the view the clerk who asks and may; an adviser is sent to their own start, others to log in."""
    return lambda view: _for(clerk_of, right, view)


def may(request: HttpRequest, right: Right) -> bool:
    """Whether who asks may do this."""
    return role_of(request.user).may(right)


def actor(me: AdviserCard | ClerkCard) -> Actor:
    """An adviser or a clerk as those who act are named."""
    return Actor(ActorKind.ADVISER if isinstance(me, AdviserCard) else ActorKind.CLERK, me.number)


def is_part(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def show(
    request: HttpRequest,
    me: AdviserCard | ClerkCard,
    template: str,
    context: Mapping[str, object],
    *,
    mode: ModeCard | None = None,
    zone: str,
    at: datetime,
    status: int = 200,
) -> HttpResponse:
    """Render a page in the operator's time zone."""
    tz = ZoneInfo(zone)
    frame = Frame(
        me=me,
        mode=mode,
        today=at.astimezone(tz).date(),
        is_demo=settings.CLOCK_SHIFT_DAYS != 0,
        is_supervisor=may(request, Right.OVERSEE),
        is_technician=role_of(request.user) is TECHNICIAN,
    )
    with timezone.override(tz):
        return render(request, template, {"frame": frame, "drawn_at": at.isoformat(), **context}, status=status)


def _for(
    who: Callable[[AbstractBaseUser | AnonymousUser], Who | None],
    right: Right,
    view: Callable[Concatenate[HttpRequest, Who, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_login(request)
        me = who(request.user)
        if me is None:
            return _elsewhere(request)
        if not may(request, right) and role_of(request.user) is TECHNICIAN:
            return _elsewhere(request)
        if not may(request, right):
            raise PermissionDenied
        if not is_part(request) or request.method == "POST":  # parts of a page are also drawn while nobody is there
            go_on(request)
        try:
            return view(request, me, *args, **kwargs)
        except NotAllowed as refused:  # the action knows better
            raise PermissionDenied from refused

    return checked


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """To where somebody belongs who only wanted to look; nobody else's page, nobody else's deed."""
    start = _start(request.user)
    if start is None or is_part(request) or request.method not in {"GET", "HEAD"}:
        raise PermissionDenied
    return redirect(start)


def _start(user: AbstractBaseUser | AnonymousUser) -> str | None:
    if role_of(user) is TECHNICIAN:
        return TECHNICIANS_START
    return ADVISERS_START if adviser_of(user) else CLERKS_START if clerk_of(user) else None


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the login page, or through the company as before.

    A part of a page says so where it stands, because something may be typed there.
    """
    if is_part(request):
        return HttpResponse(status=401)
    way = reverse("desk:company") if goes_through_company(request) else None
    return redirect_to_login(request.get_full_path(), way)
