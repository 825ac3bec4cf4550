"""What comes in by command, and who may come in by API."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from builders import STORIES, a_world
from ligneclaire.facts.models import Fact
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.commands import ingest, token
from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.actions.give_token import give_token
from ligneclaire.people.actions.use_token import TokenUnknown, use_token
from ligneclaire.people.queries import tokens

pytestmark = pytest.mark.django_db

PAST = (
    "A token lets do something, for some time, and its name has 1 to 40 characters. "
    "(name main, scopes cases:read,cases:write,facts:write,topics:read, ends_at 2015-01-01 00:00:00+00:00)"
)
FIVE_GOODBYES = str(STORIES / "2-five-goodbyes.jsonl")


def run(command: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """The events of a story with a blank line and two wrong ones among them."""
    lines = Path(FIVE_GOODBYES).read_text(encoding="utf-8").splitlines()
    lines[2:2] = ["", '{"id": "e99"']
    lines[9] = lines[9].replace("C-2001", "C-9")
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_story_is_taken_in_once() -> None:
    first, second = run(ingest.command, FIVE_GOODBYES), run(ingest.command, FIVE_GOODBYES)

    assert (first.exit_code, first.output) == (0, "15 lines: 14 accepted, 1 already known, 0 refused\n")
    assert (second.exit_code, second.output) == (0, "15 lines: 0 accepted, 15 already known, 0 refused\n")
    assert Fact.objects.count() == 14


def test_refused_lines_are_named_by_number_and_the_others_are_taken(spoilt: Path) -> None:
    result = run(ingest.command, str(spoilt))

    assert result.exit_code == 1
    assert result.output == (
        "refused  line 4: line: not JSON at column 13: Expecting ',' delimiter\n"
        "refused  line 10: customer: unknown customer 'C-9'\n"
        "16 lines: 13 accepted, 1 already known, 2 refused\n"
    )
    assert Fact.objects.count() == 13


def test_machines_read_one_object(spoilt: Path) -> None:
    result = run(ingest.command, str(spoilt), "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (
        1,
        {
            "lines": 16,
            "accepted": 13,
            "already_known": 1,
            "refused": [
                {"line": 4, "field": "line", "reason": "not JSON at column 13: Expecting ',' delimiter"},
                {"line": 10, "field": "customer", "reason": "unknown customer 'C-9'"},
            ],
        },
    )


def test_a_long_file_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "SILENCE", -1.0)

    result = run(ingest.command, FIVE_GOODBYES)

    assert (result.stderr, result.stdout) == ("15 lines read\n", "15 lines: 14 accepted, 1 already known, 0 refused\n")


@pytest.mark.parametrize("arguments", [[], ["nowhere.jsonl"], ["/"], [FIVE_GOODBYES, "--fast"]])
def test_a_wrong_use_takes_nothing_in(arguments: list[str]) -> None:
    assert run(ingest.command, *arguments).exit_code == 2
    assert Fact.objects.count() == 0


def opens(token: str) -> str:
    return use_token(token=token, scope=Scope.FACTS_WRITE, by=SYSTEM, at=clock.now())


def test_a_token_is_shown_once_and_alone() -> None:
    result = run(token.command, "billing")

    assert result.exit_code == 0
    assert opens(result.stdout.removesuffix("\n")) == "billing"
    assert result.stderr == "This is the token main of billing. It is not kept here: keep it now.\n"
    assert result.stdout.strip() not in run(token.command).output


def test_departments_are_listed_with_their_tokens() -> None:
    run(token.command, "billing")

    lines = run(token.command).output.splitlines()

    assert lines[0].split() == ["DEPARTMENT", "NAME", "TOKEN", "MAY", "SINCE", "UNTIL", "LAST", "USED"]
    assert lines[1].startswith("billing                Facturation            main   ")
    assert "   cases:read cases:write facts:write topics:read  " in lines[1]
    assert lines[2] == "collections            Recouvrement           none"
    assert len(lines) == 18


def test_a_token_is_taken_back() -> None:
    given = run(token.command, "billing").stdout.strip()

    result = run(token.command, "billing", "--revoke")

    assert (result.exit_code, result.output) == (0, "billing has no token main any more.\n")
    with pytest.raises(TokenUnknown):
        opens(given)


def test_a_token_is_for_one_system_some_scopes_and_a_time() -> None:
    run(token.command, "billing", "--name", "shop", "--scope", "topics:read", "--until", "2099-12-31")

    [row] = [line for line in run(token.command).output.splitlines() if line.startswith("billing")]
    today = f"{clock.now():%Y-%m-%d}"
    assert row.split() == ["billing", "Facturation", "shop", "topics:read", today, "2099-12-31", "never"]


def test_a_token_that_ended_is_listed_as_such() -> None:
    a_year_ago = clock.now() - timedelta(days=365)
    give_token(department="billing", by=SYSTEM, at=a_year_ago)

    [row] = [line for line in run(token.command).output.splitlines() if line.startswith("billing")]
    assert row.endswith(" (ended)  never")


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["billing", "--until", "2015-01-01"], 1, PAST),
        (["tea"], 1, "There is no department with this code. (department tea)"),
        (["billing", "--revoke"], 1, "The department has no token of this name. (department billing, name main)"),
        (["--revoke"], 2, "say which department"),
    ],
)
def test_a_token_that_cannot_be_is_refused(arguments: list[str], code: int, complaint: str) -> None:
    result = run(token.command, *arguments)

    assert (result.exit_code, result.output.splitlines()[-1]) == (code, f"Error: {complaint}")
    assert tokens.given() == ()
