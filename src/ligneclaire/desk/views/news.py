"""A stream that tells an open page when to look again."""

from __future__ import annotations

from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ligneclaire.desk.door import may
from ligneclaire.desk.listen import ANYTHING, Switchboard, events
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right

BOARD = Switchboard()


@require_safe
async def news(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events about all numbers of one customer, or about anything; 204 tells a browser not to ask again."""
    if not await sync_to_async(_may_listen)(request):
        return HttpResponse(status=204)
    stream = events(BOARD, request.GET.getlist("customer") or [ANYTHING], since=_drawn_at(request))
    return StreamingHttpResponse(
        stream, content_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


def _may_listen(request: HttpRequest) -> bool:
    try:
        return may(request, Right.SEE_WORK)
    finally:
        connection.close()  # the request lasts as long as the page is open, and must not hold a connection


def _drawn_at(request: HttpRequest) -> datetime:
    """When the page was drawn that asks."""
    try:
        at = datetime.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return now()
    return at if at.tzinfo else now()
