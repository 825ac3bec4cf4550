"""The addresses of the customers' space, and of the pages that everybody may use."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "space"

urlpatterns: list[URLPattern | URLResolver] = [
    # Who is it
    # The space
    # Leaving, without and with an account
    # Help
]
