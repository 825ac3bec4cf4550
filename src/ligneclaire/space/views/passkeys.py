"""Passkeys: the browser asks what to sign, and answers; both ways are JSON, spoken by `passkeys.js`."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.add_passkey import PasskeyRefused, PasskeyUnnamed, add_passkey
from ligneclaire.people.actions.ask_challenge import ask_challenge
from ligneclaire.people.actions.claim_challenge import NothingToSign
from ligneclaire.people.actions.remove_passkey import NoPasskey, remove_passkey
from ligneclaire.people.actions.sign_in_by_passkey import PasskeyNotAccepted, sign_in_by_passkey
from ligneclaire.people.queries import passkeys
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.people.rules.passkey import LIFE, Place, handle_of, how_to_add, how_to_use
from ligneclaire.space.door import REFUSED, actor, for_customers, house_of, signed_in, way_back

TO_SIGN = "space-to-sign"
NOBODY = UUID(int=0)
LONGEST = 20_000  # of what a browser answers


@require_POST
def use_options(request: HttpRequest) -> HttpResponse:
    """What to sign in order to come in."""
    to_sign = ask_challenge(customer=None, by=SYSTEM, at=now())
    return _remember(_json(how_to_use(_place(request), challenge=to_sign.value)), to_sign.uuid)


@require_POST
def use(request: HttpRequest) -> HttpResponse:
    """Come in with what was signed."""
    try:
        key = sign_in_by_passkey(
            answer=request.POST.get("answer", "")[:LONGEST],
            challenge=_to_sign(request),
            place=_place(request),
            device=request.headers.get("User-Agent", ""),
            by=SYSTEM,
            at=now(),
        )
    except (PasskeyNotAccepted, NothingToSign):
        return JsonResponse({}, status=REFUSED)
    rotate_token(request)
    return signed_in(JsonResponse({"next": way_back(request, request.POST.get("next", ""))}), key)


@require_POST
@for_customers
def add_options(request: HttpRequest, me: Visitor) -> HttpResponse:
    """What to sign in order to add a passkey."""
    to_sign = ask_challenge(customer=me.own, by=actor(me.customer), at=now())
    options = how_to_add(
        _place(request),
        challenge=to_sign.value,
        handle=handle_of(me.own, key=settings.SECRET_KEY),
        called=me.name,
        known=passkeys.credentials_of(me.customer),
    )
    return _remember(_json(options), to_sign.uuid)


@require_POST
@for_customers
def add(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Keep the passkey that was made."""
    try:
        add_passkey(
            customer=me.own,
            name=request.POST.get("name", "").strip() or _("Passkey"),
            answer=request.POST.get("answer", "")[:LONGEST],
            challenge=_to_sign(request),
            place=_place(request),
            by=actor(me.customer),
            at=now(),
        )
    except (PasskeyUnnamed, PasskeyRefused, NothingToSign):
        return JsonResponse({}, status=REFUSED)
    messages.success(request, _("Your passkey is added. Next time you can sign in with it."))
    return JsonResponse({"next": reverse("space:security")})


@require_POST
@for_customers
def remove(request: HttpRequest, me: Visitor, uuid: UUID) -> HttpResponse:
    """Forget a passkey; one that is already gone is fine."""
    try:
        remove_passkey(passkey=uuid, customer=me.customer, by=actor(me.customer), at=now())
    except NoPasskey:
        return redirect("space:security")
    messages.success(request, _("The passkey is removed: nobody signs in with it any more."))
    return redirect("space:security")


def _place(request: HttpRequest) -> Place:
    host = request.get_host()
    return Place(host=host.partition(":")[0], origin=f"{request.scheme}://{host}", name=house_of(request).name)


def _json(written: str) -> HttpResponse:
    return HttpResponse(written, content_type="application/json")


def _remember(response: HttpResponse, challenge: UUID) -> HttpResponse:
    said = signing.dumps(str(challenge), salt=TO_SIGN)
    secure, seconds = settings.SESSION_COOKIE_SECURE, int(LIFE.total_seconds())
    response.set_cookie(TO_SIGN, said, max_age=seconds, secure=secure, httponly=True, samesite="Strict")
    return response


def _to_sign(request: HttpRequest) -> UUID:
    try:
        return UUID(signing.loads(request.COOKIES.get(TO_SIGN, ""), salt=TO_SIGN))
    except signing.BadSignature:
        return NOBODY
