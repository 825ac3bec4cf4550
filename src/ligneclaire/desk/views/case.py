"""A case: who owns it, what was said in it, and what somebody did with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.actions.close_case import NotSettled, close_case
from ligneclaire.cases.actions.hand_over_case import AlreadyTheirs
from ligneclaire.cases.actions.reopen_case import AnotherIsOpen, NotClosed, reopen_case
from ligneclaire.cases.actions.snooze_case import SnoozedForThePast, snooze_case
from ligneclaire.cases.queries import cards, said, together
from ligneclaire.cases.queries.cards import CaseCard, CaseClosed, CaseMerged
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.queries import messages
from ligneclaire.desk import words
from ligneclaire.desk.case_forms import Close, HandOver, Reopen, Snooze
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import absences, advisers, customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.actions.hand_over import hand_over
from ligneclaire.voice.queries import rules

REFUSED, MOST = 422, 50


@require_safe
@for_advisers(Right.HANDLE_CASES)
def one(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """The whole page."""
    card = card_of(reference)
    if card.merged_into:
        return redirect("desk:case", reference=card.survivor)
    return asked_first(request, me, card.customer, ReadPage.RECORD) or _page(request, me, reference)


@require_POST
@for_advisers(Right.HANDLE_CASES)
def give(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Hand it over to a colleague."""
    form = _hand_over_form(card_of(reference), request.POST, on=operator.current().calendar.date_of(now()))

    def act() -> None:
        entered = form.cleaned_data
        sentence = entered["sentence"] if entered["tell"] else None
        try:
            hand_over(
                reference=reference,
                to=entered["to"],
                note=entered["note"],
                sentence=sentence,
                by=actor(me),
                at=now(),
            )
        except AlreadyTheirs:
            form.add_error("to", _("It is theirs already."))

    return _done(request, me, reference, "over", form, act)


@require_POST
@for_advisers(Right.HANDLE_CASES)
def snooze(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Let it rest until a day."""
    form, at = Snooze(request.POST), now()

    def act() -> None:
        entered, today = form.cleaned_data, operator.current().calendar.date_of(at)
        try:
            snooze_case(
                reference=reference,
                until=entered["until"],
                note=entered["note"],
                today=today,
                by=actor(me),
                at=at,
            )
        except SnoozedForThePast:
            form.add_error("until", _("Choose a day that lies ahead."))

    return _done(request, me, reference, "snooze", form, act)


@require_POST
@for_advisers(Right.HANDLE_CASES)
def close(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Say how it was settled."""
    form = Close(request.POST)

    def act() -> None:
        try:
            close_case(reference=reference, note=form.cleaned_data["note"], by=actor(me), at=now())
        except NotSettled as refused:
            form.add_error("note", str(words.STILL_OPEN[str(refused.values["what"])]))

    return _done(request, me, reference, "close", form, act)


@require_POST
@for_advisers(Right.HANDLE_CASES)
def reopen(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Open it again."""
    form = Reopen(request.POST)

    def act() -> None:
        try:
            reopen_case(reference=reference, note=form.cleaned_data["note"], by=actor(me), at=now())
        except NotClosed:
            pass  # which the page shows
        except AnotherIsOpen as refused:
            form.add_error("note", _("The same matter is open already: %(case)s.") % refused.values)

    return _done(request, me, reference, "reopen", form, act)


def _done(
    request: HttpRequest, me: AdviserCard, reference: str, name: str, form: forms.Form, act: Callable[[], None]
) -> HttpResponse:
    """Act on a valid form; what was typed is kept when that cannot be."""
    if asked := asked_first(request, me, card_of(reference).customer, ReadPage.RECORD):
        return asked
    came_too_late = False
    if form.is_valid():
        try:
            act()
        except CaseClosed:
            came_too_late = True
        except CaseMerged:
            pass  # its page leads to where it is handled
    if form.is_valid() and not came_too_late:
        return redirect("desk:case", reference=reference)
    return _page(request, me, reference, {name: form, "came_too_late": came_too_late}, status=REFUSED)


def _page(
    request: HttpRequest,
    me: AdviserCard,
    reference: str,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    card, at, house = card_of(reference), now(), operator.current()
    members = cards.in_one(reference)
    references, theirs = [one.reference for one in members], {one.customer for one in members}
    context = {
        "card": card,
        "customer": customers.glances([card.customer])[card.customer],
        "history": cards.history(reference),
        "sent": messages.of_cases(references, customers=theirs, limit=MOST),
        "entries": said.in_cases(references, customers=theirs, limit=MOST),
        "merged": [one for one in members if one.reference != reference],
        "links": together.links_of(references),
        "cover": advisers.cover_of(card.owner, on=house.calendar.date_of(at)),
        "over": _hand_over_form(card, on=house.calendar.date_of(at)),
        "snooze": Snooze(),
        "close": Close(),
        "reopen": Reopen(),
        **(extra or {}),
    }
    mode = rules.last_change(at)
    return show(request, me, "desk/case/page.html", context, mode=mode, zone=house.zone, at=at, status=status)


def card_of(reference: str) -> CaseCard:
    """The case, or no page at all."""
    card = cards.by_reference(reference)
    if card is None:
        raise Http404
    return card


def _hand_over_form(card: CaseCard, data: Mapping[str, str] | None = None, *, on: date) -> HandOver:
    others = [one for one in advisers.serving() if one.number != card.owner]
    away = absences.away(on=on)
    return HandOver(data, advisers=others, away={number: one.until for number, one in away.items()})
