"""An export has every row of the house, its files, and no secret; another product can read it by its description."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from incoming import an_email
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.cases.models import Read
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.models import Customer
from ligneclaire.transfer.catalogue import EXPORTED, FILES, HIDDEN, LEFT_OUT
from ligneclaire.transfer.exporting import export
from ligneclaire.transfer.tables import tables
from people.persons import merge
from transfer.packages import faults, read, resource, rows
from world import MONDAY, World

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
SUSPECT = ("password", "secret", "seed", "token", "credential", "public_key", "recovery", "session_key", "session_data")


def test_every_table_is_exported_or_left_out_for_a_reason() -> None:
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert EXPORTED.keys() & LEFT_OUT.keys() == set()
    assert known == EXPORTED.keys() | LEFT_OUT.keys()
    assert HIDDEN.keys() | FILES.keys() <= EXPORTED.keys()
    assert {why.partition(":")[0] for why in LEFT_OUT.values()} == {"secret", "derived", "in hand", "not used"}


def test_no_column_that_looks_like_a_secret_is_exported() -> None:
    columns = [(table.label, field) for table in tables(of_one=False) for field in table.fields]

    assert [(label, field.column) for label, field in columns if field.column in SUSPECT] == []
    assert [(label, field.column) for label, field in columns if field.db_type(connection) == "bytea"] == []
    assert {
        f"{label}.{column}"
        for label, hidden in HIDDEN.items()
        for column in hidden
        if column not in {field.column for field in apps.get_model(label)._meta.concrete_fields}
    } == set()


def test_an_export_of_the_house_has_every_row_and_fits_its_description(monday: World, tmp_path: Path) -> None:
    User.objects.create_user("nora", password="secret-secret")
    receive_mail(raw=an_email(), envelope=None, by=SYSTEM, at=AT)
    told: list[str] = []

    done = export(directory=tmp_path / "house", told=told.append, at=AT)

    package = read(tmp_path / "house")
    assert list(faults(tmp_path / "house", package)) == []
    assert done.rows == {table.name: table.model._default_manager.count() for table in tables(of_one=False)}
    assert (done.rows["facts_fact"] > 10, done.rows["voice_told"], done.rows["channels_mail"]) == (True, 1, 1)
    assert {one["name"]: one["rows"] for one in package["resources"]} == {
        **done.rows,
        "files": done.files + done.missing,
    }
    assert told == [*done.rows, "files"]
    for one in package["resources"]:
        content = (tmp_path / "house" / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "house").rglob("*") if path.is_file())
    assert User.objects.get().password.encode() not in everything
    assert "people.OneTimeCode" in package["ligneclaire"]["left_out"]
    assert not list(tmp_path.glob(".*"))


def test_files_come_along_as_they_are_and_those_that_are_gone_are_named(monday: World, tmp_path: Path) -> None:
    letters = [path for path in settings.OUTBOX.rglob("*") if path.is_file()]
    gone, *_ = sorted(path for path in letters if path.suffix == ".pdf")
    gone.unlink()

    done = export(directory=tmp_path / "house", at=AT)

    listed = list(rows(tmp_path / "house", resource(read(tmp_path / "house"), "files")))
    assert (done.files, done.missing) == (len(listed) - 1, 1)
    assert [row["place"] for row in listed if row["bytes"] is None] == [str(gone.relative_to(settings.OUTBOX))]
    for row in listed:
        if row["bytes"]:
            content = (tmp_path / "house" / str(row["path"])).read_bytes()
            assert content == (settings.OUTBOX / str(row["place"])).read_bytes()
            assert (row["bytes"], row["sha256"]) == (str(len(content)), sha256(content).hexdigest())


def test_json_lines_say_the_same(monday: World, tmp_path: Path) -> None:
    export(directory=tmp_path / "csv", at=AT)
    export(directory=tmp_path / "jsonl", form="jsonl", at=AT)

    package = read(tmp_path / "jsonl")
    facts = [json.loads(line) for line in (tmp_path / "jsonl/tables/facts_payload.jsonl").read_text().splitlines()]
    beside = list(rows(tmp_path / "csv", resource(read(tmp_path / "csv"), "facts_payload")))
    operator = json.loads((tmp_path / "jsonl/tables/people_operator.jsonl").read_text())
    assert resource(package, "facts_payload")["mediatype"] == "application/jsonl"
    assert [(str(row["fact_id"]), row["value"]) for row in facts] == [
        (row["fact_id"], json.loads(row["value"] or "null")) for row in beside
    ]
    assert (operator["languages"], operator["duty_id"]) == (["fr", "en"], None)


def test_an_export_of_a_customer_has_what_is_theirs_and_nothing_of_others(monday: World, tmp_path: Path) -> None:
    done = export(directory=tmp_path / "one", customer="C-2001", at=AT)

    package = read(tmp_path / "one")
    assert list(faults(tmp_path / "one", package)) == []
    assert package["title"] == "Everything about customer C-2001"
    assert [row["number"] for row in rows(tmp_path / "one", resource(package, "people_customer"))] == ["C-2001"]
    owned = [
        one
        for one in package["resources"]
        if {"customer", "customer_id"} & {f["name"] for f in one["schema"]["fields"]}
    ]
    assert len(owned) > 15
    for one in owned:
        for row in rows(tmp_path / "one", one):
            assert row.get("customer", row.get("customer_id")) == "C-2001"
    assert "people_adviser" not in done.rows
    assert done.rows["facts_payload"] == done.rows["facts_fact"] > 10
    assert done.rows["people_contactpoint"] == 3
    others = Customer.objects.exclude(number="C-2001").values_list("name", flat=True)
    text = b"".join(path.read_bytes() for path in (tmp_path / "one" / "tables").iterdir()).decode()
    assert [name for name in others if name in text] == []
    assert Read.objects.count() == done.rows["cases_read"]


@pytest.mark.parametrize("number", ["C-2001", "C-5001"])
def test_an_export_of_a_customer_has_all_their_numbers(number: str, monday: World, tmp_path: Path) -> None:
    merge("C-5001", "C-2001", at=datetime.fromisoformat(MONDAY))
    receive_mail(raw=an_email(sender="perrin@example.org"), envelope=None, by=SYSTEM, at=AT)

    done = export(directory=tmp_path / "one", customer=number, at=AT)

    package = read(tmp_path / "one")
    assert list(faults(tmp_path / "one", package)) == []
    assert package["ligneclaire"]["numbers"] == ["C-2001", "C-5001"]
    assert {row["number"] for row in rows(tmp_path / "one", resource(package, "people_customer"))} == {
        "C-2001",
        "C-5001",
    }
    contracts = rows(tmp_path / "one", resource(package, "contracts_contract"))
    assert {row["customer_id"] for row in contracts} == {"C-2001", "C-5001"}
    assert (done.rows["people_mergeevent"], done.rows["channels_mail"]) == (1, 1)


def test_every_condition_of_a_customers_export_can_be_asked(monday: World) -> None:
    with connection.cursor() as cursor:
        for table in tables(of_one=True):
            cursor.execute(table.query(of_one=True, as_text=True), {"customers": ["C-9"]})
            assert cursor.fetchall() == [], table.label


def test_an_export_that_fails_leaves_nothing_behind(monday: World, tmp_path: Path) -> None:
    def full(what: str) -> None:
        if what == "facts_fact":
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        export(directory=tmp_path / "house", told=full, at=AT)

    assert list(tmp_path.iterdir()) == []
