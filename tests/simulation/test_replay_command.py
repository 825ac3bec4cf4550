"""`ligneclaire replay`: the same events give the same bytes, and scripts can rely on its shape and exits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from builders import STORIES, the_story_world
from ligneclaire.config import wiring
from ligneclaire.ops.commands.replay import command
from post_office import post_office

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS, WORLD = STORIES / "2-five-goodbyes.jsonl", STORIES / "operator.json"
DAYS = "equipment.days_after_formal_notice"
SHAPE = {
    "messages": {
        "id", "customer", "channel", "language", "sent_at", "subject", "text", "topics", "reference", "adviser", "file",
        "copy_of",
    },
    "held": {"facts", "reason", "until"},
    "contradictions": {"subject", "key", "values", "owner", "settled"},
    "outcomes": {"fact", "outcome", "reason"},
    "promises": {"customer", "what", "due_on", "state"},
    "plan": {"journey", "step", "department", "expected_on", "promised_on", "state"},
    "refused": {"line", "reason"},
}  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(out: Path, *options: str, events: Path = EVENTS, world: Path = WORLD) -> Result:
    arguments = [str(events), "--world", str(world), "--out", str(out), *options]
    return CliRunner().invoke(command, arguments, obj=wiring.deliver)


def report_of(out: Path, *options: str, events: Path = EVENTS, code: int = 0) -> dict[str, Any]:
    result = run(out, "--json", *options, events=events)
    assert (result.exit_code, result.stderr) == (code, "")
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def changed(path: Path, changes: Mapping[int, str]) -> Path:
    """The events of the story with other lines in some places."""
    lines = EVENTS.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(changes.get(number, line) for number, line in enumerate(lines, start=1)), encoding="utf-8"
    )
    return path


def keys_of(entries: object) -> set[str]:
    return {key for entry in entries for key in entry} if isinstance(entries, list) else set()


def test_the_report_has_the_shape_that_was_promised(out: Path, tmp_path: Path) -> None:
    report = report_of(out, "--settle", f"{DAYS}=10", events=changed(tmp_path / "e.jsonl", {5: "{"}), code=1)

    assert list(report) == [
        *("messages", "held", "contradictions", "outcomes", "promises", "plan"),
        *("alarms", "credits", "differences", "refused_by_database", "duplicates", "refused"),
    ]
    assert {name: keys_of(report[name]) for name in SHAPE if report[name]} == {
        name: keys for name, keys in SHAPE.items() if report[name]
    }
    assert keys_of(report["messages"][1]["topics"]) == {"subject", "key", "value"}
    assert report["contradictions"] == [
        {
            "subject": "K-ADSL-1",
            "key": DAYS,
            "values": [{"value": 7, "source": "equipment"}, {"value": 10, "source": "equipment-south-west"}],
            "owner": "A-1",
            "settled": 10,
        }
    ]
    assert report["refused"] == [
        {"line": 5, "reason": "line: not JSON at column 2: Expecting property name enclosed in double quotes"}
    ]
    assert report["duplicates"] == 1


def test_a_settled_story_is_one_receipt_and_one_letter(out: Path) -> None:
    report = report_of(out, "--settle", f"{DAYS}=10")

    sent = [(m["sent_at"], m["channel"], m["language"], m["customer"], m["copy_of"]) for m in report["messages"]]
    assert sent == [
        ("2015-02-11T08:00:00+01:00", "letter", "fr", "C-2001", None),
        ("2015-02-17T08:00:00+01:00", "letter", "fr", "C-2001", None),
    ]
    assert report["held"] == []
    assert len({message["reference"] for message in report["messages"]}) == 1
    files = [out / message["file"] for message in report["messages"]]
    assert sorted(path for path in out.rglob("*") if path.is_file()) == sorted(files)
    assert [path.read_bytes()[:5] for path in files] == [b"%PDF-"] * 2
    assert {one["outcome"] for one in report["outcomes"]} == {"said", "folded", "not for customers", "settled against"}
    assert len(report["outcomes"]) == 14


def test_an_open_contradiction_is_held_with_its_date(out: Path) -> None:
    report = report_of(out)

    [held] = report["held"]
    assert held["facts"] == ["equipment/e8", "equipment-south-west/e13"]
    assert held["reason"] == f"contradiction: {DAYS}"
    assert report["contradictions"][0]["settled"] is None
    assert [one["fact"] for one in report["outcomes"] if one["outcome"] == "waiting"] == held["facts"]


def test_what_people_read_has_messages_whole_and_counts(out: Path) -> None:
    result = run(out, "--settle", f"{DAYS}=10")

    assert result.exit_code == 0
    assert result.output.count("=== ") == 2
    assert "Veuillez agréer, Madame, Monsieur" in result.output
    assert result.output.endswith("2 messages, 1 duplicate, 0 refused\n")


def test_it_ends_on_the_day_that_was_asked_for(out: Path) -> None:
    report = report_of(out, "--until", "2015-02-14")

    assert [message["sent_at"] for message in report["messages"]] == ["2015-02-11T08:00:00+01:00"]
    assert report["outcomes"][-1]["fact"] == "equipment/e9"
    assert report["contradictions"] == []


def test_nothing_happened_yet_before_the_first_event(out: Path) -> None:
    report = report_of(out, "--until", "2015-02-01")

    assert all(not report[name] for name in SHAPE)


def test_everybody_may_be_written_to_in_english(out: Path) -> None:
    report = report_of(out, "--language", "en", "--settle", f"{DAYS}=10")

    assert {message["language"] for message in report["messages"]} == {"en"}
    assert "Dear Sir or Madam" in report["messages"][1]["text"]


def test_a_fact_need_not_name_the_customer(out: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(EVENTS.read_text(encoding="utf-8").replace('"customer":"C-2001",', ""), encoding="utf-8")

    assert report_of(out, "--settle", f"{DAYS}=10", events=events) == report_of(out, "--settle", f"{DAYS}=10")


def test_refused_lines_are_named_by_number_and_the_others_go_on(out: Path, tmp_path: Path) -> None:
    lines = EVENTS.read_text(encoding="utf-8").splitlines()
    events = changed(
        tmp_path / "events.jsonl",
        {
            2: "not JSON",
            5: lines[4].replace("C-2001", "C-9"),
            9: lines[8].replace("K-ADSL-1", "K-9"),
            10: lines[9].replace("2015-02-20", "soon"),
            14: lines[13].replace('"e14"', '"e12"'),
        },
    )

    report = report_of(out, events=events, code=1)

    conflict = report["refused"].pop()
    assert report["refused"] == [
        {"line": 2, "reason": "line: not JSON at column 1: Expecting value"},
        {"line": 5, "reason": "customer: unknown customer 'C-9'"},
        {"line": 9, "reason": "contract: unknown contract 'K-9'"},
        {"line": 10, "reason": 'data.value: expected a date like 2015-02-20, got "soon"'},
    ]
    assert (conflict["line"], len(report["outcomes"]), report["duplicates"]) == (14, 9, 1)
    assert conflict["reason"].startswith("id: equipment-south-west/e12 was stated before with other content: kind ")


def test_an_empty_file_is_an_empty_report(out: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()

    report = report_of(out, events=tmp_path / "empty.jsonl")

    assert (report["duplicates"], any(report[name] for name in SHAPE)) == (0, False)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--settle", DAYS], f"'{DAYS}': expected KEY=VALUE with a key of `ligneclaire topics`"),
        (["--settle", "tea=1"], "'tea=1': expected KEY=VALUE with a key of `ligneclaire topics`"),
        (["--settle", "termination.requested={}"], "expected KEY=VALUE with a key of `ligneclaire topics`"),
        (["--settle", f"{DAYS}=ten"], f'{DAYS}: expected a whole number of days from 0 to 3650, got "ten"'),
        (["--until", "soon"], "'soon' does not match the format '%Y-%m-%d'"),
        (["--language", "de"], "'de' is not one of 'fr', 'en'"),
        (["--fast"], "No such option"),
    ],
)
def test_a_wrong_option_is_a_wrong_use(out: Path, options: list[str], complaint: str) -> None:
    result = run(out, *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert complaint in re.sub(r"\s+", " ", result.stderr)
    assert not out.exists()


@pytest.fixture
def worlds(tmp_path: Path) -> dict[str, Path]:
    wrong = the_story_world()
    wrong["customers"][1]["adviser"] = "A-9"
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    (tmp_path / "broken.json").write_text("{")
    return {name: tmp_path / f"{name}.json" for name in ("wrong", "broken", "missing")}


@pytest.mark.parametrize(
    ("world", "complaint"),
    [
        ("missing", "does not exist"),
        ("broken", "not JSON at column 2"),
        ("wrong", "$.customers[1].adviser: there is no adviser A-9"),
    ],
)
def test_a_wrong_world_is_a_wrong_use(out: Path, worlds: dict[str, Path], world: str, complaint: str) -> None:
    result = run(out, world=worlds[world])

    assert (result.exit_code, result.stdout) == (2, "")
    assert complaint in result.stderr


def test_events_that_are_not_there_are_a_wrong_use(out: Path, tmp_path: Path) -> None:
    assert run(out, events=tmp_path / "missing.jsonl").exit_code == 2


@pytest.mark.slow
def test_two_runs_print_and_write_identical_bytes(database_url: str, tmp_path: Path) -> None:
    first, second = (in_a_process(database_url, tmp_path / seed, seed=seed) for seed in ("1", "2"))

    assert len(first) == 3
    assert first == second


def in_a_process(database_url: str, out: Path, *, seed: str) -> dict[str, bytes]:
    program = "from ligneclaire.config.cli import main; main()"
    options = ["--world", str(WORLD), "--settle", f"{DAYS}=10", "--json", "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-c", program, "replay", str(EVENTS), *options],
        check=True,
        capture_output=True,
        timeout=110,
        env=os.environ | {"DATABASE_URL": database_url, "LIGNECLAIRE_VAR": str(out / "var"), "PYTHONHASHSEED": seed},
    )
    letters = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.pdf")}
    return letters | {"stdout": done.stdout}


def test_nobody_is_written_to_where_a_mail_server_is_connected(out: Path, tmp_path: Path, settings: Settings) -> None:
    online = {"received_by": "online"}
    asked = {"id": "e1", "at": "2015-02-10T09:00:00+01:00", "source": "space", "contract": "K-MOB-11"}
    events = tmp_path / "events.jsonl"
    events.write_text(json.dumps(asked | {"event": "termination.requested", "data": online}), encoding="utf-8")

    with post_office() as office:
        settings.SMTP = office.server
        report = report_of(out, events=events)

        assert office.tried == 0
        assert office.server == settings.SMTP
    assert report["messages"][0]["channel"] == "email"
