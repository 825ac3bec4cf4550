"""Letters on paper that were scanned: the code on them read back, filed by hand where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels import files, mailbox
from ligneclaire.channels.actions.file_scan import ScanNotWaiting
from ligneclaire.channels.actions.keep_scan import keep_scan
from ligneclaire.channels.actions.set_aside_scan import SetAsideUnexplained, set_aside_scan
from ligneclaire.channels.letter.read_back import reference_on
from ligneclaire.channels.pdf import NotReadable
from ligneclaire.channels.queries import scans
from ligneclaire.channels.queries.scans import ScanCard
from ligneclaire.desk import words
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.views.mails import meant
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.ui.paging import page_of, paged
from ligneclaire.voice.queries import rules

REFUSED = 422
LISTED = 50  # on a page


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.HANDLE_PAPER)
def scan_list(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The scans that wait, and a form for one more; what its code says leads on to the customer."""
    if request.method != "POST":
        return _list(request, me)
    file, number = request.FILES.get("file"), request.POST.get("customer", "")[:20]
    if file is None:
        return _list(request, me, {"fault": _("Choose a file.")}, status=REFUSED)
    content = file.read(files.LARGEST + 1)
    try:
        taken = files.take_in(content, name=file.name or "")
    except Refused as refusal:
        return _list(request, me, {"fault": words.file_refused(refusal)}, status=REFUSED)
    uuid, reference = uuid4(), reference_on(content, taken.kind) or ""
    keep_scan(scan=uuid, file=taken, reference=reference, by=actor(me), at=now())
    case = cards.by_reference(reference) if reference else None
    if case:
        return redirect(log_path(case.customer, uuid, case.reference))
    return redirect(log_path(number, uuid) if number else reverse("desk:scan", args=[uuid]))


@require_safe
@for_advisers(Right.HANDLE_PAPER)
def one(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """A scan, what could be read on it, and whose it may be."""
    scan = _scan(uuid)
    return asked_of(request, me, scan) or _page(request, me, scan)


@require_POST
@for_advisers(Right.HANDLE_PAPER)
def file_by_hand(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Say whose it is: on to what is to be written down about it."""
    scan = _scan(uuid)
    if asked := asked_of(request, me, scan):
        return asked
    number = request.POST.get("number", "").strip()[:40]
    matter = meant(number)
    if matter is None:
        fault = _("There is no customer and no matter %(number)s.") % {"number": number}
        return _page(request, me, scan, {"number": number, "match_fault": fault}, status=REFUSED)
    return redirect(log_path(matter.customer, uuid, matter.case))


@require_POST
@for_advisers(Right.HANDLE_PAPER)
def set_aside(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Say why it belongs into no thread."""
    scan = _scan(uuid)
    if asked := asked_of(request, me, scan):
        return asked
    try:
        set_aside_scan(scan=uuid, reason=request.POST.get("reason", "")[:500], by=actor(me), at=now())
    except SetAsideUnexplained:
        fault = _("Say why, in a sentence that others understand.")
        return _page(request, me, scan, {"reason_fault": fault}, status=REFUSED)
    except ScanNotWaiting:
        return _page(request, me, _scan(uuid), {"came_too_late": True}, status=REFUSED)
    return redirect("desk:scans")


@require_safe
@for_advisers(Right.HANDLE_PAPER)
def page(request: HttpRequest, me: AdviserCard, uuid: UUID, number: int) -> HttpResponse:
    """One page of it, drawn anew: nothing that somebody sent is opened in the desk."""
    scan = _scan(uuid)
    return asked_of(request, me, scan) or drawn(scan.place, scan.kind, number)


@require_safe
@for_advisers(Right.HANDLE_PAPER)
def original(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """The file as it came, to be saved."""
    scan = _scan(uuid)
    return asked_of(request, me, scan) or saved(scan.place, name=scan.name, kind=scan.kind)


def log_path(number: str, scan: UUID, case: str = "") -> str:
    """Where what a scan says is written down for a customer."""
    given = {"scan": str(scan), **({"case": case} if case else {})}
    return f"{reverse('desk:log', args=[number])}?{urlencode(given)}"


def drawn(place: str, kind: str, number: int) -> HttpResponse:
    """A page of a kept file as a picture."""
    content = mailbox.kept(place)
    if content is None:
        raise Http404
    try:
        picture = files.preview(content, kind, number)
    except NotReadable:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png", headers=_headers("inline"))


def saved(place: str, *, name: str, kind: str) -> HttpResponse:
    """A kept file, to be saved."""
    content = mailbox.kept(place)
    if content is None:
        raise Http404
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=kind, headers=_headers(disposition))


def _headers(disposition: str) -> dict[str, str]:
    return {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def asked_of(request: HttpRequest, me: AdviserCard, scan: ScanCard) -> HttpResponse | None:
    """A scan belongs to a record once it is known whose it is."""
    case = cards.by_reference(scan.reference) if scan.reference and not scan.customer else None
    number = scan.customer or (case.customer if case else "")
    return asked_first(request, me, number, ReadPage.MESSAGE) if number else None


def named_by(request: HttpRequest) -> ScanCard | None:
    """The scan that a form or an address names."""
    text = request.POST.get("scan") or request.GET.get("scan") or ""
    try:
        card = scans.by_uuid(UUID(text)) if text else None
    except ValueError:
        raise Http404 from None
    if text and card is None:
        raise Http404
    return card


def _scan(uuid: UUID) -> ScanCard:
    card = scans.by_uuid(uuid)
    if card is None:
        raise Http404
    return card


def _page(
    request: HttpRequest,
    me: AdviserCard,
    scan: ScanCard,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    customer = customers.glances([scan.customer]).get(scan.customer) if scan.customer else None
    shown = range(1, min(scan.pages, 10) + 1)
    context = {"scan": scan, "customer": customer, "shown": shown, "number": scan.reference, **(extra or {})}
    return _show(request, me, "desk/scans/scan.html", context, status=status)


def _list(
    request: HttpRequest, me: AdviserCard, extra: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    page = page_of(request)
    found = scans.waiting(limit=LISTED + 1, skip=(page - 1) * LISTED)
    context = {"list": paged(found, page=page, size=LISTED), "count": scans.count_waiting(), **(extra or {})}
    return _show(request, me, "desk/scans/page.html", context, status=status)


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, status: int
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=status)
