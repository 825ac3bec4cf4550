"""What happens around every request: its id, its log line, its measure, the page's rights in a browser."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Awaitable, Callable

import structlog
from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from ligneclaire.kernel.request import serving
from ligneclaire.ops.metrics import REQUESTS

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._:-]{1,64}")
UNWATCHED = {"healthz", "readyz", "metrics"}
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
log = structlog.get_logger("ligneclaire.request")

Response = HttpResponseBase | Awaitable[HttpResponseBase]


@sync_and_async_middleware
def around(get_response: Callable[[HttpRequest], Response]) -> Callable[[HttpRequest], Response]:
    """Serve each request under its id, given by the caller or by us, and answer with it."""
    if iscoroutinefunction(get_response):

        async def serve_async(request: HttpRequest) -> HttpResponseBase:
            given, started = _id_of(request), time.perf_counter()
            with serving(given):
                return _finish(request, await get_response(request), given, started)

        return serve_async

    def serve(request: HttpRequest) -> HttpResponseBase:
        given, started = _id_of(request), time.perf_counter()
        with serving(given):
            return _finish(request, get_response(request), given, started)  # type: ignore[arg-type]

    return serve


def _id_of(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "")
    return given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex


def _finish(request: HttpRequest, response: HttpResponseBase, given: str, started: float) -> HttpResponseBase:
    response[HEADER] = given
    response.setdefault("Content-Security-Policy", POLICY)
    route = request.resolver_match.route if request.resolver_match else "(none)"
    if route not in UNWATCHED:
        took = time.perf_counter() - started
        REQUESTS.labels(request.method, route, response.status_code).observe(took)
        log.info(
            "request", method=request.method, path=request.path, status=response.status_code, ms=round(took * 1000)
        )
    return response
