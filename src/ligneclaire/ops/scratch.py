"""A database of one's own for the length of a run, copied from a template that is migrated once."""

from __future__ import annotations

import fcntl
import inspect
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from ligneclaire.ops.roles import as_owner

PREFIX = "ligneclaire_scratch"


class MayNotCreateDatabases(Exception):
    """The user with whom we work on the server lacks CREATEDB."""


@contextmanager
def scratch_database(template: str = "") -> Iterator[str]:
    """Work in a copy of a database in which nobody is, or in an empty, migrated one; the usual one is left alone."""
    usual = connection.settings_dict["NAME"]
    name = f"{PREFIX}_{os.getpid()}_{secrets.token_hex(4)}"
    with as_owner(connection):
        _create(name, template)
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        with as_owner(connection):
            _drop(name)


def migrated_template() -> str:
    """An empty database for the migrations of this code, to be copied; made, as owner, by whoever comes first."""
    modules = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    files = sorted(Path(inspect.getfile(type(migration))) for migration in modules)
    code = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    template = f"{PREFIX}_template_{code[:12]}"
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "scratch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [template])
            ready = cursor.fetchone()
        if not ready:
            _make(template)
    return template


def _create(name: str, template: str) -> None:
    try:
        _execute("CREATE DATABASE {} TEMPLATE {}", name, template or migrated_template())
    except ProgrammingError as refused:
        if isinstance(refused.__cause__, InsufficientPrivilege):
            raise MayNotCreateDatabases(connection.settings_dict["USER"]) from refused
        raise


def _make(template: str) -> None:
    usual = connection.settings_dict["NAME"]
    _drop(template)
    _execute("CREATE DATABASE {}", template)
    connection.close()
    connection.settings_dict["NAME"] = template
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    _execute("ALTER DATABASE {} IS_TEMPLATE true", template)


def _drop(name: str) -> None:
    """Drop a database, whoever of ours is in it: FORCE is refused while the server itself cleans up there."""
    with connection.cursor() as cursor:
        ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = session_user"
        cursor.execute(ours, [name])
    _execute("DROP DATABASE IF EXISTS {}", name)  # waits for the server's own processes


def _execute(statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
