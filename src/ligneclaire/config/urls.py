"""Where each door is."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ligneclaire.ops.health")),
    path("", include("ligneclaire.api.urls")),
    path("", include("ligneclaire.space.urls")),
    path("", include("ligneclaire.desk.urls")),
]
