"""Every address of the API, with its description at `openapi.json` and `docs`."""

from __future__ import annotations

from django.urls import path

from ligneclaire.api import facts, tickets, topics
from ligneclaire.api.door import api, nothing_here

api.add_router("", facts.router)
api.add_router("", tickets.router)
api.add_router("", topics.router)

urlpatterns = [
    path("api/", nothing_here, {"rest": ""}),
    path("api/", api.urls),
    path("api/<path:rest>", nothing_here),
]
