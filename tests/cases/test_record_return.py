"""The post brings a letter back: it is somebody's work, and no letter goes there until a person says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from builders import a_world, refused_by, the_story_world
from ligneclaire.cases.actions.record_return import NoSuchLetter, record_return
from ligneclaire.channels.actions.print_again import NothingToPrint, NotToThatAddress, print_again
from ligneclaire.channels.actions.tick_off_message import tick_off_message
from ligneclaire.channels.letter.address import postal_lines
from ligneclaire.channels.models import Message
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Channel, ReturnReason
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.actions.confirm_address import NoAddress, confirm_address
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.queries import addressees
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.actions.batch_letters import batch_letters
from ligneclaire.voice.actions.send_again import AddressInDoubt, send_again
from ligneclaire.voice.actions.write_message import NotReachable, Words, write_message
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.queries import day, print_terms, written
from ligneclaire.voice.queries.day import DayList, Undelivered

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=7)
ELSEWHERE = ("M et Mme LENOIR", "3 RUE NEUVE", "33000 BORDEAUX")


@pytest.fixture(autouse=True)
def outbox(settings: Settings, tmp_path: Path) -> None:
    a_world()
    settings.OUTBOX = tmp_path / "outbox"


def a_queued_letter(at: datetime = MONDAY) -> UUID:
    uuid = uuid4()
    words = Words(customer="C-2001", channel=Channel.LETTER, subject="Votre question", text="Oui.")
    write_message(message=uuid, words=words, by=NORA, at=at)
    return uuid


def a_letter() -> UUID:
    uuid = a_queued_letter()
    assert dispatch(message=uuid, by=SYSTEM, at=MONDAY)
    return uuid


def comes_back(uuid: UUID, reason: ReturnReason = ReturnReason.MOVED) -> None:
    record_return(message=uuid, reason=reason, by=NORA, at=LATER)


def confirmed(*lines: str) -> None:
    confirm_address(customer="C-2001", lines=lines or known_address(), by=NORA, at=LATER)


def known_address() -> tuple[str, ...]:
    return addressees.of(["C-2001"], on=LATER.date())["C-2001"].address


def point() -> ContactPoint:
    return ContactPoint.objects.get(customer__number="C-2001", kind=ContactKind.ADDRESS)


def state(uuid: UUID) -> tuple[str, str]:
    row = Message.objects.get(uuid=uuid)
    return row.state, row.answer


def undelivered() -> tuple[Undelivered, ...]:
    return day.one(DayList.UNDELIVERED, "A-1", today=LATER.date(), limit=9, skip=0).rows


@pytest.mark.parametrize("reason", ReturnReason)
def test_a_letter_that_comes_back_is_the_owners_work(reason: ReturnReason) -> None:
    uuid = a_letter()

    comes_back(uuid, reason)

    [waiting] = undelivered()
    assert (waiting.message, waiting.state, waiting.channel) == (uuid, "returned", "letter")
    assert (waiting.answer, waiting.since, waiting.owner_name) == (reason.value, LATER, "Nora Benali")
    assert (point().verified, point().doubted_at, point().changed_by) == (False, LATER, "adviser:A-1")
    fact = Fact.objects.get(kind="cases.letter_returned")
    assert (fact.source, fact.customer, fact.by) == ("cases", "C-2001", "adviser:A-1")


def test_the_customer_still_reads_what_came_back() -> None:
    uuid = a_letter()
    comes_back(uuid)

    assert [card.uuid for card in messages.sent_to(["C-2001"], limit=9)] == [uuid]
    tick_off_message(message=uuid, note="Appelés", by=NORA, at=LATER)
    assert undelivered() == ()


def test_a_letter_comes_back_once_and_only_if_it_left() -> None:
    queued, left = a_queued_letter(), a_letter()
    comes_back(left)

    for uuid in (queued, left, uuid4()):
        with pytest.raises(NoSuchLetter):
            comes_back(uuid)

    assert Fact.objects.filter(kind="cases.letter_returned").count() == 1
    assert state(queued) == ("queued", "")


def test_the_next_letter_is_held_back_until_a_person_confirms_the_address() -> None:
    returned, next_one = a_letter(), a_queued_letter()
    comes_back(returned)

    assert not dispatch(message=next_one, by=SYSTEM, at=LATER)

    assert state(next_one) == ("undeliverable", "address in doubt")
    with pytest.raises(AddressInDoubt):
        send_again(message=next_one, by=NORA, at=LATER)
    confirmed()
    send_again(message=next_one, by=NORA, at=LATER)
    assert dispatch(message=next_one, by=SYSTEM, at=LATER)
    assert (point().verified, point().doubted_at) == (True, None)


def test_sent_again_a_held_letter_goes_to_the_new_address() -> None:
    returned, next_one = a_letter(), a_queued_letter()
    comes_back(returned)
    dispatch(message=next_one, by=SYSTEM, at=LATER)

    confirmed(*ELSEWHERE)
    send_again(message=next_one, by=NORA, at=LATER)

    card = messages.by_uuid(next_one)
    assert card
    assert card.destination == postal_lines(ELSEWHERE)
    assert dispatch(message=next_one, by=SYSTEM, at=LATER)


def test_an_adviser_cannot_choose_a_letter_while_the_address_is_in_doubt() -> None:
    comes_back(a_letter())

    assert Channel.LETTER not in written.channels_of("C-2001", at=LATER)
    with pytest.raises(NotReachable):
        a_queued_letter(LATER)


def test_a_letter_to_an_earlier_address_says_nothing_about_todays() -> None:
    uuid = a_letter()
    confirmed(*ELSEWHERE)

    comes_back(uuid)

    assert state(uuid) == ("returned", "moved")
    assert (point().verified, point().doubted_at) == (True, None)


def test_a_customer_without_an_address_has_none_to_doubt_or_confirm() -> None:
    uuid = a_letter()
    ContactPoint.objects.filter(kind=ContactKind.ADDRESS).delete()

    comes_back(uuid)

    assert state(uuid) == ("returned", "moved")
    with pytest.raises(NoAddress):
        confirmed(*ELSEWHERE)


def test_an_import_with_another_address_ends_the_doubt_and_with_the_same_one_does_not() -> None:
    comes_back(a_letter())

    a_world(at=LATER + timedelta(hours=1))
    assert point().doubted_at == LATER
    document = the_story_world()
    customer = next(row for row in document["customers"] if row["id"] == "C-2001")
    customer["address"] = list(ELSEWHERE)
    a_world(document, at=LATER + timedelta(hours=2))
    assert (point().verified, point().doubted_at) == (False, None)


def test_a_returned_letter_is_printed_again_only_to_a_confirmed_address() -> None:
    uuid = a_letter()
    batch_letters(until=LATER, terms=print_terms.current(), by=SYSTEM, at=LATER)
    comes_back(uuid)

    with pytest.raises(NotToThatAddress):
        print_again(message=uuid, batch=None, reason="x", by=NORA, at=LATER)
    with pytest.raises(NothingToPrint):
        print_again(message=None, batch="2015-02-23-1", reason="x", by=NORA, at=LATER)
    confirmed()
    assert print_again(message=uuid, batch=None, reason="x", by=NORA, at=LATER) == 1
    confirmed(*ELSEWHERE)
    with pytest.raises(NotToThatAddress):
        print_again(message=uuid, batch=None, reason="x", by=NORA, at=LATER)
    with pytest.raises(NothingToPrint):
        print_again(message=uuid4(), batch=None, reason="x", by=NORA, at=LATER)


def test_an_address_in_doubt_is_not_verified() -> None:
    with refused_by("contact_point_in_doubt_not_verified"):
        ContactPoint.objects.filter(kind=ContactKind.ADDRESS).update(verified=True, doubted_at=LATER)
