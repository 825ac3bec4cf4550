"""E-mails as they came in: their words and files, and whose those are that nobody could match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.actions.match_mail import match_mail
from ligneclaire.cases.actions.set_aside_mail import SetAsideUnexplained, set_aside_mail
from ligneclaire.cases.queries import cards, unmatched
from ligneclaire.cases.queries.unmatched import MailNotWaiting, UnmatchedCard
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels import mailbox, virus
from ligneclaire.channels.queries import mails, messages
from ligneclaire.channels.queries.mails import MailCard
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.ref import parse_reference
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.customers import CustomerGlance
from ligneclaire.ui.paging import page_of, paged
from ligneclaire.voice.queries import rules

REFUSED = 422
LISTED = 50  # on a page
UNKNOWN = "application/octet-stream"
HARMLESS = {"application/pdf", "image/jpeg", "image/png", "image/gif", "image/heic", "text/calendar"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A customer who may be meant, and the matter that is named; `given` is how a form sends it back."""

    customer: CustomerGlance
    case: str

    @property
    def given(self) -> str:
        """The reference or the number."""
        return self.case or self.customer.number


@require_safe
@for_advisers(Right.PLACE_MAILS)
def waiting(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """All that wait, oldest first."""
    page = page_of(request)
    found = unmatched.waiting(limit=LISTED + 1, skip=(page - 1) * LISTED)
    return _show(request, me, "desk/mails/page.html", {"list": paged(found, page=page, size=LISTED)})


@require_safe
@for_advisers(Right.PLACE_MAILS)
def one(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """One e-mail, as text, and who may be meant if it waits."""
    mail = _mail(uuid)
    return _asked_first(request, me, mail) or _page(request, me, mail)


@require_POST
@for_advisers(Right.PLACE_MAILS)
def match(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Say whose it is; what was typed is kept when that cannot be."""
    mail = _mail(uuid)
    if asked := _asked_first(request, me, mail):
        return asked
    number, chosen = request.POST.get("number", "").strip()[:40], request.POST.get("suggested", "")[:20]
    matter = meant(number or chosen)
    kept = {"number": number, "chosen": chosen}
    if matter is None:
        fault = _("There is no customer and no matter %(number)s.") % {"number": number} if number else ""
        return _page(request, me, mail, {**kept, "match_fault": fault or _("Choose or type one.")}, status=REFUSED)
    try:
        match_mail(mail=uuid, matter=matter, by=actor(me), at=now())
    except MailNotWaiting:
        return _page(request, me, _mail(uuid), {"came_too_late": True}, status=REFUSED)
    return redirect("desk:customer", number=matter.customer)


@require_POST
@for_advisers(Right.PLACE_MAILS)
def set_aside(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Say why it is nobody's."""
    mail = _mail(uuid)
    if asked := _asked_first(request, me, mail):
        return asked
    try:
        set_aside_mail(mail=uuid, reason=request.POST.get("reason", "")[:500], by=actor(me), at=now())
    except SetAsideUnexplained:
        fault = _("Say why, in a sentence that others understand.")
        return _page(request, me, mail, {"reason_fault": fault}, status=REFUSED)
    except MailNotWaiting:
        return _page(request, me, _mail(uuid), {"came_too_late": True}, status=REFUSED)
    return redirect("desk:mails")


@require_safe
@for_advisers(Right.PLACE_MAILS)
def file(request: HttpRequest, me: AdviserCard, uuid: UUID, position: int) -> HttpResponse:
    """A file that came with it, to be saved; nothing that somebody sent is opened in the desk."""
    mail = _mail(uuid)
    if asked := _asked_first(request, me, mail):
        return asked
    found = next((one for one in mail.attachments if one.position == position), None)
    if found is None:
        raise Http404
    if fault := _not_given_out(found.found):
        return _page(request, me, mail, {"file_fault": fault}, status=REFUSED)
    kind = found.kind if found.kind in HARMLESS else UNKNOWN
    return _saved(found.place, name=found.name or f"{position}.bin", kind=kind)


@require_safe
@for_advisers(Right.PLACE_MAILS)
def original(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """The bytes as they came, to be saved."""
    mail = _mail(uuid)
    if asked := _asked_first(request, me, mail):
        return asked
    if fault := _not_given_out(next(iter(mail.infections), mail.found)):
        return _page(request, me, mail, {"file_fault": fault}, status=REFUSED)
    return _saved(mail.place, name=f"{uuid}{Path(mail.place).suffix}", kind=UNKNOWN)


def _not_given_out(found: str | None) -> str:
    """Why bytes are not given out: what the virus scanner found in them, or that it has not looked yet."""
    if found:
        return _("This file is not given out. Our virus scanner says: %(found)s") % {"found": found}
    if found is None and virus.is_there():
        return _("Our virus scanner has not looked at this file yet. Please try again in a minute.")
    return ""


def _asked_first(request: HttpRequest, me: AdviserCard, mail: MailCard) -> HttpResponse | None:
    """An e-mail belongs to a record once it is known whose it is."""
    customer = mail.customer or _reported_on(mail)
    return asked_first(request, me, customer, ReadPage.MESSAGE) if customer else None


def _reported_on(mail: MailCard) -> str:
    """The customer whose message a mail server reports on."""
    message = messages.by_uuid(mail.reports_on) if mail.reports_on else None
    return message.customer if message else ""


def _saved(place: str, *, name: str, kind: str) -> HttpResponse:
    content = mailbox.kept(place)
    if content is None:
        raise Http404
    saved_as = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": saved_as, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


def meant(text: str) -> Matter | None:
    """The matter that a reference names, or the customer whose number it is."""
    reference = parse_reference(text)
    case = cards.by_reference(reference) if reference else None
    if case:
        return Matter(customer=case.customer, case=case.reference)
    number = text.upper()
    return Matter(customer=number, case="") if customers.known([number]) else None


def _mail(uuid: UUID) -> MailCard:
    card = mails.by_uuid(uuid)
    if card is None:
        raise Http404
    return card


def _page(
    request: HttpRequest,
    me: AdviserCard,
    mail: MailCard,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    card = unmatched.by_mail(mail.uuid)
    suggested = _suggested(card) if card else []
    context = {
        "mail": mail,
        "card": card,
        "customer": customers.glances([mail.customer]).get(mail.customer) if mail.customer else None,
        "suggested": suggested,
        "is_scanned": virus.is_there(),
        "chosen": suggested[0].given if len(suggested) == 1 else "",
        **(extra or {}),
    }
    return _show(request, me, "desk/mails/mail.html", context, status=status)


def _suggested(card: UnmatchedCard) -> list[Suggestion]:
    """The matter that it names first, then everybody who writes from its address."""
    glances = customers.glances(card.customers)
    found = [glances[number] for number in card.customers if number in glances]
    named = [Suggestion(customer=found[0], case=card.case)] if card.case and found else []
    return named + [Suggestion(customer=one, case="") for one in found]


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=status)
