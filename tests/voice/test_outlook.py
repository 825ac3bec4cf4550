"""What whoever talks to a customer sees of them at an instant."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from ligneclaire.channels.queries import messages
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.states import AbsenceReason
from ligneclaire.voice.queries import letters, outlook, rules, troubles
from ligneclaire.voice.rules.state import Mode
from world import World

pytestmark = pytest.mark.django_db
MONDAY = datetime.fromisoformat("2015-02-16T10:00:00+01:00")
ADSL = "contract:K-ADSL-1"


@pytest.fixture
def world(story: World, db: None) -> World:
    return story.again()


def seen(customer: str = "C-2001") -> outlook.Outlook:
    found = outlook.of(customer, at=MONDAY)
    assert found
    return found


def test_the_message_to_come_is_shown_with_its_instant_and_ways(world: World) -> None:
    (preview,) = seen().previews

    assert (preview.subject, preview.leaves_at.isoformat()) == (ADSL, "2015-02-17T08:00:00+01:00")
    assert dict(preview.ways) == {"letter": ("M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX")}


def test_what_is_shown_is_what_leaves(world: World) -> None:
    shown = seen().previews[0].content
    printed = letters.of_preview("C-2001", ADSL, at=MONDAY)

    world.it_is("2015-02-17T08:00:01+01:00")

    sent = messages.of(["C-2001"])[-1]
    assert sent.content == shown.as_json()
    assert letters.of_message(sent.uuid) == printed


def test_a_message_is_signed_by_whoever_is_there_on_its_day(world: World) -> None:
    tuesday = Period(date(2015, 2, 17), date(2015, 2, 18))
    record_absence(adviser="A-1", period=tuesday, reason=AbsenceReason.LEAVE, by=SYSTEM, at=MONDAY)

    found = seen()

    assert found.customer.present.name == "Nora Benali"
    assert found.previews[0].content.contact.name == "Hugo Marchand"


@pytest.mark.parametrize("mode", [Mode.STOP, Mode.SHADOW])
def test_a_silent_voice_shows_what_it_would_say(world: World, mode: Mode) -> None:
    said = list(seen().previews[0].content.steps)
    world.voice(mode)

    found = seen()

    assert found.mode
    assert (found.mode.mode, found.mode.reason) == (mode, "as the story wants")
    assert list(found.previews[0].content.steps) == said


def test_a_customer_of_whom_nothing_is_known_has_a_page_and_a_stranger_has_none(world: World) -> None:
    found = seen("C-5001")

    assert (found.customer.name, found.holds, found.previews, found.pledges) == ("M. Perrin", (), (), ())
    assert [holding.contract for holding in found.household] == ["K-FIX-51"]
    assert outlook.of("C-404", at=MONDAY) is None


def test_everything_is_read_in_eleven_queries(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for customer in ("C-2001", "C-5001"):
        with django_assert_num_queries(11):
            outlook.of(customer, at=MONDAY)


def test_only_a_letter_has_a_printed_form(world: World) -> None:
    world.department("space").passes_on("termination.requested", received_by="online", of="K-MOB-11")
    world.it_is(MONDAY + timedelta(minutes=1))
    [email] = messages.of(["C-1001"])

    assert email.channel == "email"
    assert letters.of_message(email.uuid) is None
    assert letters.of_message(UUID(int=0)) is None


def test_a_letter_that_left_is_the_file_and_not_a_new_one(world: World, settings: Any) -> None:
    receipt = messages.of(["C-2001"])[0]
    file = Path(settings.OUTBOX) / receipt.file
    original = file.read_bytes()

    assert letters.of_message(receipt.uuid) == original
    file.rename(file.with_suffix(".away"))
    assert letters.of_message(receipt.uuid) == original
    file.with_suffix(".away").rename(file)


def test_changes_of_mode_name_who_made_them(world: World) -> None:
    world.voice(Mode.STOP)

    assert [(change.mode, change.by) for change in rules.changes()] == [(Mode.STOP, "system:ligneclaire")]
    assert rules.last_change(MONDAY) == rules.changes()[0]
    assert rules.last_change(datetime.fromisoformat("2015-02-16T09:00:00+01:00")) is None


def test_what_was_not_understood_has_somebody_who_looks(world: World) -> None:
    world.state({"source": "exchange", "customer": "C-4001", "event": "cabinet.moved", "data": {}})
    world.it_is("2015-02-16T10:01:00+01:00")

    (trouble,) = troubles.newest(limit=10)

    assert (trouble.source, trouble.kind, trouble.customer_name) == ("Réseau, central", "cabinet.moved", "Mme Roussel")
    assert (trouble.what, trouble.owner) == ("not understood", "Hugo Marchand")
