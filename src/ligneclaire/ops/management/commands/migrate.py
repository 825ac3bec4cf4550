"""Django's `migrate`, as the owner of the tables, with the job runner's in their own schema and the roles set after."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from ligneclaire.ops import roles

JOBS = "procrastinate"
ONE_AT_A_TIME = 7_014_019  # any number that nobody else locks


class Command(migrate.Command):
    """Prepare the database, migrate the job runner into its own schema, then everything, then grant."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: D102 - Django's
        connection = connections[options["database"]]
        with roles.as_owner(connection):
            _run(connection, f"SELECT pg_advisory_lock({ONE_AT_A_TIME})")
            _run(connection, "SET lock_timeout = '15s'")
            roles.prepare(connection)
            MigrationRecorder(connection).ensure_schema()
            if options["app_label"] in {None, JOBS}:
                _run(connection, "SET search_path = jobs, public")
                super().handle(*args, **options | {"app_label": JOBS, "run_syncdb": False})
                _run(connection, "SET search_path = public, jobs")
            if options["app_label"] != JOBS:
                super().handle(*args, **options)
            roles.grant(connection)


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
