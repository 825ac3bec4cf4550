"""What machines ask: are you alive, are you ready, how are you doing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

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
def metrics(_request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus' text format."""
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


urlpatterns = [path("healthz", alive), path("readyz", ready), path("metrics", metrics)]
