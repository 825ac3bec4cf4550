"""What operators ask and say on the command line: contradictions, modes, threads."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import timedelta

import click
import pytest
from click.testing import CliRunner, Result

from builders import a_world
from contracts.leaving import GUEST, NOON, NORA, typed
from ligneclaire.cases.queries import cards
from ligneclaire.contracts.actions.decide_reason import decide_reason
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.ops.commands import mode, settle, thread
from ligneclaire.voice.models import ModeChange
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import Mode
from world import World

pytestmark = pytest.mark.django_db

DAYS = "equipment.days_after_formal_notice"
CONTESTED = [
    ["CUSTOMER", "SUBJECT", "KEY", "VALUES", "OWNER", "ASKED"],
    [
        "C-2001",
        "contract:K-ADSL-1",
        DAYS,
        "7 (equipment) or 10 (equipment-south-west)",
        "A-1",
        "2015-02-15 11:20+01:00",
    ],
]


def run(command: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


@pytest.fixture
def five_goodbyes() -> World:
    world = World()
    world.read("2-five-goodbyes.jsonl")
    world.it_is("2015-02-16 09:00")
    return world


def settlements() -> list[tuple[object, str, str]]:
    return [(one.chosen, one.settled_by, one.reason) for one in cards.questions_of("C-2001")]


def test_nothing_is_contested_in_a_new_world() -> None:
    a_world()

    assert (run(settle.command).exit_code, run(settle.command).output) == (0, "Nothing is contested.\n")


def test_what_is_contested_is_listed(five_goodbyes: World) -> None:
    result = run(settle.command)

    columns = [re.split("  +", line) for line in result.output.splitlines()]
    assert (result.exit_code, columns) == (0, CONTESTED)
    assert len({line.index(word) for line, word in zip(result.output.splitlines(), ("OWNER", "A-1"), strict=True)}) == 1


@pytest.mark.parametrize("value", ["10", " 10 "])
def test_the_owner_settles_unless_another_is_named(five_goodbyes: World, value: str) -> None:
    result = run(settle.command, "C-2001", f"{DAYS}={value}", "--reason", "asked both")

    assert (result.exit_code, result.output) == (0, f"{DAYS} of contract:K-ADSL-1 is 10, settled by A-1.\n")
    assert settlements() == [(10, "adviser:A-1", "asked both")]


def test_somebody_else_may_settle(five_goodbyes: World) -> None:
    result = run(settle.command, "C-2001", f"{DAYS}=7", "--reason", "asked both", "--by", "A-2")

    assert (result.exit_code, settlements()) == (0, [(7, "adviser:A-2", "asked both")])
    assert run(settle.command).output == "Nothing is contested.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["C-2001"], 2, "say which value is true: settle CUSTOMER KEY=VALUE --reason WHY"),
        (["C-2001", f"{DAYS}=10"], 2, "say why: --reason"),
        (["C-2001", f"{DAYS}=10", "--reason", "  "], 2, "say why: --reason"),
        (
            ["C-2001", f"{DAYS}=8", "--reason", "so"],
            1,
            "'8' is none of the contested values: 7 (equipment) or 10 (equipment-south-west)",
        ),
        (
            ["C-2001", DAYS, "--reason", "so"],
            1,
            "'' is none of the contested values: 7 (equipment) or 10 (equipment-south-west)",
        ),
        (
            ["C-2001", "tea=1", "--reason", "so"],
            1,
            "'tea' is not contested for C-2001; `ligneclaire settle` lists what is",
        ),
        (
            ["C-2001", f"{DAYS}=10", "--reason", "so", "--subject", "contract:K-MOB-2"],
            1,
            f"'{DAYS}' is not contested for C-2001; `ligneclaire settle` lists what is",
        ),
        (
            ["C-2001", f"{DAYS}=10", "--reason", "so", "--by", "A-9"],
            2,
            "Invalid value for --by: there is no adviser A-9",
        ),
    ],
)
def test_a_settlement_that_cannot_be_changes_nothing(
    five_goodbyes: World, arguments: list[str], code: int, complaint: str
) -> None:
    result = run(settle.command, *arguments)

    assert (result.exit_code, result.output.splitlines()[-1]) == (code, f"Error: {complaint}")
    assert settlements() == [(None, "", "")]


def test_a_key_that_is_contested_for_two_contracts_needs_its_subject(five_goodbyes: World) -> None:
    for source, days in (("equipment", 7), ("equipment-south-west", 9)):
        five_goodbyes.department(source).states(DAYS, days, of="K-MOB-2")
    five_goodbyes.it_is("2015-02-16 10:00")

    result = run(settle.command, "C-2001", f"{DAYS}=7", "--reason", "so")

    assert result.exit_code == 2
    assert "is contested for several: say which by --subject (contract:K-ADSL-1, contract:K-MOB-2)" in result.output
    settled = run(settle.command, "C-2001", f"{DAYS}=9", "--reason", "so", "--subject", "contract:K-MOB-2")
    assert (settled.exit_code, [chosen for chosen, _, _ in settlements()]) == (0, [9, None])


def test_the_voice_is_live_until_somebody_says_otherwise() -> None:
    a_world()

    result = run(mode.command)

    assert (result.exit_code, result.output) == (0, "live: what is decided leaves. It was never changed.\n")


def test_the_voice_is_stopped_and_let_speak_again(five_goodbyes: World) -> None:
    stopped = run(mode.command, "stop", "--reason", "wrong bills", "--by", "A-1")
    again = run(mode.command, "stop", "--reason", "still")
    live = run(mode.command, "live", "--reason", "bills are right")

    assert [result.exit_code for result in (stopped, again, live)] == [0, 0, 0]
    assert stopped.output.startswith("stop: nothing leaves, nothing is proposed. Since ")
    assert stopped.output.endswith(", by Nora Benali: wrong bills\n")
    assert again.output == f"Nothing changed. {stopped.output}"
    assert live.output.endswith(", by system:ligneclaire: bills are right\n")
    assert run(mode.command).output == live.output
    assert [change.mode for change in rules.changes()] == [Mode.STOP, Mode.LIVE]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["stop"], "say why: --reason"),
        (["stop", "--reason", " "], "say why: --reason"),
        (["off", "--reason", "so"], "'off' is not one of 'live', 'shadow', 'stop'"),
        (["stop", "--reason", "so", "--by", "A-9"], "there is no adviser A-9"),
    ],
)
def test_a_mode_that_cannot_be_is_a_wrong_use(arguments: list[str], complaint: str) -> None:
    a_world()

    result = run(mode.command, *arguments)

    assert (result.exit_code, complaint in result.output) == (2, True)
    assert ModeChange.objects.count() == 0


def test_a_thread_is_one_line_of_time(five_goodbyes: World) -> None:
    run(settle.command, "C-2001", f"{DAYS}=10", "--reason", "asked both")

    result = run(thread.command, "C-2001", "--json")

    entries = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)
    stated_by = Counter(entry["name"].split("/")[0] == "journeys" for entry in entries if entry["what"] == "fact")
    assert stated_by == {False: 14, True: 5}
    assert entries[0] == {
        "at": "2015-02-10T09:12:00+01:00",
        "what": "fact",
        "name": "mailroom/e1",
        "subject": "contract:K-ADSL-1",
        "says": 'termination.requested {"reason": "moved to another operator", "received_by": "l...',
        "state": "said",
    }
    assert [entry for entry in entries if entry["what"] == "contradiction"] == [
        {
            "at": "2015-02-15T11:20:00+01:00",
            "what": "contradiction",
            "name": "A-1",
            "subject": "contract:K-ADSL-1",
            "says": f"{DAYS} 7 (equipment) or 10 (equipment-south-west)",
            "state": "settled by adviser:A-1: 10, asked both",
        }
    ]


def test_a_thread_shows_messages_and_promises(five_goodbyes: World) -> None:
    five_goodbyes.it_is("2015-02-21 09:00")

    lines = [line.split("  ") for line in run(thread.command, "C-2001").output.splitlines()]

    told = [(line[0], line[1]) for line in lines if line[1] != "fact"]
    assert ("2015-02-11 08:00+01:00", "letter") in told
    assert [what for _, what in told].count("promise") == 8


def test_a_thread_shows_what_was_decided_on_a_reason() -> None:
    a_world()
    reference = request_termination(declared=typed(reason="move_abroad"), by=GUEST, at=NOON).reference
    decide_reason(
        reference=reference,
        is_accepted=True,
        note="vu",
        received_by_commission_on=None,
        by=NORA,
        at=NOON + timedelta(hours=1),
    )

    entries = json.loads(run(thread.command, "C-2001", "--json").stdout)

    assert [(entry["name"], entry["says"].split(" ")[0]) for entry in entries] == [
        (f"space/{reference}/K-ADSL-1", "termination.requested"),
        (f"desk/{reference}/K-ADSL-1/decided", "contracts.reason_decided"),
    ]


def test_nothing_happened_with_most_customers_yet() -> None:
    a_world()

    assert run(thread.command, "C-1001").output == "Nothing happened with C-1001 yet.\n"
    assert json.loads(run(thread.command, "C-1001", "--json").stdout) == []


def test_a_stranger_has_no_thread() -> None:
    a_world()

    result = run(thread.command, "C-9")

    assert (result.exit_code, result.output) == (1, "Error: there is no customer C-9\n")


def test_without_a_world_the_next_step_is_said() -> None:
    result = run(settle.command)

    complaint = "Error: No operator is known yet: a world must be imported first.\n"
    assert (result.exit_code, result.output) == (1, complaint)
