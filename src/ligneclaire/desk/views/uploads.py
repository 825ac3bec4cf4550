"""Many facts in one file: checked line by line, stated when the clerk says so."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ligneclaire.desk import words
from ligneclaire.desk.door import actor, for_clerks, show
from ligneclaire.desk.views.department import MEGABYTE, REFUSED, start_page
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.logins import ClerkCard
from ligneclaire.voice.actions.keep_upload import keep_upload
from ligneclaire.voice.actions.state_upload import state_upload
from ligneclaire.voice.by_hand import Mistake, Typed, topic_key
from ligneclaire.voice.queries import uploads
from ligneclaire.voice.queries.uploads import CheckedUpload, Line, UploadUnknown
from ligneclaire.voice.sheet import (
    ADDED,
    COLUMNS,
    LARGEST,
    ColumnsMissing,
    ColumnsUnknown,
    NoLines,
    SheetRefused,
    SheetTooLarge,
    TooManyLines,
    harmless,
    rows,
)

LISTED = 200  # wrong lines on the page; the file to download has all


@require_safe
@for_clerks(Right.STATE_FACTS)
def template(_request: HttpRequest, _me: ClerkCard) -> HttpResponse:
    """An empty table with its columns."""
    return _table("facts.csv", [COLUMNS])


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks(Right.STATE_FACTS)
def send(request: HttpRequest, me: ClerkCard) -> HttpResponse:
    """Keep a file that can be read; nothing is stated yet."""
    if request.method != "POST":  # after the language of a refusal was changed
        return redirect("desk:department")
    file = request.FILES.get("file")
    if file is None:
        return start_page(request, me, {"upload_fault": _("Choose a file.")}, status=REFUSED)
    try:
        read = rows(file.read(LARGEST + 1))
    except SheetRefused as refusal:
        return start_page(request, me, {"upload_fault": _refusal(refusal)}, status=REFUSED)
    name = (file.name or "").replace("\x00", "")
    upload = keep_upload(department=me.department, name=name, rows=read, by=actor(me), at=now())
    return redirect("desk:upload", upload=upload)


@require_safe
@for_clerks(Right.STATE_FACTS)
def checked(request: HttpRequest, me: ClerkCard, upload: UUID) -> HttpResponse:
    """How many lines are good, and what is wrong with each of the others."""
    at, found = now(), _found(me, upload)
    wrong = found.wrong
    context = {"upload": found, "wrong": [_listed(*one) for one in wrong[:LISTED]], "wrong_count": len(wrong)}
    return show(request, me, "desk/department/upload.html", context, zone=operator.current().zone, at=at)


@require_POST
@for_clerks(Right.STATE_FACTS)
def state(_request: HttpRequest, me: ClerkCard, upload: UUID) -> HttpResponse:
    """State the good lines, each once however often this is asked."""
    try:
        state_upload(upload=upload, department=me.department, by=actor(me), at=now())
    except UploadUnknown:
        raise Http404 from None
    return redirect("desk:upload", upload=upload)


@require_safe
@for_clerks(Right.STATE_FACTS)
def wrong(_request: HttpRequest, me: ClerkCard, upload: UUID) -> HttpResponse:
    """The lines that were not good, with their reasons, as a table that can be mended and sent again."""
    lines = (_listed(*one) for one in _found(me, upload).wrong)
    cells = ([str(number), *map(harmless, astuple(typed)), field, reason] for number, typed, field, reason in lines)
    return _table("facts-to-mend.csv", [(ADDED[0], *COLUMNS, *ADDED[1:]), *cells])


def _found(me: ClerkCard, upload: UUID) -> CheckedUpload:
    try:
        return uploads.of(upload, department=me.department, at=now())
    except UploadUnknown:
        raise Http404 from None


def _listed(line: Line, mistake: Mistake) -> tuple[int, Typed, str, str]:
    reason = words.mistake(mistake, topic_key(line.typed.key))
    return line.number, line.typed, str(words.FIELDS[mistake.field]), reason


def _refusal(refusal: SheetRefused) -> str:
    match refusal:
        case SheetTooLarge():
            return _("The file is larger than %(most)d MB: split it.") % {"most": LARGEST // MEGABYTE}
        case TooManyLines():
            return _("The file has more than %(most)s lines: split it.") % {
                "most": number_format(str(refusal.values["most"]), force_grouping=True)
            }
        case ColumnsMissing():
            return _("The first line must name the columns; missing: %(columns)s.") % _columns(refusal)
        case ColumnsUnknown():
            return _("The first line names columns that nobody knows: %(columns)s.") % _columns(refusal)
        case NoLines():
            return _("There is no line below the first.")
    return _("This is not a table saved as CSV: line %(line)s cannot be read.") % refusal.values


def _columns(refusal: SheetRefused) -> dict[str, str]:
    columns = refusal.values["columns"]
    return {"columns": ", ".join(columns) if isinstance(columns, Sequence) else ""}


def _table(name: str, cells: Iterable[Sequence[object]]) -> HttpResponse:
    """A table that office programs open as it is meant."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(cells)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)
