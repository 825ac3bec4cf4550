"""What was said elsewhere than in messages, what was promised there, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ligneclaire.cases.actions.log_contact import (
    CheckedFromAfar,
    CheckOfAnother,
    NotAuthorisedThen,
    NotYetHappened,
    log_contact,
)
from ligneclaire.cases.actions.postpone_promise import postpone_promise
from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.actions.file_scan import ScanNotWaiting
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.scans import ScanCard
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.desk import authority, call_codes
from ligneclaire.desk.authority import Standing
from ligneclaire.desk.contact_forms import ContactLog, Done, Postponement
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.views.scans import asked_of, named_by
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.actions.record_identity_check import record_identity_check
from ligneclaire.people.queries import customers, numbers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.customers import CustomerGlance
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.promises.actions.close_promise import close_promise
from ligneclaire.promises.actions.give_promise import PromisedForThePast
from ligneclaire.promises.queries import spoken
from ligneclaire.promises.queries.spoken import PromiseClosed, PromiseUnknown, SpokenCard
from ligneclaire.voice.queries import rules

REFUSED = 422
SHOWN = 10  # pages of a scan


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Who is spoken with, who may speak for them, and their open cases."""

    customer: CustomerGlance
    standing: Standing
    cases: tuple[CaseCard, ...]
    scan: ScanCard | None


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.LOG_CONTACTS)
def log(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Write down a call, a visit or a letter; what was typed is kept when that cannot be."""
    customer, theirs = _customer(number), numbers.of(number)
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    at, house = now(), operator.current()
    standing = authority.standing(theirs, adviser=me.number, calendar=house.calendar, at=at)
    open_cases = tuple(case for case in cards.of_all(theirs) if case.is_open)
    scan = named_by(request)
    if scan and (asked := asked_of(request, me, scan)):
        return asked
    about = About(customer=customer, standing=standing, cases=open_cases, scan=scan)
    if checked := _checked(request, me, about, at=at):
        return checked
    medium = Medium.LETTER if scan else Medium.CALL
    start = {"medium": medium, "direction": Direction.IN, "case": request.GET.get("case", ""), **_scanned(scan)}
    form = ContactLog(request.POST or None, cases=open_cases, persons=standing.persons, initial=start)
    if form.is_valid() and _is_logged(form, me, about, house, at):
        return redirect("desk:customer", number=number)
    return _log_page(request, me, about, form, at=at)


def _is_logged(form: ContactLog, me: AdviserCard, about: About, house: OperatorCard, at: datetime) -> bool:
    entered = form.cleaned_data
    proof = form.proved()
    own = next((case.customer for case in about.cases if case.reference == entered["case"]), about.customer.number)
    said = Said(
        customer=own,
        case=entered["case"],
        medium=Medium(entered["medium"]),
        direction=Direction(entered["direction"]),
        text=entered["text"],
        happened_at=form.happened_at(at.astimezone(ZoneInfo(house.zone))),
        person=form.spoke(),
        check=None if proof else entered["check"],
    )
    try:
        log_contact(
            entry=entered["entry"],
            said=said,
            promise=form.given(),
            proof=proof,
            calendar=house.calendar,
            scan=entered["scan"],
            by=actor(me),
            at=at,
        )
    except NotYetHappened:
        form.add_error("happened_on", _("That lies in the future."))
    except PromisedForThePast:
        form.add_error("due_on", _("That day has passed: promise one that lies ahead."))
    except NotAuthorisedThen:
        form.add_error("person", _("They might not speak for the customer on that day."))
    except CheckOfAnother:
        form.add_error("proof", _("Somebody else was checked: check again."))
    except CheckedFromAfar:
        form.add_error("proof", _("An identity is checked on the telephone or in person."))
    except ScanNotWaiting:
        form.add_error(None, _("This scan is filed or set aside already."))
    return form.is_valid()


def _checked(request: HttpRequest, me: AdviserCard, about: About, *, at: datetime) -> HttpResponse | None:
    """What follows when their identity is looked at, before anything is written down."""
    if "check_now" in request.POST:
        return _check(request, me, about, at=at)
    if {"send_code", "try_code"} & set(request.POST) or request.POST.get("heard", "").strip():
        return _code(request, me, about, at=at)
    return None


def _check(request: HttpRequest, me: AdviserCard, about: About, *, at: datetime) -> HttpResponse:
    """Record a check while they speak; everything typed stays."""
    number, typed = about.customer.number, request.POST.dict()
    asked = ContactLog(request.POST, cases=about.cases, persons=about.standing.persons)
    asked.full_clean()
    proof, check = asked.proved(), asked.cleaned_data.get("next_check")
    if proof is None or check is None or "person" in asked.errors:
        form = ContactLog(initial=typed, cases=about.cases, persons=about.standing.persons)
        return _log_page(request, me, about, form, {"nothing_to_check": True}, at=at, status=REFUSED)
    record_identity_check(check=check, customer=number, person=asked.spoke(), proof=proof, by=actor(me), at=at)
    house = operator.current()
    standing = authority.standing(numbers.of(number), adviser=me.number, calendar=house.calendar, at=at)
    kept = {**typed, "check": check, "next_check": uuid4(), "proof": ""}
    form = ContactLog(initial=kept, cases=about.cases, persons=standing.persons)
    return _log_page(request, me, replace(about, standing=standing), form, at=at, status=200)


def _code(request: HttpRequest, me: AdviserCard, about: About, *, at: datetime) -> HttpResponse:
    """Have a code sent to whoever speaks, or compare what they read out; everything typed stays."""
    number, typed, house = about.customer.number, request.POST.dict(), operator.current()
    asked = ContactLog(request.POST, cases=about.cases, persons=about.standing.persons)
    asked.full_clean()
    way = request.POST.get("send_code", "")
    with timezone.override(ZoneInfo(house.zone)):
        if "person" in asked.errors or ("send_code" in request.POST and way not in call_codes.KINDS):
            raise Http404
        if way:
            changes, said = call_codes.sent(way, customer=number, person=asked.spoke(), by=actor(me), at=at)
        else:
            code = asked.cleaned_data.get("code")
            changes, said = call_codes.tried(code, request.POST.get("heard", ""), by=actor(me), at=at)
    standing = authority.standing(numbers.of(number), adviser=me.number, calendar=house.calendar, at=at)
    form = ContactLog(initial={**typed, **changes}, cases=about.cases, persons=standing.persons)
    status = REFUSED if "code_fault" in said else 200
    return _log_page(request, me, replace(about, standing=standing), form, said, at=at, status=status)


def _log_page(
    request: HttpRequest,
    me: AdviserCard,
    about: About,
    form: ContactLog,
    extra: Mapping[str, object] | None = None,
    *,
    at: datetime,
    status: int | None = None,
) -> HttpResponse:
    done = {str(one.uuid): one for one in about.standing.checks}
    context = {
        "customer": about.customer,
        "form": form,
        "standing": about.standing,
        "disclosure": about.standing.told(done.get(str(form["check"].value()))),
        **_about(about.scan, about.customer.number),
        **(extra or {}),
    }
    return _show(request, me, "desk/contact/log.html", context, at=at, status=status)


@require_safe
@for_advisers(Right.LOG_CONTACTS)
def promise(request: HttpRequest, me: AdviserCard, number: str, uuid: UUID) -> HttpResponse:
    """One promise: say that it is done, or how the customer was told another day."""
    card = _promised(number, uuid)
    return asked_first(request, me, number, ReadPage.RECORD) or _promise_page(request, me, card)


@require_POST
@for_advisers(Right.LOG_CONTACTS)
def done(request: HttpRequest, me: AdviserCard, number: str, uuid: UUID) -> HttpResponse:
    """Say that it is done."""
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    card, form, house = _promised(number, uuid), Done(request.POST), operator.current()
    if form.is_valid():
        try:
            close_promise(
                promise=uuid,
                note=form.cleaned_data["note"],
                moved_to=None,
                calendar=house.calendar,
                by=actor(me),
                at=now(),
            )
        except PromiseClosed:
            return _promise_page(request, me, _promised(number, uuid), {"came_too_late": True}, status=REFUSED)
        return redirect("desk:customer", number=number)
    return _promise_page(request, me, card, {"done": form}, status=REFUSED)


@require_POST
@for_advisers(Right.LOG_CONTACTS)
def postpone(request: HttpRequest, me: AdviserCard, number: str, uuid: UUID) -> HttpResponse:
    """Say how the customer was told another day; what was typed is kept when that cannot be."""
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    card, form, house, at = _promised(number, uuid), Postponement(request.POST), operator.current(), now()
    given = form.given() if form.is_valid() else None
    if given:
        entered = form.cleaned_data
        said = Said(
            customer=card.customer,
            case="",
            medium=Medium(entered["medium"]),
            direction=Direction.OUT,
            text=entered["text"],
            happened_at=at,
        )
        try:
            postpone_promise(
                promise=uuid,
                given=given,
                entry=entered["entry"],
                said=said,
                calendar=house.calendar,
                by=actor(me),
                at=at,
            )
        except PromisedForThePast:
            form.add_error("due_on", _("That day has passed: promise one that lies ahead."))
        except PromiseClosed:
            return _promise_page(request, me, _promised(number, uuid), {"came_too_late": True}, status=REFUSED)
        else:
            return redirect("desk:customer", number=number)
    return _promise_page(request, me, card, {"postponement": form}, status=REFUSED)


def _promise_page(
    request: HttpRequest,
    me: AdviserCard,
    card: SpokenCard,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "customer": _customer(card.customer),
        "card": card,
        "done": Done(),
        "postponement": Postponement(initial={"medium": Medium.CALL}),
        **(extra or {}),
    }
    return _show(request, me, "desk/contact/promise.html", context, at=now(), status=status)


def _show(
    request: HttpRequest,
    me: AdviserCard,
    template: str,
    context: Mapping[str, object],
    *,
    at: datetime,
    status: int | None = None,
) -> HttpResponse:
    code = status or (REFUSED if request.method == "POST" else 200)
    zone = operator.current().zone
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=code)


def _scanned(scan: ScanCard | None) -> Mapping[str, object]:
    return {"scan": scan.uuid} if scan else {}


def _about(scan: ScanCard | None, number: str) -> Mapping[str, object]:
    """What a scan shows, and the letter of ours to which its code belongs, if it is this customer's."""
    if scan is None:
        return {}
    found = messages.letters_under(scan.reference, limit=1) if scan.reference else ()
    answered = found[0] if found and found[0].customer in numbers.of(number) else None
    return {"scan": scan, "shown": range(1, min(scan.pages, SHOWN) + 1), "answered": answered}


def _customer(number: str) -> CustomerGlance:
    found = customers.glances([number]).get(number)
    if found is None:
        raise Http404
    return found


def _promised(number: str, uuid: UUID) -> SpokenCard:
    try:
        card = spoken.by_uuid(uuid)
    except PromiseUnknown:
        raise Http404 from None
    if card.customer not in numbers.of(number):
        raise Http404
    return card
