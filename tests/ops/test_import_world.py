from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builders import STORIES, the_story_world
from ligneclaire.ops.commands.import_world import command
from ligneclaire.people.models import Customer

pytestmark = pytest.mark.django_db

FIRST_TIME = """\
operator        1 new
departments     17 new
territories     4 new
advisers        3 new
coverages       5 new
customers       6 new
contact points  18 new
offers          6 new
contracts       9 new
equipment       2 new
sites           2 new
resources       6 new
lines           2 new
holdings        4 new
"""
LEFT_OUT = """\
not imported, kept for later: $.customers[].contracts[].sim.pin_tries_left (1)
not imported, kept for later: $.customers[].contracts[].sim.puk_tries_left (1)
not imported, kept for later: $.customers[].contracts[].user (2)
not imported, kept for later: $.customers[].mandate (1)
not imported, kept for later: $.operator.prices (1)
not imported, kept for later: $.operator.rounding (1)
not imported, kept for later: $.operator.vat (1)
"""


def run(path: Path) -> Result:
    return CliRunner().invoke(command, [str(path)])


def test_an_import_says_what_it_did_and_what_it_left_out() -> None:
    result = run(STORIES / "operator.json")

    assert (result.exit_code, result.output) == (0, FIRST_TIME + LEFT_OUT)


def test_a_second_import_says_that_nothing_changed() -> None:
    run(STORIES / "operator.json")

    result = run(STORIES / "operator.json")

    assert result.exit_code == 0
    assert result.output == FIRST_TIME.replace("new", "as before") + LEFT_OUT + "nothing changed\n"


def test_an_import_counts_what_changed_and_went(tmp_path: Path) -> None:
    run(STORIES / "operator.json")
    world = the_story_world()
    del world["customers"][0]["email"]
    world["customers"][0]["name"] = "Famille Delmas-Petit"
    (tmp_path / "world.json").write_text(json.dumps(world))

    lines = run(tmp_path / "world.json").output.splitlines()

    assert lines[5:7] == ["customers       1 changed, 5 as before", "contact points  17 as before, 1 removed"]


def test_a_wrong_world_is_refused_with_every_place(tmp_path: Path) -> None:
    world = the_story_world()
    world["customers"][1]["adviser"] = "A-9"
    del world["operator"]["phone"]
    (tmp_path / "world.json").write_text(json.dumps(world))

    result = run(tmp_path / "world.json")

    assert result.exit_code == 1
    assert result.output == (
        "Error: nothing was imported:\n"
        "  $.operator.phone: is missing\n"
        "  $.customers[1].adviser: there is no adviser A-9\n"
    )
    assert Customer.objects.count() == 0


def test_a_very_wrong_world_is_refused_with_the_first_hundred_places(tmp_path: Path) -> None:
    world = the_story_world()
    world["departments"] = [1] * 103
    (tmp_path / "world.json").write_text(json.dumps(world))

    lines = run(tmp_path / "world.json").output.splitlines()

    assert (len(lines), lines[-1]) == (102, "  and 3 more")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "not JSON at column 1: Expecting value", id="empty"),
        pytest.param(b'{\n "operator": }', "not JSON at line 2, column 14: Expecting value", id="not JSON"),
        pytest.param(b'{"name": "T\xe9l\xe9com"}', "not UTF-8 at byte 11", id="Latin-1"),
        pytest.param(b'{"a": {"b": 1, "c": 2, "b": 1}}', "the key 'b' stands twice in one object", id="a key twice"),
        pytest.param(b'{"a": NaN}', "NaN is not a JSON value", id="NaN"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="deep"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "world.json"
    path.write_bytes(content)

    result = run(path)

    assert (result.exit_code, result.output) == (1, f"Error: {path}: {reason}\n")


def test_a_file_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path / "world.json").exit_code == 2
