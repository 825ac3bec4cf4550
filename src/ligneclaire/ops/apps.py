"""What every process does when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings

from ligneclaire.kernel import clock


class Ops(AppConfig):
    """Set our clock: the demo lives some whole days ahead of the calendar or behind it."""

    name = "ligneclaire.ops"

    def ready(self) -> None:  # noqa: D102 - Django's
        clock.shift_by(timedelta(days=settings.CLOCK_SHIFT_DAYS))
