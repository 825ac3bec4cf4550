"""Statements that are planned once, seen as every other."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection
from pytest_django import DjangoAssertNumQueries

from ligneclaire.kernel.prepared import prepared

pytestmark = pytest.mark.django_db
SUM = "SELECT %(one)s::int + %(two)s::int"


def asked(one: int, two: int) -> int:
    with prepared() as cursor:
        cursor.execute(SUM, {"one": one, "two": two})
        return int(cursor.fetchone()[0])


def test_a_statement_is_planned_once_for_a_connection_whatever_its_values() -> None:
    assert [asked(1, 2), asked(30, 40)] == [3, 70]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%%::int + %%'"
        )
        assert cursor.fetchone() == (1, 2)


def test_it_is_counted_as_a_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        asked(1, 2)


def test_what_is_wrong_is_told_as_django_tells_it() -> None:
    with pytest.raises(ProgrammingError), prepared() as cursor:
        cursor.execute("SELECT nothing")
