"""The operator's IT reads on the command line who changed what, and is named in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from os import getuid
from pwd import getpwuid

import pytest
from click.testing import CliRunner, Result

from builders import a_world
from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.models import Change
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.ops import printing
from ligneclaire.ops.commands import audit, login, supervisor, token

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 8, tzinfo=UTC)
US = f"system:{getpwuid(getuid()).pw_name}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(audit.command, arguments)


def rows(*arguments: str) -> list[list[str]]:
    heading, *lines = [re.split("  +", line) for line in run(*arguments).output.splitlines()]
    assert heading == ["AT", "BY", "WHAT", "ABOUT", "BEFORE", "AFTER"]
    return lines


def test_commands_leave_the_name_of_who_gives_them() -> None:
    a_world()
    for command, arguments in (
        (login.command, ["nora", "--adviser", "A-1"]),
        (supervisor.command, ["nora"]),
        (login.command, ["nora", "--withdraw"]),
        (token.command, ["billing"]),
    ):
        assert CliRunner().invoke(command, arguments).exit_code == 0

    kept = Change.objects.filter(by=US).order_by("pk").values_list("kind", "about")
    assert list(kept) == [("LOGIN", "nora")] * 3 + [("TOKEN", "billing/main")]
    assert rows("--kind", "login", "--about", "NOR", "--by", US, "--limit", "2")[1][1:] == [
        *(US, "login", "nora", '{"role": "adviser"}', '{"role": "supervisor"}'),
    ]


def test_changes_are_listed_by_day_in_the_operators_time_the_last_first() -> None:
    a_world()
    for hours in (0, 13.5, 14.5):  # midnight in Paris is 22:00 UTC
        note_changes(
            kind=ChangeKind.MODE,
            after={f"at {hours}": {}},
            by=Actor(ActorKind.ADVISER, "A-1"),
            at=AT + timedelta(hours=hours),
        )

    assert [row[3] for row in rows("--by", "adviser:A-1")] == ["at 14.5", "at 13.5", "at 0"]
    assert [row[3] for row in rows("--from", "2026-06-02")] == ["at 14.5"]
    assert [row[3] for row in rows("--from", "2026-06-01", "--to", "2026-06-01")] == ["at 13.5", "at 0"]
    assert len(rows("--from", "2026-06-01", "--to", "9999-12-31")) == 3
    assert rows("--from", "2026-06-01")[0][:3] == ["2026-06-02 00:30:00+02:00", "adviser:A-1", "mode"]


def test_what_it_cannot_do_is_said() -> None:
    assert run().output == "Error: No operator is known yet: a world must be imported first.\n"
    assert "is not one of" in run("--kind", "weather").output
    assert run("--limit", "0").exit_code == 2


def test_who_has_no_name_on_this_machine_is_named_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "getuid", lambda: 4_000_000_123)

    assert printing.whoever_runs_this() == Actor(ActorKind.SYSTEM, "4000000123")
    assert printing.whoever_runs_this() != SYSTEM
