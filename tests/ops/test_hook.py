"""The operator's IT says on the command line which other systems are told what."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from builders import a_world
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.hooks.actions.note_posting import note_posting
from ligneclaire.hooks.models import Posting, Subscription
from ligneclaire.hooks.rules.signing import secret_of
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.commands import hook

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    made = run("crm", "--url", "https://crm.example/in", "--kind", "refund.*", "--kind", "closing_bill.*")
    assert made.stdout.strip() == secret_of(Subscription.objects.get().seed, key=settings.SECRET_KEY)
    assert made.stderr == "This is the secret of crm, with which its events are signed. Keep it now.\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(hook.command, arguments)


def rows(*arguments: str) -> list[list[str]]:
    heading, *lines = [re.split("  +", line) for line in run(*arguments).output.splitlines()]
    assert heading[0] in {"NAME", "ID"}
    return lines


def a_posting() -> str:
    fact = Statement(
        source="billing",
        source_id="e1",
        kind="refund.amount",
        customer="C-2001",
        subject="contract:K-ADSL-1",
        value=1,
        effective=None,
        at=NOW,
    )
    record([fact], by=SYSTEM, at=NOW)
    row = Posting.objects.get()
    note_posting(posting=row.uuid, tried=0, status=200, answer="", by=SYSTEM, at=NOW)
    return str(row.uuid)


def test_subscriptions_and_what_was_sent_are_listed() -> None:
    uuid = a_posting()

    assert rows() == [["crm", "https://crm.example/in", "closing_bill.* refund.*", "0"]]
    assert rows("crm") == [[uuid, "2026-06-01 10:00:00+02:00", "refund.amount", "billing/e1", "delivered", "1", "200"]]


def test_a_subscription_is_paused_resumed_and_ended() -> None:
    assert run("crm", "--pause").output == "crm is paused.\n"
    assert rows()[0][4].endswith(": by command")
    assert run("crm", "--resume").output == "crm goes on; held back: 0.\n"
    assert run("crm", "--end").output == "crm is forgotten.\n"
    assert rows() == []


@pytest.mark.parametrize(
    "meant", [["--since", "2026-06-01"], ["--since", "2026-06-01T08:00:00", "--until", "2026-06-02"]]
)
def test_what_was_lost_is_sent_again(meant: list[str]) -> None:
    uuid = a_posting()

    assert run("crm", *meant).output == "Sent to crm again: 1.\n"
    assert rows("crm")[0][4:] == ["waiting", "0"]
    again = run("crm", "--replay", uuid)
    assert (again.exit_code, "Nothing that was sent" in again.output) == (1, True)  # it waits already


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["crm", "--pause", "--resume"], 2, "say one thing at a time"),
        (["crm", "--pause", "--url", "https://a.example"], 2, "say one thing at a time"),
        (["erp", "--pause"], 1, "No subscription has this name. (name erp)"),
        (["erp", "--url", "http://erp.example", "--kind", "*"], 1, "Events go to https:// addresses"),
        (["erp", "--url", "https://erp.example"], 1, "A kind is a name"),
        (["crm", "--url", "https://crm.example", "--kind", "*"], 1, "nobody else has it"),
    ],
)
def test_what_cannot_be_is_refused(arguments: list[str], code: int, said: str) -> None:
    result = run(*arguments)

    assert (result.exit_code, said in result.output) == (code, True)
    assert Subscription.objects.count() == 1
