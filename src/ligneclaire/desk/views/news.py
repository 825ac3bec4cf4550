"""A stream that tells an open page when to look again."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ligneclaire.desk.door import may
from ligneclaire.desk.listen import ANYTHING, Switchboard, events
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right

BOARD = Switchboard()


@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events about all numbers of one customer, or about anything; 204 tells a browser not to ask again."""
    if not may(request, Right.SEE_WORK):
        return HttpResponse(status=204)
    stream = events(BOARD, request.GET.getlist("customer") or [ANYTHING], since=_drawn_at(request))
    return StreamingHttpResponse(
        stream, content_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


def _drawn_at(request: HttpRequest) -> datetime:
    """When the page was drawn that asks."""
    try:
        at = datetime.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return now()
    return at if at.tzinfo else now()
