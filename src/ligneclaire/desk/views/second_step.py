"""The second step of logging in: a code of an app, a recovery code or a passkey; the first time, an app is joined."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ligneclaire.desk.entrance import (
    OnTheWay,
    authenticator_time,
    enter,
    minutes,
    on_the_way,
    place_of,
    remember_to_sign,
    remember_way,
    to_sign,
    tries_of,
)
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.ask_challenge import ask_challenge
from ligneclaire.people.actions.claim_challenge import NothingToSign
from ligneclaire.people.actions.count_login_try import TooManyTries, count_login_try
from ligneclaire.people.actions.forget_login_tries import forget_login_tries
from ligneclaire.people.actions.set_up_second_factor import AppNotJoined, SecondFactorKnown, set_up_second_factor
from ligneclaire.people.actions.sign_in_by_passkey import PasskeyNotAccepted
from ligneclaire.people.actions.try_second_factor import SecondFactorWrong, try_second_factor
from ligneclaire.people.actions.use_staff_key import use_staff_key
from ligneclaire.people.queries import operator, second_factors
from ligneclaire.people.rules.passkey import how_to_use
from ligneclaire.people.rules.second_factor import address_of, secret_of

REFUSED = 422
LONGEST, LONGEST_ANSWER = 40, 20_000


def _for_who_is_on_the_way(view: Callable[[HttpRequest, OnTheWay], HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view whose password was right; others begin with that."""

    @wraps(view)
    @never_cache
    def checked(request: HttpRequest) -> HttpResponse:
        who = on_the_way(request)
        return view(request, who) if who else redirect("desk:login")

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@_for_who_is_on_the_way
def second_step(request: HttpRequest, who: OnTheWay) -> HttpResponse:
    """What the app shows now, or a recovery code."""
    if second_factors.of(who.id) is None:
        return redirect("desk:second-step-set-up")
    if request.method != "POST":
        return _asked(request, who)
    if waits := _counted(request, who):
        return _asked(request, who, status=HTTPStatus.TOO_MANY_REQUESTS, minutes=waits)
    try:
        try_second_factor(user=who.id, typed=_typed(request), shown_at=authenticator_time(), by=SYSTEM, at=now())
    except SecondFactorWrong:
        return _asked(request, who, status=REFUSED, is_wrong=True)
    _in(request, who)
    return remember_way(request, redirect(who.wanted))


@require_http_methods(["GET", "HEAD", "POST"])
@_for_who_is_on_the_way
def set_up(request: HttpRequest, who: OnTheWay) -> HttpResponse:
    """The drawing for the app, and the first code that it shows; then the recovery codes, this once."""
    if second_factors.of(who.id) is not None:
        return redirect("desk:second-step")
    if request.method != "POST":
        return _drawn(request, who)
    if waits := _counted(request, who):
        return _drawn(request, who, status=HTTPStatus.TOO_MANY_REQUESTS, minutes=waits)
    try:
        codes = set_up_second_factor(
            user=who.id,
            seed=who.seed,
            typed=_typed(request),
            shown_at=authenticator_time(),
            by=SYSTEM,
            at=now(),
        )
    except AppNotJoined:
        return _drawn(request, who, status=REFUSED, is_wrong=True)
    except SecondFactorKnown:
        return redirect("desk:second-step")
    _in(request, who)
    return remember_way(request, render(request, "desk/login/recovery.html", {"codes": codes, "next": who.wanted}))


@require_POST
@_for_who_is_on_the_way
def key_options(request: HttpRequest, _who: OnTheWay) -> HttpResponse:
    """What a passkey has to sign."""
    asked = ask_challenge(customer=None, by=SYSTEM, at=now())
    remember_to_sign(request, asked.uuid)
    return HttpResponse(how_to_use(place_of(request), challenge=asked.value), content_type="application/json")


@require_POST
@_for_who_is_on_the_way
def key(request: HttpRequest, who: OnTheWay) -> HttpResponse:
    """Come in with what was signed."""
    try:
        use_staff_key(
            user=who.id,
            answer=request.POST.get("answer", "")[:LONGEST_ANSWER],
            challenge=to_sign(request),
            place=place_of(request),
            by=SYSTEM,
            at=now(),
        )
    except (PasskeyNotAccepted, NothingToSign):
        return JsonResponse({}, status=REFUSED)
    _in(request, who)
    return remember_way(request, JsonResponse({"next": who.wanted}))


def _counted(request: HttpRequest, who: OnTheWay) -> int:
    """Count a try before it is looked at; for how many minutes to wait where there were too many."""
    try:
        count_login_try(**_tries(request, who), by=SYSTEM, at=now())
    except TooManyTries as refused:
        return minutes(refused.after)
    return 0


def _in(request: HttpRequest, who: OnTheWay) -> None:
    forget_login_tries(**_tries(request, who), by=SYSTEM, at=now())
    enter(request, who.user, company=who.company)


def _tries(request: HttpRequest, who: OnTheWay) -> dict[str, str]:
    return tries_of(request, f"second step of {who.username}")


def _typed(request: HttpRequest) -> str:
    return request.POST.get("code", "")[:LONGEST]


def _asked(request: HttpRequest, who: OnTheWay, *, status: int = 200, **more: object) -> HttpResponse:
    has_keys = bool(second_factors.credentials_of(who.id))
    return render(request, "desk/login/second.html", {"has_keys": has_keys, **more}, status=status)


def _drawn(request: HttpRequest, who: OnTheWay, *, status: int = 200, **more: object) -> HttpResponse:
    secret = secret_of(who.seed, key=settings.SECRET_KEY)
    address = address_of(secret, account=who.username, house=operator.current().name)
    context = {
        "drawing": segno.make_qr(address, error="m").svg_inline(scale=5, border=4, light="#fff"),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "called": _("QR code for your app"),
        **more,
    }
    return render(request, "desk/login/set_up.html", context, status=status)
