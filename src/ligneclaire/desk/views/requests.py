"""Requests to end a contract that a machine could not match: who is meant, or why nobody is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.states import ReadPage
from ligneclaire.contracts import documents
from ligneclaire.contracts.actions.decide_reason import (
    CommissionDayMissing,
    ContractsTooYoung,
    NothingToDecide,
    RefusalUnexplained,
    decide_reason,
)
from ligneclaire.contracts.actions.reject_request import ReasonMissing, reject_request
from ligneclaire.contracts.actions.settle_request import (
    ContractUnknown,
    NothingToMatch,
    SeveralCustomers,
    settle_request,
)
from ligneclaire.contracts.queries import matches, requests
from ligneclaire.contracts.queries.requests import RequestCard, RequestUnknown
from ligneclaire.contracts.rules.reasons import Ground, Reason, ground
from ligneclaire.contracts.states import ProofKind
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.paging import page_of, paged
from ligneclaire.voice.actions.answer_guest import answer_guest
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.guests import Answer

REFUSED = 422
LISTED = 50  # on a page
CONTENT_TYPES = {
    ProofKind.PDF: "application/pdf",
    ProofKind.JPEG: "image/jpeg",
    ProofKind.PNG: "image/png",
    ProofKind.HEIC: "image/heic",
}


@require_safe
@for_advisers(Right.DECIDE_REQUESTS)
def waiting(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """All that wait, oldest first."""
    context = {}
    for name, read in (("page", requests.waiting), ("reasons", requests.to_decide)):
        number = page_of(request, name)
        context[name] = paged(read(limit=LISTED + 1, skip=(number - 1) * LISTED), page=number, size=LISTED)
    return _show(request, me, "desk/requests/page.html", context)


@require_safe
@for_advisers(Right.DECIDE_REQUESTS)
def one(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """One request, what was typed, and the contracts that it may mean."""
    return _page(request, me, _card(reference))


@require_POST
@for_advisers(Right.DECIDE_REQUESTS)
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
@for_advisers(Right.DECIDE_REQUESTS)
def reject(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Say why no contract is meant, and whether whoever asked is told."""
    reason, is_to_answer = request.POST.get("reason", "")[:500], "answer" in request.POST
    try:
        _reject(reference, reason, is_to_answer=is_to_answer, by=actor(me))
    except ReasonMissing:
        fault = _("Say why, in a sentence that others understand.")
        typed = {"reject_fault": fault, "is_to_answer": is_to_answer}
        return _page(request, me, _card(reference), typed, status=REFUSED)
    except NothingToMatch:
        return _page(request, me, _card(reference), {"came_too_late": True}, status=REFUSED)
    except RequestUnknown:
        raise Http404 from None
    return redirect("desk:request", reference=reference)


@transaction.atomic
def _reject(reference: str, reason: str, *, is_to_answer: bool, by: Actor) -> None:
    at = now()
    reject_request(reference=reference, reason=reason, by=by, at=at)
    if is_to_answer:
        answer_guest(request=reference, answer=Answer.UNFOUNDED, by=by, at=at)


@require_POST
@for_advisers(Right.DECIDE_REQUESTS)
def decide(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Accept or refuse the reason; what was typed is kept when that cannot be."""
    typed, note = request.POST.get("received_by_commission_on", "")[:10], request.POST.get("note", "")[:500]
    kept = {"decision_note": note, "commission_day": typed}
    try:
        decide_reason(
            reference=reference,
            is_accepted=request.POST.get("verdict") == "accept",
            note=note,
            received_by_commission_on=_day(typed),
            by=actor(me),
            at=now(),
        )
    except RefusalUnexplained:
        fault = _("Say why it is refused, in a sentence that others understand.")
        return _page(request, me, _card(reference), {**kept, "note_fault": fault}, status=REFUSED)
    except CommissionDayMissing:
        fault = _("Give the day on which the commission received the file; it stands on the notification.")
        return _page(request, me, _card(reference), {**kept, "commission_fault": fault}, status=REFUSED)
    except ContractsTooYoung:
        fault = _("The contract was concluded less than three months before that day: the fee stays due.")
        return _page(request, me, _card(reference), {**kept, "commission_fault": fault}, status=REFUSED)
    except NothingToDecide:
        return _page(request, me, _card(reference), {**kept, "decided_too_late": True}, status=REFUSED)
    except RequestUnknown:
        raise Http404 from None
    return redirect("desk:request", reference=reference)


@require_safe
@for_advisers(Right.DECIDE_REQUESTS)
def proof(request: HttpRequest, me: AdviserCard, reference: str, proof: int) -> HttpResponse:
    """A file that came with a request, to be saved as what it is; nothing that somebody sent is opened in the desk."""
    card = _card(reference)
    if asked := _asked_first(request, me, card):
        return asked
    file = next((one for one in card.proofs if one.id == proof), None)
    place = documents.folder() / file.place if file else None
    if file is None or place is None or not place.is_file():
        raise Http404
    saved_as = content_disposition_header(as_attachment=True, filename=file.name)
    headers = {"Content-Disposition": saved_as, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(place.read_bytes(), content_type=CONTENT_TYPES[ProofKind(file.kind)], headers=headers)


def _asked_first(request: HttpRequest, me: AdviserCard, card: RequestCard) -> HttpResponse | None:
    """A request is part of a record from the moment at which it is known whose it is."""
    return asked_first(request, me, card.customer, ReadPage.REQUEST) if card.customer else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
    if asked := _asked_first(request, me, card):
        return asked
    ended = {end.contract for end in card.ends}
    near = [one for one in matches.near(card.lines, card.references) if one.contract not in ended]
    context = {"card": card, "near": near, "ground": _ground(card), **(extra or {})}
    return _show(request, me, "desk/requests/request.html", context, status=status)


def _ground(card: RequestCard) -> Ground | None:
    """What the reason asks and gives, as long as it is known."""
    if card.reason not in list(Reason):
        return None
    house = operator.current()
    day = house.calendar.date_of(card.received_at)
    return ground(Reason(card.reason), on=day, country=house.country)


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=status)
