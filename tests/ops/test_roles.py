"""The application's database role may not do what the owner may."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection


@pytest.mark.django_db
def test_tests_run_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")

        assert cursor.fetchone() == ("ligneclaire_app", "ligneclaire")


@pytest.mark.django_db
def test_the_application_may_not_change_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied for schema public"):
        cursor.execute("CREATE TABLE public.of_the_application ()")


@pytest.mark.django_db(transaction=True)
def test_transactional_tests_are_cleaned_up_by_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs.procrastinate_jobs")

        assert cursor.fetchone() == (0,)
