"""Letters on their way to the print house: batches, what they cost, and what is printed again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.actions.print_again import (
    NothingToPrint,
    NotToThatAddress,
    PrintingUnexplained,
    print_again,
)
from ligneclaire.channels.queries import batches, messages
from ligneclaire.channels.queries.batches import BatchCard
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.views.message import message_page
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.paging import page_of, paged
from ligneclaire.voice.queries import print_terms, rules

BATCHES, LETTERS = 30, 100  # on a page
REFUSED = 422


@require_safe
@for_advisers(Right.HANDLE_PAPER)
def batch_list(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The batches, newest first, and what waits for the next one."""
    page = page_of(request)
    found = batches.newest(limit=BATCHES + 1, skip=(page - 1) * BATCHES)
    context = {
        "batches": paged(found, page=page, size=BATCHES),
        "waiting": batches.waiting(print_terms.current()),
        "hour": settings.LETTERS_AT,
    }
    return _show(request, me, "desk/letters/page.html", context)


@require_safe
@for_advisers(Right.HANDLE_PAPER)
def batch(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """One batch, letter by letter."""
    return _batch_page(request, me, _batch(number))


@require_POST
@for_advisers(Right.HANDLE_PAPER)
def reprint_batch(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Have a whole batch printed again."""
    card, reason = _batch(number), request.POST.get("reason", "")[:500]
    fault = _printed_again(me, message=None, batch=number, reason=reason)
    if fault:
        return _batch_page(request, me, card, {"reason": reason, "reason_fault": fault}, status=REFUSED)
    return redirect("desk:letters")


@require_POST
@for_advisers(Right.HANDLE_PAPER)
def reprint(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Have one letter printed again."""
    card = messages.by_uuid(uuid)
    if card is None:
        raise Http404
    if asked := asked_first(request, me, card.customer, ReadPage.MESSAGE):
        return asked
    reason = request.POST.get("reason", "")[:500]
    fault = _printed_again(me, message=uuid, batch=None, reason=reason)
    if fault:
        return message_page(request, me, card, {"reason": reason, "reason_fault": fault}, status=REFUSED)
    return redirect("desk:message", uuid=uuid)


def _printed_again(me: AdviserCard, *, message: UUID | None, batch: str | None, reason: str) -> str:
    """Do it, or say why not."""
    try:
        print_again(message=message, batch=batch, reason=reason, by=actor(me), at=now())
    except PrintingUnexplained:
        return _("Say why, in a sentence that others understand.")
    except NotToThatAddress:
        return _("It came back: confirm the address first; to another address, write a new letter.")
    except NothingToPrint:
        return _("It waits for the next batch already.")
    return ""


def _batch(number: str) -> BatchCard:
    card = batches.by_number(number)
    if card is None:
        raise Http404
    return card


def _batch_page(
    request: HttpRequest,
    me: AdviserCard,
    card: BatchCard,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = page_of(request)
    found = batches.letters_in(card.number, limit=LETTERS + 1, skip=(page - 1) * LETTERS)
    context = {"batch": card, "letters": paged(found, page=page, size=LETTERS), **(extra or {})}
    return _show(request, me, "desk/letters/batch.html", context, status=status)


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=status)
