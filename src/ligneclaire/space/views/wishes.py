"""How the customer wants to be written to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.choose_ways import choose_ways
from ligneclaire.people.queries import wishes as wished
from ligneclaire.people.queries.sessions import Visitor
from ligneclaire.space.door import actor, for_customers, show
from ligneclaire.ui.wishes import chosen, rows


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def wishes(request: HttpRequest, me: Visitor) -> HttpResponse:
    """One way for each purpose, and whether text messages are welcome."""
    if request.method == "POST":
        no_texts = request.POST.get("no_texts") == "yes"
        choose_ways(customer=me.customer, ways=chosen(request.POST), no_texts=no_texts, by=actor(me.customer), at=now())
        messages.success(request, _("Thank you. We write to you as you chose."))
        return redirect("space:wishes")
    known = wished.of(me.customer)
    return show(request, "space/wishes/page.html", {"rows": rows(known), "no_texts": known.no_texts})
