"""Coming in without a password: say who you are, type the code, choose yourself where several share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.address import way_of
from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.ask_code import TooManyCodes, ask_code
from ligneclaire.people.actions.sign_in_by_code import CodeNotEntered, sign_in_by_code
from ligneclaire.people.actions.try_code import CodeOver, CodeWrong, try_code
from ligneclaire.people.queries import codes
from ligneclaire.space.door import REFUSED, actor, customer_of, show, signed_in, way_back
from ligneclaire.space.forms.identity import Code, WhoAreYou
from ligneclaire.voice.actions.send_code import send_code

ASKED = "space-code"
ASKED_FOR = 20 * 60  # seconds for which a browser knows which code it asked for: longer than any code lives
TOO_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What this browser asked for: which code, for whom as they typed it, and where they wanted to go."""

    code: UUID
    who: str
    next: str


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Say who you are; the answer is the same whether we know you or not."""
    if customer_of(request):
        return redirect(way_back(request, request.GET.get("next", "")))
    form = WhoAreYou(request.POST or None)
    wanted = (request.POST if form.is_bound else request.GET).get("next", "")
    context: dict[str, object] = {"form": form, "next": wanted}
    if not form.is_valid():
        return show(request, "space/sign_in/page.html", context, status=REFUSED if form.is_bound else 200)
    who = form.cleaned_data["who"]
    try:
        code = _ask(who, way_of(request.META).sender())
    except TooManyCodes as refused:
        context["until"] = refused.until
        return show(request, "space/sign_in/page.html", context, status=TOO_MANY)
    return _remember(redirect("space:code"), Asked(code=code, who=who, next=wanted))


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code."""
    asked = _asked(request)
    if asked is None:
        return redirect("space:sign-in")
    form = Code(request.POST or None)
    is_over = False
    if form.is_valid():
        at = now()
        try:
            persons = try_code(code=asked.code, typed=form.cleaned_data["code"], by=SYSTEM, at=at)
        except CodeWrong as refused:
            form.add_error("code", _wrong(refused))
        except CodeOver:
            is_over = True
        else:
            return _come_in(request, asked, persons, at=at)
    context = {"form": form, "asked": asked, "is_over": is_over, "outbox": settings.OUTBOX if settings.DEMO else None}
    return show(request, "space/sign_in/code.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Choose yourself among those who share the address that the code went to."""
    asked = _asked(request)
    persons = codes.persons_of(asked.code, at=now()) if asked else ()
    if asked is None or not persons:
        return redirect("space:sign-in")
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        is_one = chosen in {known.number for known in persons}
        return _enter(request, asked, chosen) if is_one else redirect("space:sign-in")
    return show(request, "space/sign_in/person.html", {"persons": persons})


@transaction.atomic
def _ask(who: str, address: str) -> UUID:
    at = now()
    asked = ask_code(typed=who, address=address, by=SYSTEM, at=at)
    send_code(code=asked, by=SYSTEM, at=at)
    return asked


def _come_in(request: HttpRequest, asked: Asked, persons: tuple[str, ...], *, at: datetime) -> HttpResponse:
    """Let them in, or ask who they are where several people share the address."""
    if len(persons) > 1:
        meant = codes.persons_of(asked.code, at=at)
        return redirect("space:person") if len(meant) > 1 else _enter(request, asked, meant[0].number)
    return _enter(request, asked, persons[0])


def _enter(request: HttpRequest, asked: Asked, customer: str) -> HttpResponse:
    device = request.headers.get("User-Agent", "")
    try:
        key = sign_in_by_code(code=asked.code, customer=customer, device=device, by=actor(customer), at=now())
    except CodeNotEntered:
        return redirect("space:sign-in")
    rotate_token(request)
    response = signed_in(redirect(way_back(request, asked.next)), key)
    response.delete_cookie(ASKED)
    return response


def _wrong(refused: CodeWrong) -> str:
    left = int(str(refused.values["left"]))
    if not left:
        return _("That is not the code, and it cannot be tried again. Please ask for a new one.")
    return ngettext(
        "That is not the code. You can try %(left)d more time.",
        "That is not the code. You can try %(left)d more times.",
        left,
    ) % {"left": left}


def _remember(response: HttpResponse, asked: Asked) -> HttpResponse:
    said = signing.dumps({"code": str(asked.code), "who": asked.who, "next": asked.next[:500]}, salt=ASKED)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(ASKED, said, max_age=ASKED_FOR, secure=secure, httponly=True, samesite="Lax")
    return response


def _asked(request: HttpRequest) -> Asked | None:
    try:
        said = signing.loads(request.COOKIES.get(ASKED, ""), salt=ASKED, max_age=ASKED_FOR)
    except signing.BadSignature:
        return None
    return Asked(code=UUID(said["code"]), who=said["who"], next=said["next"])
