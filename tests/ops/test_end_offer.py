"""`ligneclaire end-offer`: every customer of an offer gets one plan and one message, however often it is run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from click.testing import CliRunner, Result

from failpoints import Crash, crashes
from ligneclaire.facts.models import Fact, Payload
from ligneclaire.flow.models import Journey
from ligneclaire.kernel import clock
from ligneclaire.ops.commands import end_offer
from world import World

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-05-04T10:00:00+02:00")
TOO_SHORT = "A contract that its operator ends needs more notice (CHG-01). (ends_on 2026-06-03, earliest 2026-06-04)"
EQUIPMENT = ["equipment.to_return", "equipment.return_by", "equipment.return_how"]
EFFECTS = ["fees.early_termination", "refund.deposit", "number.kept_until", "mailbox.kept_until"]
HOLDERS = ["C-2001", "C-4001", "C-4002"]


@pytest.fixture
def world() -> Iterator[World]:
    """The operator of the stories on a Monday morning in May."""
    clock.shift_by(NOW - datetime.now(UTC))
    world = World()
    world.it_is(NOW)
    yield world
    clock.shift_by(timedelta())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(end_offer.command, arguments)


def ended() -> list[str]:
    return list(Fact.objects.filter(kind="contract.ends_on").order_by("subject").values_list("subject", flat=True))


@pytest.mark.usefixtures("world")
def test_a_dry_run_says_what_would_happen_and_changes_nothing() -> None:
    result = run("ADSL-PHONE", "--on", "2026-06-30", "--dry-run")

    assert (result.exit_code, result.output) == (0, "3 contracts would end on 2026-06-30, 0 did already\n")
    assert ended() == []


def test_every_customer_gets_one_plan_and_one_message(world: World) -> None:
    result = run("ADSL-PHONE", "--on", "2026-06-30")
    world.it_is("2026-06-30 12:00")

    assert (result.exit_code, result.output) == (0, "3 contracts end on 2026-06-30, 0 did already\n")
    assert ended() == ["contract:K-ADSL-1", "contract:K-FIX-7", "contract:K-FIX-9"]
    assert sorted(Journey.objects.values_list("customer", "subject", "kind", "state")) == [
        ("C-2001", "contract:K-ADSL-1", "termination", "running"),
        ("C-4001", "contract:K-FIX-7", "termination", "running"),
        ("C-4002", "contract:K-FIX-9", "termination", "running"),
    ]
    assert {number: world.customer(number).topics_heard() for number in HOLDERS} == {
        "C-2001": [("2026-05-06 08:00", ["contract.ends_on", *EQUIPMENT, *EFFECTS])],
        "C-4001": [("2026-05-06 08:00", ["contract.ends_on", *EFFECTS])],
        "C-4002": [("2026-05-06 08:00", ["contract.ends_on", *EFFECTS])],
    }


@pytest.mark.usefixtures("world")
def test_run_twice_it_ends_nothing_twice() -> None:
    run("ADSL-PHONE", "--on", "2026-06-30")

    result = run("ADSL-PHONE", "--on", "2026-06-30")

    assert (result.exit_code, result.output) == (0, "0 contracts end on 2026-06-30, 3 did already\n")
    assert len(ended()) == 3


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["ADSL-PHONE", "--on", "2026-06-03"], 1, TOO_SHORT),
        (["ADSL-PHONE", "--on", "2026-06-03", "--dry-run"], 1, TOO_SHORT),
        (["TELEX", "--on", "2026-06-30"], 1, "there is no contract on the offer TELEX"),
        (["TELEX", "--on", "2026-06-30", "--dry-run"], 1, "there is no contract on the offer TELEX"),
        (["ADSL-PHONE"], 2, "Missing option '--on'."),
        (["ADSL-PHONE", "--on", "soon"], 2, "Invalid value for '--on': 'soon' does not match the format '%Y-%m-%d'."),
    ],
)
def test_what_cannot_be_ends_nothing(arguments: list[str], code: int, complaint: str) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.output.splitlines()[-1]) == (code, f"Error: {complaint}")
    assert ended() == []


@pytest.mark.usefixtures("world")
def test_another_day_is_refused_and_the_first_stays() -> None:
    run("ADSL-PHONE", "--on", "2026-06-30")

    result = run("ADSL-PHONE", "--on", "2026-07-31")

    assert result.exit_code == 1
    assert result.output == (
        "Error: The same command ended these contracts on another day. "
        "(contracts ['contract:K-ADSL-1', 'contract:K-FIX-7', 'contract:K-FIX-9'], count 3)\n"
    )
    assert set(Payload.objects.filter(fact__kind="contract.ends_on").values_list("value", flat=True)) == {"2026-06-30"}


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_run_is_run_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(end_offer, "AT_ONCE", 1)

    with pytest.raises(Crash), crashes(0.2, Fates(0.9, 0.05)):  # the first part is written, the second is not
        run("ADSL-PHONE", "--on", "2026-06-30")
    so_far = ended()
    result = run("ADSL-PHONE", "--on", "2026-06-30")
    world.it_is("2026-06-30 12:00")

    assert so_far == ["contract:K-ADSL-1"]
    assert result.output == "2 contracts end on 2026-06-30, 1 did already\n"
    assert {number: len(world.customer(number).heard()) for number in HOLDERS} == dict.fromkeys(HOLDERS, 1)
    assert Journey.objects.count() == 3


class Fates(Random):
    """Chance that says these one after the other."""

    def __init__(self, *fates: float) -> None:
        super().__init__()
        self.fates = iter(fates)

    def random(self) -> float:
        return next(self.fates)
