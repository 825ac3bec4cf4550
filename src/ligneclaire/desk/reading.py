"""Who opens a customer's record has a matter in hand or says what brings them, and the customer can see it."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ligneclaire.cases.actions.open_record import NothingInHand, open_record
from ligneclaire.cases.actions.reveal_rio import reveal_rio
from ligneclaire.cases.states import OccasionKind, ReadPage
from ligneclaire.desk.door import actor, is_part, show
from ligneclaire.desk.words import OCCASIONS
from ligneclaire.kernel.clock import now
from ligneclaire.people.queries import customers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.queries import rules

TYPED_IS_KEPT = 409  # a part of a page: what stands there stays, and so does what is typed in it


def asked_first(
    request: HttpRequest, me: AdviserCard, number: str, page: ReadPage, *, contract: str = ""
) -> HttpResponse | None:
    """Log that a page of a record is read, or a code of a contract; or what to answer instead, with nothing in hand."""
    at = now()
    try:
        if contract:
            reveal_rio(customer=number, contract=contract, by=actor(me), at=at)
        else:
            open_record(customer=number, page=page, by=actor(me), at=at)
    except NothingInHand:
        if is_part(request):
            return HttpResponse(status=TYPED_IS_KEPT)
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        return ask(request, me, number, back=back, at=at)
    return None


def ask(
    request: HttpRequest, me: AdviserCard, number: str, *, back: str, at: datetime, fault: str = "", status: int = 200
) -> HttpResponse:
    """The question what brings the adviser here; it shows nothing of the record."""
    if not customers.known([number]):
        raise Http404
    kinds = [(kind.value, text) for kind, text in OCCASIONS.items() if kind is not OccasionKind.OTHER]
    back = back or reverse("desk:customer", kwargs={"number": number})
    context = {"number": number, "kinds": kinds, "back": back, "fault": fault}
    zone, mode = operator.current().zone, rules.last_change(at)
    return show(request, me, "desk/customer/occasion.html", context, mode=mode, zone=zone, at=at, status=status)
