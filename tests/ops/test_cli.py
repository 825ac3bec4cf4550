"""The command says what is wrong in words, and tells scripts by its exit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from builders import STORIES
from ligneclaire.ops import roles

pytestmark = pytest.mark.slow


def ligneclaire(*arguments: str, **variables: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", *arguments]
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # of browser tests
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env | variables, timeout=100)
    return done.returncode, done.stdout, done.stderr


def test_help_lists_every_command_without_a_database(tmp_path: Path) -> None:
    code, said, complained = ligneclaire("--help", LIGNECLAIRE_VAR=str(tmp_path / "var"), DATABASE_URL="")

    assert (code, complained) == (0, "")
    assert "  serve" in said
    assert not (tmp_path / "var").exists()


def test_an_unknown_command_is_an_error_of_use() -> None:
    assert ligneclaire("srve")[0] == 2


def test_a_wrong_variable_is_named_without_a_traceback() -> None:
    wrong = ligneclaire("check", LIGNECLAIRE_PORT="http")

    assert wrong == (2, "", "LIGNECLAIRE_PORT is 'http': expected a whole number\n")


def test_a_database_that_is_not_there_is_said_in_a_line() -> None:
    code, said, _ = ligneclaire("check", DATABASE_URL="postgresql://nobody:secret@127.0.0.1:1/none")

    assert code == 1
    assert said.startswith("wrong: the database cannot be used: connection failed")
    assert "secret" not in said


def test_a_ready_installation_is_well(database_url: str, tmp_path: Path) -> None:
    well = "All is well: settings, database, migrations, roles.\n"

    assert ligneclaire("check", DATABASE_URL=database_url, LIGNECLAIRE_VAR=str(tmp_path)) == (0, well, "")


def test_an_empty_installation_is_made_ready_by_one_command(open_folder: Path) -> None:
    variables = {"DATABASE_URL": "", "LIGNECLAIRE_VAR": str(open_folder / "var")}
    assert ligneclaire("check", **variables)[0] == 1
    for command in (["mode"], ["network", "where", "63510-D4-017"], ["visits", "day", "T-1"]):
        code, said, complained = ligneclaire(*command, **variables)
        assert (code, said, "Traceback" in complained) == (1, "", False)
        assert complained.endswith('role "ligneclaire_app" does not exist; run `ligneclaire migrate`\n')

    assert ligneclaire("migrate", **variables)[:2] == (0, "The database is up to date.\n")
    assert ligneclaire("check", **variables)[0] == 0


def test_a_production_installation_can_be_well(database_url: str, tmp_path: Path) -> None:
    code, said, _ = ligneclaire(
        "check",
        DATABASE_URL=database_url,
        LIGNECLAIRE_VAR=str(tmp_path),
        LIGNECLAIRE_MODE="production",
        LIGNECLAIRE_ALLOWED_HOSTS="care.example",
        LIGNECLAIRE_SECRET_KEY="k3y-" + "abcdefghij" * 6,
    )

    assert (code, said) == (0, "All is well: settings, database, migrations, roles.\n")


@pytest.fixture
def modest_url(database_url: str) -> Iterator[str]:
    """The test database for a user who may not create databases."""
    with roles.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE modest LOGIN PASSWORD 'modest'")
    yield re.sub("//[^@]*@", "//modest:modest@", database_url)
    with roles.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("DROP ROLE modest")


def test_a_replay_without_the_right_to_create_databases_is_an_error_of_use(modest_url: str, tmp_path: Path) -> None:
    world, events = STORIES / "operator.json", STORIES / "2-five-goodbyes.jsonl"

    code, said, complained = ligneclaire(
        "replay", str(events), "--world", str(world), DATABASE_URL=modest_url, LIGNECLAIRE_VAR=str(tmp_path)
    )

    assert (code, said) == (2, "")
    assert complained.splitlines()[-1] == (
        "Error: the database user modest may not create databases, and a replay needs one of its own: "
        "give it CREATEDB, or run without DATABASE_URL."
    )
    assert "Traceback" not in complained
