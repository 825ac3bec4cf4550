"""How much the voice may do: everybody who is logged in can stop it, and has to say why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from ligneclaire.channels.queries import messages
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.forms import ModeOfVoice
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import Mode

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.SET_MODE)
def sending(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Where it stands, and a form to change it."""
    at = now()
    form = ModeOfVoice(request.POST or None)
    if form.is_valid():
        entered = form.cleaned_data
        set_mode(mode=Mode(entered["mode"]), reason=entered["reason"], by=actor(me), at=at)
        return redirect("desk:sending")
    mode = rules.last_change(at)
    context = {
        "form": form,
        "standing": mode.mode if mode else Mode.LIVE,
        "changes": rules.changes()[:-11:-1],
        "queued": messages.count_waiting_to_leave(),
    }
    zone = operator.current().zone
    status = REFUSED if form.is_bound else 200
    return show(request, me, "desk/sending/page.html", context, mode=mode, zone=zone, at=at, status=status)


@require_safe
@for_advisers(Right.SEE_WORK)
def bar(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The line on every page that must not be overlooked while the voice is not live."""
    at = now()
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/_bar.html", {"changed": True}, mode=mode, zone=zone, at=at)
