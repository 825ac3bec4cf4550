"""Which database this process works with, and whether it is ready for work."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from ligneclaire.ops import roles
from ligneclaire.ops.postgres.login import login

OLDEST = 150000
SHOWN = 3


def use(url: str) -> None:
    """Work with this database from now on, also in the processes that we start."""
    connection.close()
    connections.settings["default"].update(login(url))
    os.environ["DATABASE_URL"] = url


def bring_up_to_date() -> None:
    """Apply the migrations that are missing, if any."""
    with roles.as_owner(connection):
        missing = unapplied_migrations()
    if missing:
        call_command("migrate", interactive=False, verbosity=0)


def unapplied_migrations() -> list[str]:
    """The migrations that this code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def faults() -> Iterator[str]:
    """Why this database is not ready for work, in words for operators; nothing when it is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            (version,) = cursor.fetchone()
    except DatabaseError as unreachable:
        unprepared = f'role "{settings.DATABASE_ROLE}" does not exist' in str(unreachable)
        hint = "; run `ligneclaire migrate`" if unprepared else ""
        yield f"the database cannot be used: {str(unreachable).strip()}{hint}"
        return
    if version < OLDEST:
        yield f"the database server has version {version // 10000}, needed is {OLDEST // 10000} or newer"
    missing = unapplied_migrations()
    if missing:
        more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        yield f"migrations are missing, run `ligneclaire migrate`: {', '.join(missing[:SHOWN])}{more}"
        return
    yield from roles.faults(connection)
