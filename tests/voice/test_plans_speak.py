"""What a plan states goes the way of every fact, and the customer reads it at once when they asked online."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from ligneclaire.channels.queries import messages
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Answer, Statement
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.queries import departments
from ligneclaire.voice.queries import rules, thread
from world import World

pytestmark = pytest.mark.django_db
ADSL = "contract:K-ADSL-1"
ONLINE = {"received_by": "online"}
ASKED_AT = datetime.fromisoformat("2015-02-14T23:12:00+01:00")


@pytest.fixture
def world() -> World:
    """A customer who ended a contract online, and the plan that computed the rest at that instant."""
    world = World()
    world.it_is(ASKED_AT)
    stated = {"termination.requested": ONLINE, "contract.ends_on": "2015-02-24", "closing_bill.date": "2015-03-05"}
    statements = [
        Statement(
            source="journeys",
            source_id=f"j-1/{key}",
            kind=key,
            customer="C-2001",
            subject=ADSL,
            value=value,
            effective=None,
            at=ASKED_AT,
        )
        for key, value in stated.items()
    ]
    assert record(statements, by=SYSTEM, at=ASKED_AT) == (Answer.ACCEPTED,) * 3
    world.it_is("2015-02-15 08:00")
    return world


def test_an_online_request_is_acknowledged_in_one_message_at_that_instant(world: World) -> None:
    assert world.customer("C-2001").heard() == [
        (
            "2015-02-14 23:12",
            "email",
            [
                ("termination.requested", ONLINE),
                ("contract.ends_on", "2015-02-24"),
                ("closing_bill.date", "2015-03-05"),
            ],
        )
    ]
    assert world.customer("C-2001").plan_states() == {
        "termination.requested": "said",
        "contract.ends_on": "said",
        "closing_bill.date": "said",
    }


@pytest.mark.usefixtures("world")
def test_plans_are_known_besides_the_departments() -> None:
    assert rules.current().sources == {"cases", "journeys", "visits", *departments.codes()}


@pytest.mark.usefixtures("world")
def test_what_a_plan_states_stands_in_the_thread() -> None:
    facts = [entry for entry in thread.page(["C-2001"], limit=20).entries if isinstance(entry, thread.FactEntry)]

    assert {(entry.source, entry.end) for entry in facts} == {("journeys", "said")}


@pytest.mark.usefixtures("world")
def test_ter_08_the_digest_of_what_left_is_kept_with_the_message() -> None:
    [card] = messages.of(["C-2001"])

    assert card.digest == sha256((Path(settings.OUTBOX) / card.file).read_bytes()).hexdigest()
