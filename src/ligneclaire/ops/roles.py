"""Two database roles: the owner changes tables, the application changes rows, and not those that are append-only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

SCHEMAS = ("public", "jobs")
EVERYDAY = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {role};
"""
NO_CHANGES = "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role};"
CREATE_ROLE = """
DO $$ BEGIN
  CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""


@contextmanager
def as_owner(connection: BaseDatabaseWrapper, *, search_path: str = "public,jobs") -> Iterator[None]:
    """Connect as the owner of the tables instead of the application's role, for the length of the block."""
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.settings_dict["OPTIONS"] = options | {"options": f"-c search_path={search_path}"}
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


def ensure_role(connection: BaseDatabaseWrapper) -> None:
    """Create the application's role and let the owner take it on; connected as owner."""
    role = sql.Identifier(settings.DATABASE_ROLE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", [settings.DATABASE_ROLE]
        )
        if cursor.fetchone() == (True,):
            return
        cursor.execute(sql.SQL(CREATE_ROLE).format(role=role))
        cursor.execute(sql.SQL("GRANT {role} TO CURRENT_USER").format(role=role))
