"""What the gate decides is written as it was decided, whatever was said before."""

from __future__ import annotations

import pytest

from ligneclaire.voice.rules.state import Mode
from world import World

pytestmark = pytest.mark.django_db
RECEIPT = ["termination.requested"]
EFFECTS = [
    "contract.ends_on",
    "equipment.to_return",
    "equipment.return_by",
    "equipment.return_how",
    "fees.early_termination",
    "refund.deposit",
    "number.kept_until",
    "mailbox.kept_until",
]


def test_a_proposal_of_shadow_mode_leaves_unchanged_once_the_voice_may_speak() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    world.voice(Mode.SHADOW)
    world.department("mailroom").passes_on("termination.requested", received_by="letter")
    world.it_is("2015-02-12 09:00")

    world.voice(Mode.LIVE)
    world.it_is("2015-02-16 09:00")

    assert world.customer("C-2001").topics_heard() == [("2015-02-13 08:00", RECEIPT)]


def test_a_proposal_of_shadow_mode_takes_along_what_became_known_before_the_voice_may_speak() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    world.voice(Mode.SHADOW)
    world.department("mailroom").passes_on("termination.requested", received_by="letter")
    world.it_is("2015-02-16 09:00")

    world.voice(Mode.LIVE)
    world.it_is("2015-02-20 09:00")

    assert world.customer("C-2001").topics_heard() == [("2015-02-17 08:00", RECEIPT + EFFECTS)]


def test_a_request_that_stands_again_is_confirmed_again_with_what_follows_by_now() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")
    mailroom = world.department("mailroom")
    mailroom.passes_on("termination.requested", received_by="letter")
    world.it_is("2015-02-12 09:00")
    mailroom.passes_on("termination.withdrawn", received_by="letter", as_="wrong-file")
    world.it_is("2015-02-16 09:00")

    mailroom.takes_back("wrong-file")
    world.it_is("2015-02-20 09:00")

    assert world.customer("C-2001").topics_heard() == [
        ("2015-02-11 08:00", RECEIPT),
        ("2015-02-13 08:00", ["termination.withdrawn"]),
        ("2015-02-17 08:00", RECEIPT + EFFECTS),
    ]


def test_a_request_may_carry_numbers_of_any_kind() -> None:
    world = World()
    world.it_is("2015-02-10 09:00")

    world.department("space").passes_on("termination.requested", received_by="online", seconds=12.5)
    world.it_is("2015-02-11 09:00")

    assert world.customer("C-2001").topics_heard() == [("2015-02-10 09:00", RECEIPT + EFFECTS)]
