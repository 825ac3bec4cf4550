"""What somebody declared before: to look at, to take back, to add a proof to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ligneclaire.contracts import documents
from ligneclaire.contracts.actions.attach_proof import RequestClosed, TooManyProofs, attach_proof
from ligneclaire.contracts.actions.withdraw_termination import ContractOver, NothingRequested, withdraw_termination
from ligneclaire.contracts.documents import LARGEST, MOST
from ligneclaire.contracts.queries import requests as asked
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.contracts.states import RequestKind, RequestState
from ligneclaire.contracts.values import KeptFile
from ligneclaire.space import drafts, tokens, visit
from ligneclaire.space.uploads import MEGABYTE, received, with_uploads
from ligneclaire.space.visit import Visit, show

REFUSED = 422


@require_safe
@never_cache
def requests(request: HttpRequest) -> HttpResponse:
    """All requests of the customer who is signed in; a guest reads how to find theirs."""
    here = visit.of(request, RequestKind.TERMINATION)
    cards = asked.of_customer(here.customer) if here.customer else ()
    listed = [(card, tokens.of(card.reference)) for card in cards]
    return show(request, here, "space/leaving/requests.html", {"listed": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@with_uploads
def one(request: HttpRequest, token: str) -> HttpResponse:
    """One request by its link; the link of a customer's request opens for that customer only."""
    card = _card(token)
    here = visit.of(request, RequestKind.TERMINATION)
    if not card.is_guest and card.customer not in here.numbers:
        return redirect("space:requests")
    if request.method != "POST":
        return _page(request, here, card, token)
    with override(here.language):
        faults = _withdraw(card, here) if "withdraw" in request.POST else _attach(request, card, here)
    if faults:
        return _page(request, here, _card(token), token, faults=faults, status=REFUSED)
    return redirect("space:request", token=token)


def _card(token: str) -> RequestCard:
    reference = tokens.reference_of(token)
    card = asked.by_reference(reference) if reference else None
    if card is None:
        raise Http404
    return card


def _withdraw(card: RequestCard, here: Visit) -> list[str]:
    try:
        withdraw_termination(reference=card.reference, by=drafts.actor(here.customer), at=here.at)
    except ContractOver:
        return [_("This request can no longer be taken back: its last day is over. Please call us.")]
    except NothingRequested:
        return []  # taken back before, which the page says
    return []


def _attach(request: HttpRequest, card: RequestCard, here: Visit) -> list[str]:
    files, faults = received(request, form=uuid4(), known=(), at=here.at)
    if not files and not faults:
        return [_("Choose a file first.")]
    try:
        for file in files:
            attach_proof(reference=card.reference, file=file, by=drafts.actor(here.customer), at=here.at)
    except TooManyProofs:
        return [*faults, _("This request has %(most)d proofs already, which is the most.") % {"most": MOST}]
    except RequestClosed:
        return [*faults, _("This request was taken back: it needs no proof any more.")]
    finally:
        _drop_others(card.reference, files)
    return faults


def _drop_others(reference: str, files: Iterable[KeptFile]) -> None:
    """Keep no file that became no proof of the request: one too many, or one that it had before."""
    card = asked.by_reference(reference)
    proofs = {proof.place for proof in card.proofs} if card else set()
    documents.drop(file for file in files if file.place not in proofs)


def _is_still_ending(card: RequestCard) -> bool:
    contracts = [end.contract for end in card.ends]
    is_withdrawn = card.state == RequestState.WITHDRAWN
    return is_withdrawn and bool(asked.open_of(contracts, kind=RequestKind(card.kind)))


def _page(
    request: HttpRequest,
    here: Visit,
    card: RequestCard,
    token: str,
    *,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "card": card,
        "token": token,
        "faults": faults or [],
        "still_ends": _is_still_ending(card),
        "is_over": here.today > card.latest_end,
        "most_proofs": MOST,
        "most_megabytes": LARGEST // MEGABYTE,
    }
    return show(request, here, "space/leaving/request.html", context, status=status)
