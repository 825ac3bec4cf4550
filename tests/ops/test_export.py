"""`ligneclaire export DIRECTORY` says what it wrote, or why it could not, and leaves nothing half written."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builders import a_world
from ligneclaire.ops.commands import export as module

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


@pytest.fixture
def a_full_disk() -> Iterator[None]:
    """No file of this process may be longer than two blocks."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(module.command, [str(argument) for argument in arguments])


def test_an_export_says_how_much_it_is(tmp_path: Path) -> None:
    result = run(tmp_path / "all")

    size = sum(path.stat().st_size for path in (tmp_path / "all").rglob("*") if path.is_file())
    assert result.exit_code == 0
    assert result.output.startswith(f"{tmp_path / 'all'}: ")
    assert result.output.endswith(f" tables, 0 files, {size:,} bytes\n")


def test_scripts_read_json(tmp_path: Path) -> None:
    result = run(tmp_path / "one", "--customer", "C-2001", "--format", "jsonl", "--json")

    done = json.loads(result.output)
    assert (result.exit_code, done["rows"]["people_customer"], done["files"]) == (0, 1, 0)
    assert json.loads((tmp_path / "one/tables/people_customer.jsonl").read_text())["number"] == "C-2001"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{}"], "Error: {} is there already; an export overwrites nothing\n"),
        (["{}/new", "--customer", "C-9"], "Error: there is no customer C-9\n"),
        (["{}/file/new"], "Error: {}/file/.new.part cannot be written: Not a directory; nothing is left behind\n"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "file").touch()

    result = run(*(argument.format(tmp_path) for argument in arguments))

    assert (result.exit_code, result.output) == (1, said.format(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("a_full_disk")
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    result = run(tmp_path / "all")

    assert (result.exit_code, result.output) == (
        1,
        f"Error: {tmp_path / 'all'} cannot be written: File too large; nothing is left behind\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_sees_which_table_it_is_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    class Terminal:
        write = staticmethod(written.append)

        def isatty(self) -> bool:
            return True

        def flush(self) -> None: ...

    monkeypatch.setattr("sys.stderr", Terminal())
    module._say("channels_mail")
    module._say("")

    assert [text.strip(" ") for text in written] == ["\rchannels_mail", "\r" + " " * 79 + "\r"]
