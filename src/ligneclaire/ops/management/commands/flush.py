"""Django's `flush`, as the owner of the tables, with the jobs."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from ligneclaire.ops import roles


class Command(flush.Command):
    """Empty every table; the application's role may not."""

    def handle(self, **options: Any) -> None:  # noqa: D102 - Django's
        connection = connections[options["database"]]
        with roles.as_owner(connection):
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE jobs.procrastinate_jobs, jobs.procrastinate_workers RESTART IDENTITY CASCADE")
            super().handle(**options)
