"""Who may come in, and what every page shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.accounts import adviser_of
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries.rules import ModeCard
from ligneclaire.voice.rules.state import Mode

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: who looks at it, whether the voice is live, which day it is in a demo."""

    me: AdviserCard
    mode: ModeCard | None
    today: date
    is_demo: bool

    @property
    def silence(self) -> ModeCard | None:
        """The change of mode that must not be overlooked."""
        return self.mode if self.mode and self.mode.mode is not Mode.LIVE else None


def for_advisers(
    view: Callable[Concatenate[HttpRequest, AdviserCard, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the adviser who asks; others are sent to log in."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_login(request)
        me = adviser_of(request.user)
        if me is None:
            raise PermissionDenied
        return view(request, me, *args, **kwargs)

    return checked


def actor(me: AdviserCard) -> Actor:
    """An adviser as those who act are named."""
    return Actor(ActorKind.ADVISER, me.number)


def is_part(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def show(
    request: HttpRequest,
    me: AdviserCard,
    template: str,
    context: Mapping[str, object],
    *,
    mode: ModeCard | None,
    zone: str,
    at: datetime,
    status: int = 200,
) -> HttpResponse:
    """Render a page in the operator's time zone."""
    tz = ZoneInfo(zone)
    frame = Frame(me=me, mode=mode, today=at.astimezone(tz).date(), is_demo=settings.CLOCK_SHIFT_DAYS != 0)
    with timezone.override(tz):
        return render(request, template, {"frame": frame, "drawn_at": at.isoformat(), **context}, status=status)


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the login page; a part of a page says so where it stands, because something may be typed there."""
    return HttpResponse(status=401) if is_part(request) else redirect_to_login(request.get_full_path())
