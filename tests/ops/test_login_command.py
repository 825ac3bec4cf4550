"""Who opens the desk is said on the command line."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate

from builders import a_world
from ligneclaire.ops.commands import login, supervisor, technician, training
from ligneclaire.people.models import Login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    a_world()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(login.command, arguments)


def test_advisers_and_clerks_get_a_password_that_is_shown_once() -> None:
    nora = run("nora", "--adviser", "A-1")
    marie = run("marie", "--department", "billing", "--name", "Marie Petit")

    assert (nora.exit_code, marie.exit_code) == (0, 0)
    assert authenticate(username="nora", password=nora.stdout.strip())
    assert authenticate(username="marie", password=marie.stdout.strip())
    assert "This is the password of marie." in marie.stderr
    heading, *rows = [re.split("  +", line) for line in run().output.splitlines()]
    assert heading == ["USERNAME", "NAME", "ROLE", "OF", "GIVEN", "OPEN"]
    assert [row[:4] for row in rows] == [
        ["marie", "Marie Petit", "clerk", "billing"],
        ["nora", "Nora Benali", "adviser", "A-1"],
    ]


def test_a_login_is_withdrawn_and_given_back_with_a_new_password() -> None:
    old = run("nora", "--adviser", "A-1").stdout.strip()

    assert (run("nora", "--withdraw").output) == "nora opens the desk no longer.\n"
    assert authenticate(username="nora", password=old) is None
    assert run().output.splitlines()[1].endswith("  no")
    assert run("nora", "--withdraw").exit_code == 1

    back = run("nora", "--give-back")
    assert authenticate(username="nora", password=back.stdout.strip())
    assert "This is the password of nora." in back.stderr
    assert run().output.splitlines()[1].endswith("  yes")
    assert run("nora", "--give-back").exit_code == 1


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--withdraw", "--give-back"),
        ("--withdraw", "--adviser", "A-1"),
        ("--subject", "S", "--withdraw"),
        ("--name", "x"),
    ],
)
def test_one_thing_is_done_at_a_time(options: tuple[str, ...]) -> None:
    refused = run("nora", *options)

    assert refused.exit_code == 2
    assert "say either --adviser, or --department and --name, or one of the others alone" in refused.output
    assert not Login.objects.exists()


def test_an_adviser_becomes_a_supervisor_and_one_of_the_others_again() -> None:
    run("nora", "--adviser", "A-1")

    named = CliRunner().invoke(supervisor.command, ["nora"])
    assert (named.exit_code, named.output) == (0, "nora is a supervisor.\n")
    assert Login.objects.get().is_supervisor

    ended = CliRunner().invoke(supervisor.command, ["nora", "--end"])
    assert (ended.exit_code, ended.output) == (0, "nora is an adviser like the others.\n")
    assert not Login.objects.get().is_supervisor

    strange = CliRunner().invoke(supervisor.command, ["marie"])
    assert (strange.exit_code, strange.output) == (
        1,
        "Error: No adviser logs in with this user name. (username marie)\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["marie"], "say either --adviser, or --department and --name"),
        (["marie", "--adviser", "A-1", "--department", "billing", "--name", "Marie"], "say either"),
        (["marie", "--department", "billing"], "say either"),
        (["marie", "--adviser", "A-1", "--name", "Marie"], "say either"),
        (["marie", "--department", "desk", "--name", "Marie"], "desk is this system itself"),
        (["marie", "--department", "bookings", "--name", "Marie"], "There is no department with this code."),
        (["nora", "--adviser", "A-9"], "There is no adviser with this number."),
    ],
)
def test_a_login_of_nobody_is_refused(arguments: list[str], said: str) -> None:
    result = run(*arguments)

    assert result.exit_code in {1, 2}
    assert said in result.stderr
    assert Login.objects.count() == 0


def test_a_technician_is_one_until_it_ends() -> None:
    run("nora", "--adviser", "A-1")

    named = CliRunner().invoke(technician.command, ["nora"])
    assert (named.exit_code, named.output) == (0, "nora is a technician.\n")
    assert Login.objects.get().is_technician

    ended = CliRunner().invoke(technician.command, ["nora", "--end"])
    assert (ended.exit_code, ended.output) == (0, "nora is an adviser like the others.\n")
    assert not Login.objects.get().is_technician


def test_an_adviser_is_in_training_until_it_ends() -> None:
    run("nora", "--adviser", "A-1")

    named = CliRunner().invoke(training.command, ["nora"])
    assert (named.exit_code, named.output) == (0, "nora is in training.\n")
    assert Login.objects.get().is_in_training

    ended = CliRunner().invoke(training.command, ["nora", "--end"])
    assert (ended.exit_code, ended.output) == (0, "nora is an adviser like the others.\n")
    assert not Login.objects.get().is_in_training

    CliRunner().invoke(supervisor.command, ["nora"])
    refused = CliRunner().invoke(training.command, ["nora"])
    assert (refused.exit_code, refused.output) == (1, "Error: A supervisor is not in training. (username nora)\n")
