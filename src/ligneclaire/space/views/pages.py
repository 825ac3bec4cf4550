"""The pages that a customer reads."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ligneclaire.channels import mailbox
from ligneclaire.kernel.clock import now
from ligneclaire.people.queries import record_copies
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.space.door import for_customers, show, today
from ligneclaire.space.queries import contracts, documents, home, messages, reads
from ligneclaire.ui.paging import page_of
from ligneclaire.voice.queries import letters, papers


@require_safe
@for_customers
def start(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Who answers, what goes on, what we still owe an answer to."""
    return show(request, "space/home/page.html", {"home": home.of(me.numbers, today=today(request))})


@require_safe
@for_customers
def message_list(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Everything that was written to the customer."""
    return show(request, "space/messages/page.html", {"list": messages.of(me.numbers, page=page_of(request))})


@require_safe
@for_customers
def message(request: HttpRequest, me: Visitor, uuid: UUID) -> HttpResponse:
    """The very text that left."""
    found = messages.one(me.numbers, uuid)
    if found is None:
        raise Http404
    return show(request, "space/message/page.html", {"message": found})


@require_safe
@for_customers
def letter(_request: HttpRequest, me: Visitor, uuid: UUID) -> HttpResponse:
    """A letter as it was printed."""
    pdf = letters.of_message(uuid) if messages.one(me.numbers, uuid) else None
    if pdf is None:
        raise Http404
    return _printed(pdf, f"{uuid}.pdf")


@require_safe
@for_customers
def file(_request: HttpRequest, me: Visitor, uuid: UUID, position: int) -> HttpResponse:
    """A file that went with a message to this very customer, to be saved."""
    found = messages.one(me.numbers, uuid)
    enclosed = next((one for one in found.files if one.position == position), None) if found else None
    content = mailbox.kept(enclosed.place) if enclosed else None
    if enclosed is None or content is None:
        raise Http404
    disposition = content_disposition_header(as_attachment=True, filename=enclosed.name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    headers["Cache-Control"] = "private, no-store"
    return HttpResponse(content, content_type=enclosed.kind, headers=headers)


@require_safe
@for_customers
def label(_request: HttpRequest, me: Visitor, contract: str) -> HttpResponse:
    """The label that brings the equipment of a contract back."""
    pdf = papers.label(me.numbers, contract, at=now())
    if pdf is None:
        raise Http404
    return _printed(pdf, f"{contract}.pdf")


@require_safe
@for_customers
def receipt(_request: HttpRequest, me: Visitor, number: int) -> HttpResponse:
    """The receipt for equipment that was handed over."""
    pdf = papers.receipt(me.numbers, number, at=now())
    if pdf is None:
        raise Http404
    return _printed(pdf, f"{number}.pdf")


@require_safe
@for_customers
def contract_list(request: HttpRequest, me: Visitor) -> HttpResponse:
    """What the customer holds."""
    return show(
        request,
        "space/contracts/page.html",
        {"held": contracts.of(me.numbers, holder=me.name, today=today(request), language=me.language)},
    )


@require_safe
@for_customers
def document_list(request: HttpRequest, me: Visitor) -> HttpResponse:
    """What the customer can keep."""
    return show(request, "space/documents/page.html", {"list": documents.of(me.numbers, page=page_of(request))})


@require_safe
@for_customers
def read_list(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Who of ours opened the customer's record, when and why."""
    context = {"list": reads.of(me.numbers, page=page_of(request)), "fetches": record_copies.fetches(me.numbers)}
    return show(request, "space/reads/page.html", context)


def _printed(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
