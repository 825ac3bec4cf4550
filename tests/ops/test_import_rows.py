"""`ligneclaire import` with a mapping says what it did, how far it is, and goes on when it was killed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builders import a_world
from ligneclaire.channels.models import Entry, NoAnswerNeeded
from ligneclaire.kernel.rows import Tally
from ligneclaire.ops.commands.import_world import command
from ligneclaire.ops.import_rows import Progress
from ligneclaire.transfer.actions import note_progress
from ligneclaire.transfer.importing import AT_ONCE, Standing
from ligneclaire.transfer.models import Origin, Run
from transfer.csv_files import EXAMPLES, HISTORY, a_file, take_customers

HISTORY_MAPPING = EXAMPLES / "history.toml"


@pytest.fixture
def customers(db: None, tmp_path: Path) -> None:
    a_world()
    take_customers(tmp_path)


def run(path: Path, *options: str, mapping: Path = HISTORY_MAPPING) -> Result:
    return CliRunner().invoke(command, [str(path), "--mapping", str(mapping), *options])


@pytest.mark.usefixtures("customers")
def test_an_import_counts_what_was_new_and_again_that_nothing_is(tmp_path: Path) -> None:
    path = a_file(tmp_path, HISTORY)

    first, again = run(path), run(path)

    assert (first.exit_code, first.output) == (0, "4 lines, 0 wrong, 1 left out\nentries  3 new\n")
    assert (again.exit_code, again.output) == (
        0,
        "4 lines, 0 wrong, 1 left out\nentries  3 as before\nnothing changed\n",
    )


@pytest.mark.usefixtures("customers")
def test_wrong_lines_are_an_exit_of_one_and_where_they_are_is_said(tmp_path: Path) -> None:
    path, wrong = a_file(tmp_path, HISTORY.replace("phone", "fax")), tmp_path / "mend-me.csv"

    checked = run(path, "--check", "--wrong", str(wrong))
    result = run(path, "--wrong", str(wrong))

    assert (checked.exit_code, checked.output.splitlines()[0]) == (
        1,
        "4 lines, 1 wrong, 1 left out; checked only, nothing was written",
    )
    assert (result.exit_code, result.output) == (
        1,
        f"4 lines, 1 wrong, 1 left out\nentries  2 new\nwrong lines, and why: {wrong}\n",
    )
    assert "'fax' is not in the table" in wrong.read_text()


@pytest.mark.usefixtures("customers")
def test_scripts_read_json(tmp_path: Path) -> None:
    result = run(a_file(tmp_path, HISTORY), "--json")

    assert json.loads(result.output) == {
        "lines": 4,
        "wrong": 0,
        "left_out": 1,
        "wrong_lines": None,
        "went_on_after": 0,
        "checked_only": False,
        "tables": {"entries": {"new": 3, "changed": 0, "same": 0, "removed": 0}},
    }


@pytest.mark.django_db
def test_before_there_is_an_operator_nothing_is_imported(tmp_path: Path) -> None:
    result = run(a_file(tmp_path, HISTORY))

    assert (result.exit_code, result.output) == (1, "Error: import a world with the operator first\n")


@pytest.mark.usefixtures("customers")
def test_what_does_not_fit_is_said_in_lines(tmp_path: Path) -> None:
    mapping = tmp_path / "no.toml"
    mapping.write_text('source = "x"')
    other = a_file(tmp_path, HISTORY.replace("article_id", "id"))
    open_end = a_file(tmp_path, HISTORY + '1,"' + "x" * (1 << 21), name="open.csv")

    no_mapping, no_fit, no_csv = run(other, mapping=mapping), run(other), run(open_end)

    assert no_mapping.output == f"Error: {mapping} is no mapping:\n  rows: is missing\n  fields: is missing\n"
    assert no_fit.output == (
        f"Error: {other} does not fit {HISTORY_MAPPING}:\n  there is no column article_id\n"
        "  nothing reads the column id: name it in `ignore`\n"
    )
    assert no_csv.output == (
        f"Error: {open_end}, line 6: field larger than field limit (1048576); what stood before it was taken\n"
    )
    assert (no_mapping.exit_code, no_fit.exit_code, no_csv.exit_code) == (1, 1, 1)


@pytest.mark.usefixtures("customers")
def test_options_of_rows_without_a_mapping_are_a_wrong_call(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(a_file(tmp_path, "{}")), "--check"])

    assert (result.exit_code, "go with --mapping" in result.output) == (2, True)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def standing(lines: int, read: int) -> Standing:
    done = note_progress.Progress(lines=lines, wrong=2, tallies={"entries": Tally(new=lines)})
    return Standing(done=done, read=read, size=1000, from_line=0)


def test_a_terminal_shows_lines_rate_and_what_is_left() -> None:
    terminal = Terminal()
    progress = Progress(terminal)
    progress._began = time.monotonic() - 10

    progress.say(standing(5000, 100))
    progress.say(standing(10_000, 500))
    progress.clear()

    _, first, second, cleared, _ = terminal.getvalue().split("\r")
    assert first.strip() == "5,000 lines, 500 a second, 2 wrong, 1 min 30 s left"
    assert second.strip() == "10,000 lines, 1,000 a second, 2 wrong, 10 s left"
    assert cleared.strip() == ""


def test_elsewhere_nothing_is_shown() -> None:
    elsewhere = io.StringIO()
    progress = Progress(elsewhere)

    progress.say(standing(5000, 100))
    progress.clear()

    assert elsewhere.getvalue() == ""


@pytest.mark.slow
def test_an_import_that_was_killed_goes_on_and_nothing_is_there_twice(database_url: str, tmp_path: Path) -> None:
    a_world()
    take_customers(tmp_path)
    head, first, *_ = HISTORY.splitlines()
    count = 4 * AT_ONCE
    path = a_file(tmp_path, "\n".join([head, *(f"{n}{first[4:]}" for n in range(count))]))
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment |= {"DATABASE_URL": database_url, "LIGNECLAIRE_VAR": str(tmp_path / "var")}
    started = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", "import", str(path)]
    process = subprocess.Popen([*started, "--mapping", str(HISTORY_MAPPING)], env=environment)
    end = time.monotonic() + 120
    while not Run.objects.filter(rows="history", lines__gt=0).exists() and time.monotonic() < end:
        time.sleep(0.02)
    process.kill()
    process.wait()
    done = Run.objects.get(rows="history")
    assert 0 < done.lines < count, "it was too quick for this test"

    result = run(path)

    assert result.output.splitlines() == [
        f"{count} lines, 0 wrong",
        f"went on after line {done.lines}, where an earlier run was cut off",
        f"entries  {count} new",
    ]
    assert (Entry.objects.count(), Origin.objects.count(), NoAnswerNeeded.objects.count()) == (count, count, count)
