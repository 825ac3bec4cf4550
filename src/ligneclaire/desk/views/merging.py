"""Two numbers of one person: put together after a look at both, and taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ligneclaire.cases.actions.separate_customer import CasesMerged, separate_customer
from ligneclaire.cases.queries import together
from ligneclaire.cases.states import ReadPage
from ligneclaire.desk import sides
from ligneclaire.desk.case_forms import Why
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.finding import Found, find
from ligneclaire.desk.person_forms import Twin
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.sides import Preview
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right
from ligneclaire.people.actions.merge_customers import ChangedMeanwhile, merge_customers
from ligneclaire.people.actions.unmerge_customer import NotMerged
from ligneclaire.people.queries import customers, merging, numbers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.merging import MergedAlready, Merging, SamePerson
from ligneclaire.voice.queries import rules

ANY = ["GET", "HEAD", "POST"]
REFUSED, LISTED = 422, 6
REFUSALS: dict[type[Refused], Promise] = {
    SamePerson: _("Both are one and the same person already."),
    MergedAlready: _("%(customer)s is merged into %(survivor)s already: begin there."),
}


@require_http_methods(ANY)
@for_advisers(Right.MERGE_CUSTOMERS)
def merge(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Look for the other number, see both side by side, and say why they are one person."""
    if asked := asked_first(request, me, _known(number), ReadPage.RECORD):
        return asked
    at, house = now(), operator.current()
    which = Twin(request.POST or (request.GET if "other" in request.GET else None))
    found = _meant(which, region=house.country)
    pair = _pair(number, which, found)
    if pair and (asked := asked_first(request, me, pair.survivor.number, ReadPage.RECORD)):
        return asked
    form = Why(request.POST or None)
    if pair and form.is_valid() and _merge(request, me, pair, form, at=at):
        return redirect("desk:customer", number=pair.survivor.number)
    context = {
        "which": which,
        "found": found,
        "form": form,
        "preview": _preview(pair, on=house.calendar.date_of(at)),
    }
    return _show(request, me, "desk/merging/merge.html", number, context, is_refused=bool(which.errors))


@require_http_methods(ANY)
@for_advisers(Right.MERGE_CUSTOMERS)
def unmerge(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Say why a merged number is another person's after all."""
    if asked := asked_first(request, me, _known(number), ReadPage.RECORD):
        return asked
    person = numbers.person(number)
    merged = next((one for one in person.merged if one.number == number), None) if person else None
    if person is None or merged is None:
        return redirect("desk:customer", number=number)
    form = Why(request.POST or None)
    if form.is_valid() and _separate(me, number, form):
        return redirect("desk:customer", number=number)
    across = together.across(number)
    context = {"form": form, "merged": merged, "survivor": person.survivor, "across": across}
    return _show(request, me, "desk/merging/unmerge.html", number, context)


def _separate(me: AdviserCard, number: str, form: Why) -> bool:
    """Separate them unless cases are merged across them, which the page says."""
    try:
        with suppress(NotMerged):  # somebody was faster
            separate_customer(number=number, reason=form.cleaned_data["reason"], by=actor(me), at=now())
    except CasesMerged:
        return False
    return True


def _merge(request: HttpRequest, me: AdviserCard, pair: Merging, form: Why, *, at: datetime) -> bool:
    """Merge them unless they are not any more as they were seen."""
    try:
        merge_customers(
            number=pair.merged.number,
            into=pair.survivor.number,
            seen=request.POST.get("seen", ""),
            reason=form.cleaned_data["reason"],
            by=actor(me),
            at=at,
        )
    except (ChangedMeanwhile, SamePerson, MergedAlready):
        return False
    return True


def _known(number: str) -> str:
    if not customers.known([number]):
        raise Http404
    return number


def _meant(which: Twin, *, region: str) -> Found:
    """Who may be the other one."""
    if not which.is_valid():
        return Found()
    return find(which.cleaned_data["other"], region=region, customers=LISTED, messages=0)


def _pair(number: str, which: Twin, found: Found) -> Merging | None:
    """The two, as soon as it is clear who the other one is and nothing speaks against it."""
    if not which.is_valid() or found.only is None:
        return None
    try:
        return merging.to_merge(number, found.only.card.number)
    except (SamePerson, MergedAlready) as refused:
        _say(which, refused)
    return None


def _preview(pair: Merging | None, *, on: date) -> Preview | None:
    return sides.preview(pair, on=on) if pair else None


def _say(form: forms.Form, refused: Refused) -> None:
    form.add_error("other", str(REFUSALS[type(refused)]) % refused.values)


def _show(
    request: HttpRequest,
    me: AdviserCard,
    template: str,
    number: str,
    context: Mapping[str, object],
    *,
    is_refused: bool = False,
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    around = {"own": number, "customer": customers.glances([number])[number]}
    status = REFUSED if is_refused or request.method == "POST" else 200
    return show(
        request, me, template, {**around, **context}, mode=rules.last_change(at), zone=zone, at=at, status=status
    )
