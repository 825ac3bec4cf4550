"""Django's `migrate`, as the owner of the tables, with the job runner's in their own schema and the roles set after."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from ligneclaire.ops import roles

JOBS = "procrastinate"


class Command(migrate.Command):
    """Prepare the schemas, migrate the job runner into its own, then everything, then grant."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: D102 - Django's
        connection = connections[options["database"]]
        with roles.as_owner(connection):
            with connection.cursor() as cursor:
                cursor.execute("CREATE SCHEMA IF NOT EXISTS jobs")
            MigrationRecorder(connection).ensure_schema()
            roles.ensure_role(connection)
        if options["app_label"] in {None, JOBS}:
            first = options | {"app_label": JOBS, "run_syncdb": False}
            with roles.as_owner(connection, search_path="jobs,public"):
                super().handle(*args, **first)
        if options["app_label"] != JOBS:
            with roles.as_owner(connection):
                super().handle(*args, **options)
        with roles.as_owner(connection):
            roles.grant(connection)
