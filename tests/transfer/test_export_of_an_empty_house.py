"""An export is of one instant, overwrites nothing, and describes also what is empty."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from ligneclaire.people.models import Customer
from ligneclaire.transfer.exporting import AlreadyThere, NoSuchCustomer, export
from ligneclaire.transfer.tables import Table
from transfer.packages import faults, read, resource

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_nothing_is_overwritten_and_nobody_unknown_is_exported(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()

    with pytest.raises(AlreadyThere):
        export(directory=tmp_path / "there", at=AT)
    with pytest.raises(NoSuchCustomer):
        export(directory=tmp_path / "new", customer="C-9", at=AT)

    assert [path.name for path in tmp_path.iterdir()] == ["there"]


@pytest.mark.usefixtures("transactional_db")
def test_an_export_is_of_one_instant(tmp_path: Path) -> None:
    levels = []

    def look(_: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
            levels.append(cursor.fetchone())

    export(directory=tmp_path / "house", told=look, at=AT)

    assert set(levels) == {("repeatable read", "on")}


def test_an_empty_house_is_described_too(db: None, tmp_path: Path) -> None:
    done = export(directory=tmp_path / "house", at=AT)

    assert {*done.rows.values()} == {0}
    assert list(faults(tmp_path / "house", read(tmp_path / "house"))) == []
    assert (
        Table(Customer).schema({})["fields"]
        == resource(read(tmp_path / "house"), "people_customer")["schema"]["fields"]
    )
