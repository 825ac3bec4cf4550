"""The application's database role may not do what the owner may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.db.utils import ConnectionHandler

from ligneclaire.ops import roles
from ligneclaire.ops.postgres.login import login_options


@pytest.mark.django_db
def test_tests_run_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")

        assert cursor.fetchone() == ("ligneclaire_app", "ligneclaire")


@pytest.mark.django_db
def test_the_application_may_not_change_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied for schema public"):
        cursor.execute("CREATE TABLE public.of_the_application ()")


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_may_only_add_to_append_only_tables(change: str) -> None:
    tables = [model._meta for model in apps.get_models() if getattr(model, "append_only", False)]
    assert "facts_fact" in {table.db_table for table in tables}

    for table in tables:
        key = table.pk.column
        denied = pytest.raises(ProgrammingError, match="permission denied")
        with denied, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table.db_table, key, key))


@pytest.mark.django_db(transaction=True)
def test_a_right_given_back_by_hand_is_a_fault_until_the_next_migration() -> None:
    assert list(roles.faults(connection)) == []
    with roles.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON facts_fact TO ligneclaire_app")

    assert list(roles.faults(connection)) == ["the application may change rows of facts_fact, which is append-only"]

    call_command("migrate", verbosity=0, interactive=False)
    assert list(roles.faults(connection)) == []


@pytest.fixture
def login_without_rights(transactional_db: None) -> Iterator[ConnectionHandler]:
    """Connections of a database user who may not create roles."""
    with roles.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE careful LOGIN PASSWORD 'careful'")
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "options"}
    login = connection.settings_dict | {"USER": "careful", "PASSWORD": "careful", "OPTIONS": options}
    handler = ConnectionHandler({"default": login})
    yield handler
    handler["default"].close()
    with roles.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("DROP ROLE careful")


def test_what_the_database_users_may_not_do_is_asked_of_the_administrator(
    login_without_rights: ConnectionHandler,
) -> None:
    with pytest.raises(roles.NotPrepared) as asked:
        roles.prepare(login_without_rights["default"])

    lines = [line.strip() for line in str(asked.value).splitlines()]
    assert lines[0].startswith("The database user careful may not prepare this database: permission denied")
    assert lines[3:5] == ["CREATE ROLE ligneclaire_app NOLOGIN;", "GRANT ligneclaire_app TO careful;"]
    assert lines[-3:] == [f"CREATE EXTENSION IF NOT EXISTS {name};" for name in ("btree_gist", "pg_trgm", "unaccent")]


@pytest.mark.django_db(transaction=True)
def test_transactional_tests_are_cleaned_up_by_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs.procrastinate_jobs")

        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_what_the_url_says_of_its_session_holds_for_the_application_and_for_the_owner() -> None:
    url = "postgresql://somewhere/something?application_name=care&options=-c%20statement_timeout%3D7s"
    options = login_options(url, session=settings.DATABASE_SESSION)
    own = ConnectionHandler({"default": connection.settings_dict | {"OPTIONS": options}})["default"]
    asked = "SELECT current_user, current_setting('statement_timeout'), current_setting('application_name')"

    with own.cursor() as cursor:
        cursor.execute(asked)
        application = cursor.fetchone()
    with roles.as_owner(own), own.cursor() as cursor:
        cursor.execute(asked)
        owner = cursor.fetchone()
    own.close()

    assert application == (settings.DATABASE_ROLE, "7s", "care")
    assert owner == (connection.settings_dict["USER"], "7s", "care")


def test_a_url_without_options_leaves_only_our_own() -> None:
    assert login_options("postgresql://h/d?sslmode=require", session="-c role=x") == {
        "sslmode": "require",
        "options": "-c role=x",
    }
