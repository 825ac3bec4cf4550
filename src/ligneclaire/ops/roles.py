"""Two database roles: the owner changes tables, the application changes rows, and not those that are append-only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import sql

SCHEMAS = ("public", "jobs")
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
EVERYDAY = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {role};
"""
NO_CHANGES = "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role};"
FOR_THE_ADMINISTRATOR = """The database user {owner} may not prepare this database: {reason}
Let an administrator of the database run this once, then run `ligneclaire migrate` again:

  CREATE ROLE {role} NOLOGIN;
  GRANT {role} TO {owner};
  \\connect {database}
  CREATE SCHEMA IF NOT EXISTS jobs AUTHORIZATION {owner};
  GRANT ALL ON SCHEMA public TO {owner};
{extensions}
"""
CREATE_ROLE = """
DO $$ BEGIN
  CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""


class NotPrepared(CommandError):
    """The database's administrator has to do something first."""


@contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Connect as the owner of the tables instead of the application's role, for the length of the block."""
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    others = options.get("options", "").removesuffix(settings.DATABASE_SESSION)
    session = f"{others} -c search_path={','.join(SCHEMAS)}".strip()
    connection.settings_dict["OPTIONS"] = options | {"options": session, "pool": False}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"] = options


def append_only_tables() -> list[str]:
    """The tables of the models that say `append_only = True`."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))  # noqa: SLF001


def grant(connection: BaseDatabaseWrapper) -> None:
    """Give the application's role what it needs and no more; connected as owner, safe to repeat."""
    role = sql.Identifier(settings.DATABASE_ROLE)
    statements = [sql.SQL(EVERYDAY).format(schema=sql.Identifier(schema), role=role) for schema in SCHEMAS]
    statements += [sql.SQL(NO_CHANGES).format(table=sql.Identifier(table), role=role) for table in append_only_tables()]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Create what migrations take for granted: schemas, extensions, the application's role; connected as owner."""
    try:
        with connection.cursor() as cursor:
            for statement in _missing(cursor):
                cursor.execute(statement)
    except ProgrammingError as refused:
        raise NotPrepared(_for_the_administrator(connection, refused)) from refused


def faults(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """What the application could do to its database although it should not be able to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)")
        user, is_superuser = cursor.fetchone()
        if user != settings.DATABASE_ROLE:
            yield f"the application works as {user} and not as {settings.DATABASE_ROLE}"
        if is_superuser:
            yield "the application logs in as a superuser of the database"
        for table in append_only_tables():
            cursor.execute(
                "SELECT has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'DELETE')", [table, table]
            )
            if cursor.fetchone() == (True,):
                yield f"the application may change rows of {table}, which is append-only"


def _missing(cursor: CursorWrapper) -> Iterator[sql.Composed]:
    role = sql.Identifier(settings.DATABASE_ROLE)
    cursor.execute("SELECT nspname FROM pg_namespace UNION ALL SELECT extname FROM pg_extension")
    there = {name for (name,) in cursor.fetchall()}
    if "jobs" not in there:
        yield sql.SQL("CREATE SCHEMA IF NOT EXISTS jobs").format()
    for extension in EXTENSIONS:
        if extension not in there:
            yield sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(extension))
    cursor.execute(
        "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", [settings.DATABASE_ROLE]
    )
    if cursor.fetchone() != (True,):
        yield sql.SQL(CREATE_ROLE).format(role=role)
        yield sql.SQL("GRANT {role} TO CURRENT_USER").format(role=role)


def _for_the_administrator(connection: BaseDatabaseWrapper, refused: ProgrammingError) -> str:
    return FOR_THE_ADMINISTRATOR.format(
        owner=connection.settings_dict["USER"],
        database=connection.settings_dict["NAME"],
        role=settings.DATABASE_ROLE,
        reason=str(refused).splitlines()[0],
        extensions="\n".join(f"  CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS),
    )
