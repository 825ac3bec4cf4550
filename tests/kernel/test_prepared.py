"""What is run all day is planned once, and nothing else is prepared."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ligneclaire.kernel.prepared import prepared

ASK = "SELECT number FROM people_customer WHERE number = %(number)s"


@pytest.mark.django_db
def test_a_statement_is_planned_once_for_all_values() -> None:
    for number in ("C-1", "C-2", "C-3"):
        with prepared() as cursor, connection.cursor() as other:
            cursor.execute(ASK, {"number": number})
            other.execute(ASK, {"number": number})

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s", [ASK[:50] + "%"]
        )
        assert cursor.fetchall() == [(3, 0)]


@pytest.mark.django_db
def test_it_stands_among_the_queries_that_are_counted() -> None:
    with CaptureQueriesContext(connection) as done, prepared() as cursor:
        cursor.execute(ASK, {"number": "C-1"})

    assert [query["sql"] for query in done.captured_queries] == [ASK.replace("%(number)s", "$1")]
