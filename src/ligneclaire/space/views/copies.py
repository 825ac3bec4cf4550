"""Everything that is held about the customer, to be downloaded by them alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ligneclaire.kernel.clock import now
from ligneclaire.people import copies
from ligneclaire.people.actions.ask_record_copy import CopyThere, ask_record_copy
from ligneclaire.people.actions.fetch_record_copy import NoCopy, fetch_record_copy
from ligneclaire.people.queries import record_copies
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.space.door import actor, for_customers, show


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def page(request: HttpRequest, me: Visitor) -> HttpResponse:
    """Ask for it, see how far it is, and when it was downloaded."""
    if request.method == "POST":
        try:
            ask_record_copy(wants_word=request.POST.get("word") == "yes", by=actor(me.customer), at=now())
        except CopyThere:
            messages.info(request, _("Your file is asked for already: there is one at a time."))
        return redirect("space:copy")
    last = record_copies.last(me.numbers)
    context = {
        "last": last,
        "state": last.state(me.numbers, at=now()) if last else None,
        "fetches": record_copies.fetches(me.numbers),
    }
    return show(request, "space/copy/page.html", context)


@require_POST
@for_customers
def fetch(request: HttpRequest, me: Visitor) -> HttpResponse:
    """The file itself, which has no address of its own: whoever is signed in gets theirs."""
    try:
        copy = fetch_record_copy(session=me.session, by=actor(me.customer), at=now())
        content = copies.place(copy).read_bytes()
    except NoCopy:
        messages.info(request, _("Your file cannot be downloaded any more: ask for a new one."))
        return redirect("space:copy")
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Content-Disposition": 'attachment; filename="mes-donnees.zip"', "Cache-Control": "private, no-store"}
    headers["X-Content-Type-Options"] = "nosniff"
    return HttpResponse(content, content_type="application/zip", headers=headers)
