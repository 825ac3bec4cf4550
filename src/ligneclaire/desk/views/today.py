"""The start of an adviser's day: what waits for a person, mine first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.queries import cards, reads, unmatched
from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.channels.actions.tick_off_message import NothingUndelivered, tick_off_message
from ligneclaire.channels.queries import entries, messages
from ligneclaire.channels.queries.entries import EntryCard
from ligneclaire.contracts.queries import requests
from ligneclaire.desk import words
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.forms import MessageNote, Note, OptionalNote
from ligneclaire.flow.queries import steps
from ligneclaire.flow.queries.steps import Late
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import customers
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.customers import CustomerGlance
from ligneclaire.promises.queries import spoken
from ligneclaire.promises.queries.spoken import SpokenCard
from ligneclaire.voice.actions.release_fact import NotSetAside, release_fact
from ligneclaire.voice.actions.send_again import NotUndeliverable, send_again
from ligneclaire.voice.actions.tick_off_fact import NothingToTickOff, tick_off_fact
from ligneclaire.voice.queries import rules, troubles, undelivered, waiting, writings
from ligneclaire.voice.queries.writings import WritingCard
from ligneclaire.voice.rules.state import Hold, Rules
from ligneclaire.voice.wording import plans

QUESTIONS, NEXT, TROUBLES, INSPECTED, OVERDUE, REQUESTS, UNDELIVERED = 50, 30, 10, 10, 20, 40, 20
PROMISES, UNANSWERED, KEPT, OWNED, MAILS = 50, 50, 10, 50, 10
REFUSED = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A customer to whom a message is on its way, and what happens to it next."""

    customer: CustomerGlance
    next: Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class LateStep:
    """A step of a plan whose day passed in silence: somebody asks the department, before the customer does."""

    customer: CustomerGlance
    what: str
    department: str
    expected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What one of us promised a customer in their own words."""

    customer: CustomerGlance
    promise: SpokenCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """What a customer wrote and nobody has answered."""

    customer: CustomerGlance
    entry: EntryCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A case of mine that does not rest."""

    customer: CustomerGlance
    case: CaseCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What I began to write and have not sent."""

    customer: CustomerGlance
    writing: WritingCard


@require_safe
@for_advisers(Right.SEE_WORK)
def today(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Open contradictions, messages that wait, and facts that nobody could make sense of."""
    return _page(request, me)


@require_POST
@for_advisers(Right.MEND)
def tick_off(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Somebody looked at a fact that was not understood; what was typed is kept when that cannot be."""
    form = Note(request.POST)
    if form.is_valid():
        try:
            tick_off_fact(**form.cleaned_data, by=actor(me), at=now())
        except NothingToTickOff:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, form)


@require_POST
@for_advisers(Right.MEND)
def try_again(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Have a fact tried again that was set aside."""
    form = OptionalNote(request.POST)
    if form.is_valid():
        try:
            release_fact(**form.cleaned_data, by=actor(me), at=now())
        except NotSetAside:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, form)


@require_POST
@for_advisers(Right.MEND)
def tick_off_undelivered(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Somebody reached the customer otherwise, or need not; what was typed is kept when that cannot be."""
    form = MessageNote(request.POST)
    form.message = uuid
    if form.is_valid():
        try:
            tick_off_message(message=uuid, note=form.cleaned_data["note"], by=actor(me), at=now())
        except NothingUndelivered:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, undelivered_form=form)


@require_POST
@for_advisers(Right.MEND)
def send_undelivered(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Have a message tried again that was refused for good."""
    try:
        send_again(message=uuid, by=actor(me), at=now())
    except NotUndeliverable:
        form = MessageNote(request.POST)
        form.came_too_late = True
        return _page(request, me, undelivered_form=form)
    return redirect("desk:today")


def _page(
    request: HttpRequest, me: AdviserCard, form: Note | None = None, *, undelivered_form: MessageNote | None = None
) -> HttpResponse:
    at = now()
    questions = cards.open_questions(limit=QUESTIONS)
    house, changes = rules.house_and_changes()
    asked = requests.for_advisers(limit=REQUESTS)
    context = {
        "alarms": reads.alarms(at=at),
        "mine": [card for card in questions if card.owner == me.number],
        "others": [card for card in questions if card.owner != me.number],
        "troubles": troubles.newest(limit=TROUBLES),
        "inspected": troubles.inspected(limit=INSPECTED),
        "requests": [one for one in asked if not one.is_to_decide],
        "reasons": [one for one in asked if one.is_to_decide],
        "undelivered": undelivered.newest(adviser=me.number, limit=UNDELIVERED),
        "delayed": messages.delayed(),
        "mails": unmatched.waiting(limit=MAILS),
        "mails_count": unmatched.count_waiting(),
        "form": form,
        "undelivered_form": undelivered_form,
        **_of_customers(me, house.departments, rules.of(house, changes), at),
    }
    mode = max((change for change in changes if change.at <= at), key=lambda change: change.at, default=None)
    status, zone = REFUSED if form or undelivered_form else 200, house.operator.zone
    return show(request, me, "desk/today/page.html", context, mode=mode, zone=zone, at=at, status=status)


def _of_customers(
    me: AdviserCard, departments: Mapping[str, str], current: Rules, at: datetime
) -> Mapping[str, object]:
    """What waits for customers, each with who they are, who are asked for once."""
    promised = spoken.due(until=current.calendar.date_of(at), limit=PROMISES)
    late, written = steps.late(limit=OVERDUE), entries.waiting(limit=UNANSWERED)
    kept, today = writings.kept_by(me.number, limit=KEPT), current.calendar.date_of(at)
    owned = cards.owned_by(me.number, today=today, limit=OWNED)
    coming = {who: one.holds for who, one in waiting.next_ones(at=at, limit=NEXT, current=current).items() if one.holds}
    rows: tuple[SpokenCard | Late | EntryCard | WritingCard | CaseCard, ...]
    rows = (*promised, *late, *written, *kept, *owned)
    glances = customers.glances({*coming, *(one.customer for one in rows)})
    return {
        "promises": [
            Promised(customer=glances[one.customer], promise=one)
            for one in sorted(promised, key=lambda one: one.owner != me.number)
        ],
        "unanswered": [Unanswered(customer=glances[one.customer], entry=one) for one in written],
        "kept": [Kept(customer=glances[one.customer], writing=one) for one in kept],
        "cases": [Owned(customer=glances[one.customer], case=one) for one in owned],
        "late": _late(late, glances, departments),
        "coming": _coming(coming, glances, at),
    }


def _late(late: Sequence[Late], glances: Mapping[str, CustomerGlance], names: Mapping[str, str]) -> list[LateStep]:
    return [
        LateStep(
            customer=glances[one.customer],
            what=plans.step_name(one.kind, one.name, language=words.language()),
            department=names.get(one.department, one.department),
            expected_on=one.expected_on,
        )
        for one in late
    ]


def _coming(found: Mapping[str, Sequence[Hold]], glances: Mapping[str, CustomerGlance], at: datetime) -> list[Coming]:
    coming = [
        Coming(customer=glances[customer], next=min(holds, key=lambda hold: hold.until or at))
        for customer, holds in found.items()
    ]
    return sorted(coming, key=lambda one: (one.next.until or at, one.customer.number))
