"""Requests to end a contract that a machine could not match: who is meant, or why nobody is."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.contracts import documents
from ligneclaire.contracts.actions.reject_request import ReasonMissing, reject_request
from ligneclaire.contracts.actions.settle_request import (
    ContractUnknown,
    NothingToMatch,
    SeveralCustomers,
    settle_request,
)
from ligneclaire.contracts.queries import matches, requests
from ligneclaire.contracts.queries.requests import RequestCard, RequestUnknown
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.kernel.clock import now
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries import rules

REFUSED = 422


@require_safe
@for_advisers
def waiting(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """All that wait, oldest first."""
    return _show(request, me, "desk/requests/page.html", {"requests": requests.waiting()})


@require_safe
@for_advisers
def one(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """One request, what was typed, and the contracts that it may mean."""
    return _page(request, me, _card(reference))


@require_POST
@for_advisers
def match(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Say which contracts are meant; what was typed is kept when that cannot be."""
    typed = request.POST.get("numbers", "")[:200]
    contracts = {*request.POST.getlist("contracts"), *matches.numbers(typed)}
    kept = {"numbers": typed, "ticked": request.POST.getlist("contracts")}
    try:
        settle_request(reference=reference, contracts=contracts, by=actor(me), at=now())
    except ContractUnknown as refusal:
        return _page(request, me, _card(reference), {**kept, "match_fault": _unknown(refusal)}, status=REFUSED)
    except SeveralCustomers:
        fault = _("These contracts belong to several customers; a request is one customer’s.")
        return _page(request, me, _card(reference), {**kept, "match_fault": fault}, status=REFUSED)
    except NothingToMatch:
        return _page(request, me, _card(reference), {"came_too_late": True}, status=REFUSED)
    except RequestUnknown:
        raise Http404 from None
    return redirect("desk:request", reference=reference)


@require_POST
@for_advisers
def reject(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Say why no contract is meant."""
    reason = request.POST.get("reason", "")[:500]
    try:
        reject_request(reference=reference, reason=reason, by=actor(me), at=now())
    except ReasonMissing:
        fault = _("Say why, in a sentence that others understand.")
        return _page(request, me, _card(reference), {"reject_fault": fault}, status=REFUSED)
    except NothingToMatch:
        return _page(request, me, _card(reference), {"came_too_late": True}, status=REFUSED)
    except RequestUnknown:
        raise Http404 from None
    return redirect("desk:request", reference=reference)


@require_safe
@for_advisers
def proof(_request: HttpRequest, _me: AdviserCard, reference: str, proof: int) -> HttpResponse:
    """A file that came with a request, to be saved; nothing that somebody sent is opened in the desk."""
    file = next((one for one in _card(reference).proofs if one.id == proof), None)
    place = documents.folder() / file.place if file else None
    if file is None or place is None or not place.is_file():
        raise Http404
    saved_as = content_disposition_header(as_attachment=True, filename=file.name)
    return HttpResponse(
        place.read_bytes(), content_type="application/octet-stream", headers={"Content-Disposition": saved_as}
    )


def _card(reference: str) -> RequestCard:
    card = requests.by_reference(reference)
    if card is None:
        raise Http404
    return card


def _unknown(refusal: ContractUnknown) -> str:
    unknown = refusal.values["contracts"]
    numbers = ", ".join(map(str, unknown)) if isinstance(unknown, list) else ""
    return _("There is no contract %(numbers)s.") % {"numbers": numbers} if numbers else _("Choose a contract.")


def _page(
    request: HttpRequest,
    me: AdviserCard,
    card: RequestCard,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    ended = {end.contract for end in card.ends}
    near = [one for one in matches.near(card.lines, card.references) if one.contract not in ended]
    context = {"card": card, "near": near, **(extra or {})}
    return _show(request, me, "desk/requests/request.html", context, status=status)


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=status)
