"""Cases that belong together, or apart: linked, merged with a look at what will happen, split; and all of it undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ligneclaire.cases.actions.link_cases import LinkedAlready, link_cases
from ligneclaire.cases.actions.merge_cases import merge_cases
from ligneclaire.cases.actions.split_case import NotInTheCase, split_case
from ligneclaire.cases.actions.unlink_cases import NotLinked, unlink_cases
from ligneclaire.cases.actions.unmerge_case import NotMerged, unmerge_case
from ligneclaire.cases.queries import cards, said, together
from ligneclaire.cases.queries.cards import CaseCard, CaseClosed, CaseMerged, CaseUnknown
from ligneclaire.cases.queries.together import OfTwoCustomers, SameCase
from ligneclaire.cases.states import ReadPage
from ligneclaire.desk.case_forms import Link, Split, Which, Why
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.views.case import MOST, REFUSED, card_of
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import addressees, customers, numbers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries import rules
from ligneclaire.voice.wording.written import cases_merged

ANY = ["GET", "HEAD", "POST"]
REFUSALS: dict[type[Refused], Promise] = {
    CaseUnknown: _("There is no case with this reference."),
    SameCase: _("Both are one and the same case."),
    OfTwoCustomers: _("That case is another customer’s. Cases of two customers are never put together."),
    LinkedAlready: _("The two are linked already."),
    CaseClosed: _("%(case)s is closed: reopen it first, or link the two."),
}


@require_http_methods(ANY)
@for_advisers(Right.HANDLE_CASES)
def link(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Show another case here, and this one there."""
    card = card_of(reference)
    if elsewhere := _elsewhere(request, me, card):
        return elsewhere
    form = Link(request.POST or None)
    if form.is_valid():
        entered = form.cleaned_data
        try:
            link_cases(reference=reference, other=entered["other"], reason=entered["reason"], by=actor(me), at=now())
        except (CaseUnknown, SameCase, OfTwoCustomers, LinkedAlready) as refused:
            _say(form, refused)
        else:
            return redirect("desk:case", reference=reference)
    return _show(request, me, "desk/case/link.html", card, {"form": form, "others": _others(card, [card.customer])})


@require_http_methods(ANY)
@for_advisers(Right.HANDLE_CASES)
def unlink(request: HttpRequest, me: AdviserCard, reference: str, other: str) -> HttpResponse:
    """Say why two cases have nothing to do with each other."""
    card, other_card = card_of(reference), card_of(other)
    if asked := asked_first(request, me, card.customer, ReadPage.RECORD):
        return asked
    if other_card.customer != card.customer:
        raise Http404
    form = Why(request.POST or None)
    if form.is_valid():
        with suppress(NotLinked):  # somebody was faster
            unlink_cases(reference=reference, other=other, reason=form.cleaned_data["reason"], by=actor(me), at=now())
        return redirect("desk:case", reference=reference)
    return _show(request, me, "desk/case/unlink.html", card, {"form": form, "other": other_card})


@require_http_methods(ANY)
@for_advisers(Right.HANDLE_CASES)
def merge(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Choose the case that takes this one in, see what will happen, and say why."""
    card = card_of(reference)
    if elsewhere := _elsewhere(request, me, card):
        return elsewhere
    which = Which(request.POST or (request.GET if "other" in request.GET else None))
    form, survivor = Why(request.POST or None), _taking_in(card, which)
    if survivor and form.is_valid():
        merge_cases(
            reference=reference,
            into=survivor.reference,
            reason=form.cleaned_data["reason"],
            by=actor(me),
            at=now(),
        )
        return redirect("desk:case", reference=reference)  # whose page leads to where it is handled
    context = {
        "which": which,
        "form": form,
        "others": [one for one in _others(card, numbers.of(card.customer)) if one.is_open],
        **(_foreseen(card, survivor) if survivor else {}),
    }
    return _show(request, me, "desk/case/merge.html", card, context, is_refused=bool(which.errors))


@require_http_methods(ANY)
@for_advisers(Right.HANDLE_CASES)
def unmerge(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Say why a merged case is one of its own after all."""
    card = card_of(reference)
    if asked := asked_first(request, me, card.customer, ReadPage.RECORD):
        return asked
    if not card.merged_into:
        return redirect("desk:case", reference=reference)
    form = Why(request.POST or None)
    if form.is_valid():
        with suppress(NotMerged):  # somebody was faster
            unmerge_case(reference=reference, reason=form.cleaned_data["reason"], by=actor(me), at=now())
        return redirect("desk:case", reference=reference)
    return _show(request, me, "desk/case/unmerge.html", card, {"form": form})


@require_http_methods(ANY)
@for_advisers(Right.HANDLE_CASES)
def split(request: HttpRequest, me: AdviserCard, reference: str) -> HttpResponse:
    """Choose what has a case of its own, and say why."""
    card = card_of(reference)
    if elsewhere := _elsewhere(request, me, card):
        return elsewhere
    members = [one.reference for one in cards.in_one(reference)]
    entries = said.in_cases(members, customers={card.customer}, limit=MOST)
    form = Split(request.POST or None, entries=entries)
    if form.is_valid():
        chosen, reason = form.cleaned_data["entries"], form.cleaned_data["reason"]
        try:
            new = split_case(reference=reference, entries=chosen, reason=reason, by=actor(me), at=now())
        except (NotInTheCase, CaseClosed, CaseMerged):
            return redirect("desk:case", reference=reference)  # which shows what somebody did meanwhile
        return redirect("desk:case", reference=new)
    boxes = list(zip(form["entries"], entries, strict=True))
    return _show(request, me, "desk/case/split.html", card, {"form": form, "boxes": boxes})


def _elsewhere(request: HttpRequest, me: AdviserCard, card: CaseCard) -> HttpResponse | None:
    """What is answered first: the question what brings the adviser, or the way to where a merged case is handled."""
    if asked := asked_first(request, me, card.customer, ReadPage.RECORD):
        return asked
    return redirect("desk:case", reference=card.survivor) if card.merged_into else None


def _taking_in(card: CaseCard, which: Which) -> CaseCard | None:
    """The case that would take this one in; None while none is named, or none that can."""
    if not which.is_valid():
        return None
    try:
        return together.to_merge(card.reference, which.cleaned_data["other"])[1]
    except (CaseUnknown, SameCase, OfTwoCustomers, CaseClosed) as refused:
        _say(which, refused)
    return None


def _foreseen(card: CaseCard, survivor: CaseCard) -> dict[str, object]:
    """What will happen."""
    return {
        "survivor": survivor,
        "sentence": _sentence(card, survivor),
        "is_across": survivor.customer != card.customer,
        "weight": together.weight_of(card),
    }


def _sentence(card: CaseCard, survivor: CaseCard) -> str:
    """What the customer reads of a merge; nothing where they were never told the reference."""
    if not together.is_told(card.reference):
        return ""
    to = addressees.of([card.customer], on=operator.current().calendar.date_of(now()))[card.customer]
    return cases_merged(survivor.reference, language=to.language)


def _say(form: forms.Form, refused: Refused) -> None:
    form.add_error("other", str(REFUSALS[type(refused)]) % refused.values)


def _others(card: CaseCard, customers: Collection[str]) -> list[CaseCard]:
    """The other cases under these numbers, each where it is handled."""
    return [one for one in cards.of_all(customers) if card.reference != one.reference and not one.merged_into]


def _show(
    request: HttpRequest,
    me: AdviserCard,
    template: str,
    card: CaseCard,
    context: Mapping[str, object],
    *,
    is_refused: bool = False,
) -> HttpResponse:
    at = now()
    around = {"card": card, "customer": customers.glances([card.customer])[card.customer]}
    status = REFUSED if is_refused or request.method == "POST" else 200
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, template, {**around, **context}, mode=mode, zone=zone, at=at, status=status)
