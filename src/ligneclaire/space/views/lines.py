"""A line that moves, or does not work: what is known already, a form, and what was received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ligneclaire.contracts.actions.keep_draft import TooManyForms
from ligneclaire.contracts.states import RequestKind
from ligneclaire.journeys.plans.proofs import FAULT, MOVE
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.space import drafts, lines, visit
from ligneclaire.space.door import REFUSED, actor, for_customers
from ligneclaire.space.forms.lines import CUT, STAYS, Fault, Move, OfLine
from ligneclaire.space.lines import Known
from ligneclaire.space.visit import Visit, show
from ligneclaire.voice.actions.ask_online import GoesOn, NotTheirs, ask_online
from ligneclaire.voice.queries import asked
from ligneclaire.voice.queries.asked import AskedCard
from ligneclaire.voice.values import day_of

TOO_MANY = 429
NAMES = {MOVE: "move", FAULT: "fault"}


@require_safe
@for_customers
def start(request: HttpRequest, _me: Visitor, asks: str) -> HttpResponse:
    """A form of its own for everybody who comes; the line may be named by the page that leads here."""
    contract = request.GET.get("contract", "")
    more = f"?{urlencode({'contract': contract})}" if contract else ""
    return redirect(f"{reverse(f'space:{NAMES[asks]}_form', args=[uuid4()])}{more}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def move(request: HttpRequest, me: Visitor, form: UUID) -> HttpResponse:
    """Where the line moves, from when on, and what becomes of the old one; what was typed is kept."""
    if _asked(form, me, MOVE):
        return redirect("space:move_done", form=form)
    here = visit.of(request, RequestKind.TERMINATION)
    known = lines.known(here, asks=MOVE)
    if request.method == "POST":
        return _typed(request, form, here, known)
    typed = drafts.load(form, customer=me.customer)
    if "check" in request.GET and not typed.is_new:
        filled = Move(typed.fields, setting=known.setting)
    else:
        start_with = _chosen(request, known) if typed.is_new else typed.fields.dict()
        filled = Move(initial=start_with, setting=known.setting)
    return _move_page(request, here, known, filled)


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def sum_up(request: HttpRequest, me: Visitor, form: UUID) -> HttpResponse:
    """What was typed, with a way back to each field, and the one button that makes it count."""
    if _asked(form, me, MOVE):
        return redirect("space:move_done", form=form)
    here = visit.of(request, RequestKind.TERMINATION)
    known = lines.known(here, asks=MOVE)
    typed = drafts.load(form, customer=me.customer)
    filled = Move(typed.fields, setting=known.setting)
    back = redirect(f"{reverse('space:move_form', args=[form])}?check=1")
    if typed.is_new or not filled.is_valid():
        return back
    [chosen] = [one for one in known.setting.choices if one.contract == filled.cleaned_data["contract"]]
    says = filled.asks(place=lines.place_of(chosen, here))
    if request.method == "POST":
        is_taken = _ask(form, MOVE, chosen.contract, says, here)
        return redirect("space:move_done", form=form) if is_taken else back
    context = {
        "chosen": chosen,
        "says": says,
        "wished_on": filled.cleaned_data["wished_on"],
        "setting": known.setting,
        "edit": reverse("space:move_form", args=[form]),
    }
    return show(request, here, "space/lines/move_summary.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def fault(request: HttpRequest, me: Visitor, form: UUID) -> HttpResponse:
    """What we know already of each line; of the others, what does not work."""
    if _asked(form, me, FAULT):
        return redirect("space:fault_done", form=form)
    here = visit.of(request, RequestKind.TERMINATION)
    known = lines.known(here, asks=FAULT)
    if request.method != "POST":
        return _fault_page(request, here, known, Fault(initial=_chosen(request, known), setting=known.setting))
    filled = Fault(request.POST, setting=known.setting)
    if filled.is_valid():
        is_taken = _ask(form, FAULT, filled.cleaned_data["contract"], filled.asks(), here)
        return redirect("space:fault_done" if is_taken else "space:fault_form", form=form)
    return _fault_page(request, here, known, filled, status=REFUSED)


@require_safe
@for_customers
def done(request: HttpRequest, me: Visitor, form: UUID, asks: str) -> HttpResponse:
    """What was received, when, and the plan that follows from it."""
    card = _asked(form, me, asks)
    if card is None:
        return redirect(f"space:{NAMES[asks]}_form", form=form)
    here = visit.of(request, RequestKind.TERMINATION)
    known = lines.known(here, asks=asks)
    says = card.value if isinstance(card.value, dict) else {}
    days = {"wished_on": day_of(says.get("date")), "since": day_of(says.get("since"))}
    context = {"card": card, "plan": known.plan_of(card.contract), **days}
    return show(request, here, f"space/lines/{NAMES[asks]}_done.html", context)


def _asked(form: UUID, me: Visitor, asks: str) -> AskedCard | None:
    """What this form was used for before; somebody else's is not there."""
    card = asked.with_form(form)
    if card and (card.kind != asks or card.customer not in me.numbers):
        raise Http404
    return card


def _ask(form: UUID, asks: str, contract: str, value: Mapping[str, object], here: Visit) -> bool:
    """Whether it counts; where it goes on already, the form says so."""
    assert here.customer is not None
    try:
        ask_online(form=form, asks=asks, contract=contract, value=value, by=actor(here.customer), at=here.at)
    except (GoesOn, NotTheirs):
        return False
    return True


def _typed(request: HttpRequest, form: UUID, here: Visit, known: Known) -> HttpResponse:
    typed = drafts.typed(request, (), names=Move.base_fields)
    filled = Move(typed.fields, setting=known.setting)
    try:
        drafts.keep(request, form, typed, customer=here.customer, at=here.at)
    except TooManyForms:
        return _move_page(request, here, known, filled, status=TOO_MANY)
    if filled.is_valid():
        return redirect("space:move_summary", form=form)
    return _move_page(request, here, known, filled, status=REFUSED)


def _chosen(request: HttpRequest, known: Known) -> dict[str, Any]:
    """The line that a page named, or the only one there is."""
    choices = [one.contract for one in known.setting.choices]
    named = request.GET.get("contract", "")
    return {"contract": named if named in choices else choices[0] if len(choices) == 1 else ""}


def _move_page(request: HttpRequest, here: Visit, known: Known, filled: Move, *, status: int = 200) -> HttpResponse:
    context = {"stays": STAYS, "cut": CUT, "old_line": filled["old_line"].value() or ""}
    return _form_page(request, here, known, filled, "space/lines/move.html", context, status=status)


def _fault_page(request: HttpRequest, here: Visit, known: Known, filled: Fault, *, status: int = 200) -> HttpResponse:
    context = {"broken": filled["broken"].value() or ""}
    return _form_page(request, here, known, filled, "space/lines/fault.html", context, status=status)


def _form_page(
    request: HttpRequest,
    here: Visit,
    known: Known,
    filled: OfLine,
    template: str,
    more: Mapping[str, object],
    *,
    status: int,
) -> HttpResponse:
    context = {
        "form": filled,
        "faults": filled.faults() if status != TOO_MANY else [],
        "is_too_much": status == TOO_MANY,
        "known": known,
        "setting": known.setting,
        "contract": filled["contract"].value() or "",
    }
    response = show(request, here, template, {**context, **more}, status=status)
    # Kept by the browser itself, so that going back finds what was typed and not yet sent.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
