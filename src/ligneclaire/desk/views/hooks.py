"""What other systems are told: each with what waits for it and what was sent last; paused, resumed, sent again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.hook_forms import Pause, Replay
from ligneclaire.hooks.actions.pause_subscription import PausedAlready, pause_subscription
from ligneclaire.hooks.actions.replay_postings import NothingToReplay, SubscriptionPaused, replay_postings
from ligneclaire.hooks.actions.resume_subscription import NotPaused, resume_subscription
from ligneclaire.hooks.queries import postings, subscriptions
from ligneclaire.hooks.queries.subscriptions import SubscriptionCard, SubscriptionUnknown
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.paging import page_of
from ligneclaire.voice.queries import rules

REFUSED = 422
PAGE = 50


@require_safe
@for_advisers(Right.MANAGE_HOOKS)
def subscriptions_list(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """All of them, and where each stands."""
    return _show(request, me, "desk/hooks/page.html", {"subscriptions": subscriptions.listed()})


@require_safe
@for_advisers(Right.MANAGE_HOOKS)
def one(request: HttpRequest, me: AdviserCard, name: str) -> HttpResponse:
    """One of them, with what was sent last."""
    return _page(request, me, _card(name))


@require_POST
@for_advisers(Right.MANAGE_HOOKS)
def pause(request: HttpRequest, me: AdviserCard, name: str) -> HttpResponse:
    """Hold back what comes, and say why."""
    card, form = _card(name), Pause(request.POST)
    if not form.is_valid():
        return _page(request, me, card, pause=form)
    try:
        pause_subscription(name=name, because=form.cleaned_data["reason"], by=actor(me), at=now())
    except PausedAlready:
        messages.info(request, _("It is paused already."))
    else:
        messages.success(request, _("Nothing is sent there for now; what comes is held back."))
    return redirect("desk:hook", name=name)


@require_POST
@for_advisers(Right.MANAGE_HOOKS)
def resume(request: HttpRequest, me: AdviserCard, name: str) -> HttpResponse:
    """Send what was held back, and go on; one that goes already is fine."""
    _card(name)
    try:
        held = resume_subscription(name=name, by=actor(me), at=now())
    except NotPaused:
        return redirect("desk:hook", name=name)
    said = ngettext("It goes on: %(held)d event was held back.", "It goes on: %(held)d events were held back.", held)
    messages.success(request, said % {"held": held})
    return redirect("desk:hook", name=name)


@require_POST
@for_advisers(Right.MANAGE_HOOKS)
def replay(request: HttpRequest, me: AdviserCard, name: str) -> HttpResponse:
    """Send one event again, or all that were recorded from a day on."""
    card, zone = _card(name), operator.current().calendar.tz
    form = Replay(request.POST, zone=zone)
    if form.is_valid() and _is_replayed(request, form, me, name):
        return redirect("desk:hook", name=name)
    return _page(request, me, card, replay=form)


def _is_replayed(request: HttpRequest, form: Replay, me: AdviserCard, name: str) -> bool:
    posting: UUID | None = form.cleaned_data["posting"]
    try:
        again = replay_postings(name=name, posting=posting, since=form.begin(), until=None, by=actor(me), at=now())
    except NothingToReplay:
        form.add_error("since", _("Nothing was sent there since then."))
        return False
    except SubscriptionPaused:
        form.add_error("since", _("Nothing is sent there while it is paused: resume it first."))
        return False
    said = ngettext("%(again)d event is sent again.", "%(again)d events are sent again.", again)
    messages.success(request, said % {"again": again})
    return True


def _card(name: str) -> SubscriptionCard:
    try:
        return subscriptions.by_name(name)
    except SubscriptionUnknown:
        raise Http404 from None


def _page(
    request: HttpRequest,
    me: AdviserCard,
    card: SubscriptionCard,
    *,
    pause: Pause | None = None,
    replay: Replay | None = None,
) -> HttpResponse:
    number = page_of(request)
    shown = postings.newest(card.name, limit=PAGE + 1, skip=(number - 1) * PAGE)
    context = {
        "subscription": card,
        "postings": shown[:PAGE],
        "pause": pause or Pause(),
        "replay": replay or Replay(zone=operator.current().calendar.tz),
        "newer": number - 1,
        "older": number + 1 if len(shown) > PAGE else None,
    }
    return _show(request, me, "desk/hooks/one.html", context, status=REFUSED if pause or replay else 200)


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    at = now()
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, template, context, mode=mode, zone=zone, at=at, status=status)
