"""One's own account: where one is logged in, passkeys, recovery codes."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.entrance import place_of, remember_to_sign, to_sign
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.actions.add_passkey import PasskeyRefused, PasskeyUnnamed
from ligneclaire.people.actions.add_staff_key import add_staff_key
from ligneclaire.people.actions.ask_challenge import ask_challenge
from ligneclaire.people.actions.claim_challenge import NothingToSign
from ligneclaire.people.actions.draw_recovery_codes import NoSecondFactor, draw_recovery_codes
from ligneclaire.people.actions.end_desk_sessions import end_desk_sessions
from ligneclaire.people.actions.remove_passkey import NoPasskey
from ligneclaire.people.actions.remove_staff_key import remove_staff_key
from ligneclaire.people.queries import desk_sessions, operator, second_factors
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.rules.passkey import how_to_add
from ligneclaire.people.rules.second_factor import handle_of_staff
from ligneclaire.voice.queries import rules

REFUSED = 422
LONGEST_ANSWER = 20_000


@require_safe
@for_advisers(Right.OWN_ACCOUNT)
def account(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The whole page."""
    return _page(request, me)


@require_POST
@for_advisers(Right.OWN_ACCOUNT)
def recovery(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """New recovery codes, shown this once."""
    try:
        codes = draw_recovery_codes(user=_user(request), by=actor(me), at=now())
    except NoSecondFactor:
        raise Http404 from None
    return _page(request, me, codes=codes)


@require_POST
@for_advisers(Right.OWN_ACCOUNT)
def end_one(request: HttpRequest, me: AdviserCard, name: str) -> HttpResponse:
    """Log out one browser; one that is out already is fine."""
    end_desk_sessions(user=_user(request), names={name}, keep=_here(request), by=actor(me), at=now())
    messages.success(request, _("That device is logged out."))
    return redirect("desk:account")


@require_POST
@for_advisers(Right.OWN_ACCOUNT)
def end_others(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Log out every browser but this one."""
    ended = end_desk_sessions(user=_user(request), names=None, keep=_here(request), by=actor(me), at=now())
    said = ngettext("%(ended)d other device is logged out.", "%(ended)d other devices are logged out.", ended)
    messages.success(request, said % {"ended": ended})
    return redirect("desk:account")


@require_POST
@for_advisers(Right.OWN_ACCOUNT)
def add_options(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """What to sign in order to add a passkey."""
    asked = ask_challenge(customer=None, by=actor(me), at=now())
    remember_to_sign(request, asked.uuid)
    options = how_to_add(
        place_of(request),
        challenge=asked.value,
        handle=handle_of_staff(_user(request), key=settings.SECRET_KEY),
        called=request.user.get_username(),
        known=second_factors.credentials_of(_user(request)),
    )
    return HttpResponse(options, content_type="application/json")


@require_POST
@for_advisers(Right.OWN_ACCOUNT)
def add_key(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Keep the passkey that was made."""
    try:
        add_staff_key(
            user=_user(request),
            name=request.POST.get("name", "").strip() or _("Passkey"),
            answer=request.POST.get("answer", "")[:LONGEST_ANSWER],
            challenge=to_sign(request),
            place=place_of(request),
            by=actor(me),
            at=now(),
        )
    except (PasskeyUnnamed, PasskeyRefused, NothingToSign):
        return JsonResponse({}, status=REFUSED)
    messages.success(request, _("Your passkey is added. Next time it can be your second step."))
    return JsonResponse({"next": reverse("desk:account")})


@require_POST
@for_advisers(Right.OWN_ACCOUNT)
def remove_key(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Forget a passkey; one that is already gone is fine."""
    try:
        remove_staff_key(key=uuid, user=_user(request), by=actor(me), at=now())
    except NoPasskey:
        return redirect("desk:account")
    messages.success(request, _("The passkey is removed: nobody logs in with it any more."))
    return redirect("desk:account")


def _page(request: HttpRequest, me: AdviserCard, *, codes: tuple[str, ...] = ()) -> HttpResponse:
    at, user = now(), _user(request)
    context = {
        "sessions": desk_sessions.of(user, here=_here(request)),
        "factor": second_factors.of(user),
        "keys": second_factors.keys_of(user),
        "codes": codes,
    }
    zone, mode = operator.current().zone, rules.last_change(at)
    response = show(request, me, "desk/account/page.html", context, mode=mode, zone=zone, at=at)
    response["Cache-Control"] = "no-store"
    return response


def _user(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _here(request: HttpRequest) -> str:
    return request.session.session_key or ""
