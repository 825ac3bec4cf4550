"""What machines ask: are you alive, are you ready, how are you doing."""

from __future__ import annotations

from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from ligneclaire.kernel.address import way_of
from ligneclaire.ops import database


@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """The database is there and has all migrations and limits."""
    faults = list(database.faults())
    return JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus' text format, for our own network and for whoever has the token."""
    if not (way_of(request.META).is_inside() or _has_token(request)):
        return HttpResponseForbidden("from inside the network only, or with a token\n", content_type="text/plain")
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    known = settings.METRICS_TOKEN
    return bool(known) and kind.lower() == "bearer" and compare_digest(token.strip().encode(), known.encode())


urlpatterns = [path("healthz", alive), path("readyz", ready), path("metrics", metrics)]
