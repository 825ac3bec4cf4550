"""A scratch database is gone after its run, whoever is still in it."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from ligneclaire.ops.scratch import scratch_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_somebody_who_is_still_connected_does_not_keep_it() -> None:
    login = connection.settings_dict
    usual = login["NAME"]
    with scratch_database():
        name = login["NAME"]
        other = psycopg.connect(
            host=login["HOST"], port=login["PORT"], user=login["USER"], password=login["PASSWORD"], dbname=name
        )

    assert name != usual == login["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        assert cursor.fetchone() == (0,)
    with pytest.raises(psycopg.OperationalError):
        other.execute("SELECT 1")
