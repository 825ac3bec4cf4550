"""Letters that the post brings back, and addresses that have to be confirmed then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ligneclaire.cases.actions.record_return import NoSuchLetter, record_return
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.actions.file_scan import ScanNotWaiting
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.queries.scans import ScanCard
from ligneclaire.channels.states import Channel, ReturnReason
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.letter_forms import Address, Email, Return
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.views.scans import asked_of, named_by
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.people.access.roles import Right
from ligneclaire.people.actions.confirm_address import NoAddress, confirm_address
from ligneclaire.people.actions.confirm_email import EmailNotInDoubt, NoEmail, confirm_email
from ligneclaire.people.queries import addressees, customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.actions.warn_of_change import warn_of_change
from ligneclaire.voice.queries import rules

REFUSED = 422
LISTED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.HANDLE_PAPER)
def returned(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Type the reference of a letter that came back, choose which one it is, and say what the post says."""
    typed = (request.POST or request.GET).get("reference", "").strip()[:40]
    found = _letters(typed)
    if not found:
        fault = _("No letter left under the reference %(reference)s.") % {"reference": typed} if typed else ""
        return _show(request, me, "desk/returned/page.html", {"typed": typed, "fault": fault}, is_refused=bool(fault))
    scan = named_by(request)
    if asked := _asked_of_both(request, me, found[0], scan):
        return asked
    form = Return(request.POST or None, letters=found, initial={"message": found[0].uuid})
    if form.is_valid() and _is_recorded(form, me):
        return redirect("desk:customer", number=found[0].customer)
    context = {
        "scan": scan.uuid if scan else "",
        "typed": found[0].case,
        "form": form,
        "customer": customers.glances([found[0].customer]).popitem()[1],
    }
    return _show(request, me, "desk/returned/page.html", context, is_refused=form.is_bound)


def _asked_of_both(
    request: HttpRequest, me: AdviserCard, letter: MessageCard, scan: ScanCard | None
) -> HttpResponse | None:
    asked = asked_first(request, me, letter.customer, ReadPage.MESSAGE)
    return asked or (asked_of(request, me, scan) if scan else None)


def _is_recorded(form: Return, me: AdviserCard) -> bool:
    entered = form.cleaned_data
    reason = ReturnReason(entered["reason"])
    try:
        record_return(message=entered["message"], reason=reason, scan=entered["scan"], by=actor(me), at=now())
    except NoSuchLetter:
        form.add_error("message", _("This letter came back before."))
    except ScanNotWaiting:
        form.add_error("message", _("This scan is filed or set aside already."))
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.HANDLE_PAPER)
def address(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Where a customer lives, as they said it when somebody asked."""
    at, house = now(), operator.current()
    to = addressees.of([number], on=house.calendar.date_of(at)).get(number)
    if to is None:
        raise Http404
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    form = Address(request.POST or None, initial={"lines": "\n".join(to.address)})
    if form.is_valid():
        try:
            with transaction.atomic():
                confirm_address(customer=to.number, lines=form.cleaned_data["lines"], by=actor(me), at=at)
                if list(form.cleaned_data["lines"]) != list(to.address):
                    warn_of_change(customer=to.number, of=Channel.LETTER, by=actor(me), at=at)
        except NoAddress:
            form.add_error("lines", _("This customer has no postal address."))
        else:
            return redirect("desk:customer", number=number)
    context = {"customer": to, "form": form}
    return _show(request, me, "desk/returned/address.html", context, is_refused=form.is_bound)


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.MEND)
def email(request: HttpRequest, me: AdviserCard, number: str) -> HttpResponse:
    """Where a customer reads e-mails, as they said it when somebody asked."""
    at, house = now(), operator.current()
    to = addressees.of([number], on=house.calendar.date_of(at)).get(number)
    if to is None:
        raise Http404
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    form = Email(request.POST or None, initial={"email": to.email})
    if form.is_valid():
        try:
            with transaction.atomic():
                confirm_email(customer=to.number, email=form.cleaned_data["email"], by=actor(me), at=at)
                if form.cleaned_data["email"].lower() != (to.email or "").lower():
                    warn_of_change(customer=to.number, of=Channel.EMAIL, by=actor(me), at=at)
        except NoEmail:
            form.add_error("email", _("This customer has no e-mail address."))
        except EmailNotInDoubt:
            form.add_error("email", _("Nothing came back from this address: there is nothing to confirm."))
        else:
            return redirect("desk:customer", number=number)
    context = {"customer": to, "form": form}
    return _show(request, me, "desk/returned/email.html", context, is_refused=form.is_bound)


def _letters(typed: str) -> Sequence[MessageCard]:
    reference = parse_reference(typed)
    return messages.letters_under(reference, limit=LISTED) if reference else ()


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, is_refused: bool
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    status = REFUSED if is_refused and request.method == "POST" else 200
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=status)
