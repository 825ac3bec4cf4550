"""A second adviser looks at a message: approves it, or sends it back with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.actions.name_occasion import name_occasion
from ligneclaire.cases.states import OccasionKind, ReadPage
from ligneclaire.channels.queries import enclosures, entries, messages
from ligneclaire.channels.states import Channel
from ligneclaire.desk.door import actor, for_advisers, may, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import advisers, customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.actions.approve_message import approve_message
from ligneclaire.voice.actions.send_back_message import ReasonMissing, send_back_message
from ligneclaire.voice.actions.take_back_review import NotYourMessage, take_back_review
from ligneclaire.voice.actions.write_message import AnsweredAlready, Words
from ligneclaire.voice.queries import reviews, rules, written
from ligneclaire.voice.queries.reviews import NothingToDecide, OwnMessage, ReviewCard

REFUSED, TAKEN = 422, 409


@require_safe
@for_advisers(Right.WRITE)
def one(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """The message exactly as it will leave."""
    card = _card(uuid)
    return _asked(request, me, card) or _page(request, me, card)


@require_POST
@for_advisers(Right.APPROVE)
def approve(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """It leaves, in half a minute."""
    card = _card(uuid)
    if asked := _asked(request, me, card):
        return asked
    try:
        message = approve_message(review=uuid, by=actor(me), at=now())
    except NothingToDecide:
        return redirect("desk:review", uuid=uuid)
    except AnsweredAlready as refused:
        answer = messages.by_uuid(UUID(str(refused.values["message"])))
        assert answer is not None
        extra = {"answer": answer, "answer_by": advisers.cards([answer.adviser])[answer.adviser].name}
        return _page(request, me, card, extra, status=TAKEN)
    except Refused as refused:
        return _page(request, me, card, {"faults": [_why(refused)]}, status=REFUSED)
    return redirect("desk:message", uuid=message)


@require_POST
@for_advisers(Right.APPROVE)
def send_back(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Its author changes it."""
    card = _card(uuid)
    if asked := _asked(request, me, card):
        return asked
    try:
        send_back_message(review=uuid, reason=request.POST.get("reason", "")[:500], by=actor(me), at=now())
    except NothingToDecide:
        return redirect("desk:review", uuid=uuid)
    except ReasonMissing:
        fault = _("Say what is to be changed: its author reads it.")
        return _page(request, me, card, {"reason_fault": fault}, status=REFUSED)
    except OwnMessage as refused:
        return _page(request, me, card, {"faults": [_why(refused)]}, status=REFUSED)
    return redirect("desk:today")


@require_POST
@for_advisers(Right.WRITE)
def take_back(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Its author writes on."""
    card = _card(uuid)
    if asked := _asked(request, me, card):
        return asked
    try:
        take_back_review(review=uuid, by=actor(me), at=now())
    except (NothingToDecide, NotYourMessage):
        return redirect("desk:review", uuid=uuid)
    return redirect(reverse("desk:write", args=[card.customer, card.message]))


def _card(uuid: UUID) -> ReviewCard:
    card = reviews.by_uuid(uuid)
    if card is None:
        raise Http404
    return card


def _asked(request: HttpRequest, me: AdviserCard, card: ReviewCard) -> HttpResponse | None:
    """Whoever looks at what a colleague wrote was asked to; that is what brings them to the record."""
    at = now()
    if card.is_waiting and card.author != me.number:
        day = operator.current().calendar.date_of(at)
        name_occasion(customer=card.customer, kind=OccasionKind.COLLEAGUE, words="", day=day, by=actor(me), at=at)
    return asked_first(request, me, card.customer, ReadPage.MESSAGE)


def _why(refused: Refused) -> str:
    """Why it does not leave, for whoever looks."""
    if isinstance(refused, OwnMessage):
        return _("You wrote it yourself: a colleague has to look at it.")
    return _("It cannot leave as it is: a day has passed, a file or an address has changed. Send it back.")


def _page(
    request: HttpRequest,
    me: AdviserCard,
    card: ReviewCard,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    at, words = now(), Words.from_json(card.words)
    draft = written.draft(
        card.customer,
        channel=words.channel,
        subject=words.subject,
        text=words.text,
        case=words.case,
        by=words.signer or card.author,
        at=at,
    )
    entry = entries.by_uuid(words.answers) if words.answers else None
    context = {
        "card": card,
        "customer": customers.glances([card.customer])[card.customer],
        "entry": entry,
        "draft": draft,
        "channel": words.channel.value,
        "registered": words.is_registered and words.channel is Channel.LETTER,
        "promise": words.promise,
        "new": [one for one in draft.mentions if not one.is_told],
        "files": enclosures.of(card.message),
        "is_mine": card.author == me.number,
        "may_decide": may(request, Right.APPROVE),
        **(extra or {}),
    }
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/reviews/page.html", context, mode=mode, zone=zone, at=at, status=status)
