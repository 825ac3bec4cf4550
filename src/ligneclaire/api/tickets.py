"""TMF621 trouble tickets: a department brings a case with its first message, looks at it, and adds to it."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Status

from ligneclaire.api.answers import SHUT, Refusal
from ligneclaire.api.door import DepartmentToken
from ligneclaire.api.ticket_forms import (
    FIELDS,
    Asked,
    Conflict,
    Kept,
    Ticket,
    TicketIn,
    TicketPatch,
    ticket_brought,
    ticket_of,
)
from ligneclaire.cases.actions.add_words import SaidOtherwise, add_words
from ligneclaire.cases.actions.bring_case import BroughtOtherwise, CustomerUnknown
from ligneclaire.cases.queries import brought
from ligneclaire.cases.queries.brought import BroughtCard, WordCard
from ligneclaire.cases.queries.cards import CaseUnknown
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.people.access.scopes import Scope
from ligneclaire.voice.actions.take_case import take_case

PLACE = "/tmf-api/troubleTicket/v4/troubleTicket"
NOT_HERE = "your department brought no such ticket"

router = Router(tags=["trouble tickets"])
writes, reads = DepartmentToken(Scope.CASES_WRITE), DepartmentToken(Scope.CASES_READ)
Reference = Annotated[str, Path(description="The reference of the ticket.", examples=["LC-7K2M-9QX4"])]


@router.post(
    PLACE,
    summary="Bring a ticket with its first message",
    auth=writes,
    openapi_extra={"responses": SHUT},
    response={201: Ticket, 200: Ticket, 409: Conflict, 422: Refusal},
)
def bring(request: HttpRequest, sent: TicketIn) -> Status[Ticket] | Status[Conflict] | Status[Refusal]:
    """Open a case of a customer, with what they said as the first entry of its thread.

    201 when it is new; 200 with the same ticket when the same was brought before under this `externalId`; 409 when it
    was something else. The customer's adviser owns it, and the customer is told its reference.
    """
    matter, by, at = sent.matter, _department(request), clock.now()
    try:
        taken = take_case(matter=matter, by=by, at=at)
    except CustomerUnknown:
        return Status(422, Refusal(field="relatedParty.0.id", reason=f"no customer has the number {matter.customer!r}"))
    except BroughtOtherwise as other:
        return Status(409, _conflict(other))
    if taken.is_new:
        return Status(201, ticket_brought(sent, taken, href=_href(taken.reference), at=at))
    return Status(200, _shown(brought.one(taken.reference, department=by.number)))


@router.get(
    PLACE,
    summary="List your tickets",
    auth=reads,
    openapi_extra={"responses": SHUT},
    response={200: list[Ticket], 422: Refusal},
)
def listed(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> Status[list[Ticket]] | Status[Refusal]:
    """List the tickets that your department brought, newest first, without what was added later.

    A page that has one behind it names it: `Link: <...>; rel="next"`.
    """
    unknown = min(request.GET.keys() - Asked.model_fields.keys(), default=None)
    if unknown is not None:
        return Status(422, Refusal(field=unknown[:40], reason="is not known here"))
    reference = parse_reference(asked.after) if asked.after else ""
    if reference is None:
        return Status(422, Refusal(field="after", reason="is no reference of a ticket"))
    found = brought.listed(
        department=_department(request).number,
        limit=asked.limit + 1,
        after=reference,
        name=asked.externalId,
        customer=asked.customer,
        state=asked.status,
    )
    shown = found[: asked.limit]
    if len(found) > len(shown):
        following = asked.model_copy(update={"after": shown[-1].reference}).model_dump(exclude_defaults=True)
        response["Link"] = f'<{request.path}?{urlencode(following)}>; rel="next"'
    return Status(200, [_shown(card) for card in shown])


@router.get(
    f"{PLACE}/{{reference}}",
    summary="Look at a ticket",
    auth=reads,
    openapi_extra={"responses": SHUT},
    response={200: Ticket, 404: Refusal, 422: Refusal},
)
def one(request: HttpRequest, reference: Reference) -> Status[Ticket] | Status[Refusal]:
    """Look at a ticket that your department brought: who answers for it, where it stands, what was added."""
    return _looked_up(reference, _department(request))


@router.patch(
    f"{PLACE}/{{reference}}",
    summary="Add to a ticket",
    auth=writes,
    openapi_extra={"responses": SHUT},
    response={200: Ticket, 404: Refusal, 409: Refusal, 422: Refusal},
)
def add(request: HttpRequest, reference: Reference, sent: TicketPatch) -> Status[Ticket] | Status[Refusal]:
    """Add what the customer said further; all notes or none, each once.

    The owner alone says that a ticket is settled, so that nothing but notes can be sent.
    """
    by, known = _department(request), parse_reference(reference)
    try:
        words = [(note.id, note.text.strip()) for note in sent.note]
        add_words(reference=known or "", words=words, by=by, at=clock.now())
    except CaseUnknown:
        return Status(404, Refusal(field="id", reason=NOT_HERE))
    except SaidOtherwise as other:
        reason = f"{other.values['name']!r} was {other.values['there']!r} before, not {other.values['here']!r}"
        return Status(409, Refusal(field="note", reason=reason))
    return _looked_up(reference, by)


def _looked_up(reference: str, by: Actor) -> Status[Ticket] | Status[Refusal]:
    try:
        card = brought.one(parse_reference(reference) or "", department=by.number)
    except CaseUnknown:
        return Status(404, Refusal(field="id", reason=NOT_HERE))
    return Status(200, _shown(card, brought.words_of(card)))


def _shown(card: BroughtCard, words: tuple[WordCard, ...] = ()) -> Ticket:
    today = clock.now().astimezone(UTC).date()
    return ticket_of(card, href=_href(card.reference), today=today, words=words)


def _href(reference: str) -> str:
    return f"/api{PLACE}/{reference}"


def _conflict(other: BroughtOtherwise) -> Conflict:
    differences = other.values["differences"]
    assert isinstance(differences, dict)
    return Conflict(
        id=str(other.values["case"]),
        externalId=str(other.values["name"]),
        reason="this name was used for another content",
        differences=[Kept(field=FIELDS[field], kept=kept, sent=sent) for field, (kept, sent) in differences.items()],
    )


def _department(request: HttpRequest) -> Actor:
    return Actor(ActorKind.DEPARTMENT, request.auth)  # type: ignore[attr-defined]  # set by ninja
