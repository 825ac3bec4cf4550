"""What an adviser in training writes, or what names a large amount, leaves when a second adviser has approved it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from builders import a_world
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.actions.record_entry import Said, record_entry
from ligneclaire.channels.models import Message
from ligneclaire.channels.states import Channel, Direction, Medium
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.set_training import set_training
from ligneclaire.people.models import Customer
from ligneclaire.promises.actions.give_promise import Given, PromisedForThePast
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.voice.actions.approve_message import approve_message
from ligneclaire.voice.actions.hand_over import hand_over
from ligneclaire.voice.actions.keep_writing import HandedIn, keep_writing
from ligneclaire.voice.actions.send_back_message import ReasonMissing, send_back_message
from ligneclaire.voice.actions.take_back import take_back
from ligneclaire.voice.actions.take_back_review import NotYourMessage, take_back_review
from ligneclaire.voice.actions.write_message import AnsweredAlready, Words, write_message
from ligneclaire.voice.models import Review, Writing
from ligneclaire.voice.queries import reviews
from ligneclaire.voice.queries.day import DayList
from ligneclaire.voice.queries.reviews import NothingToDecide, OwnMessage
from ligneclaire.voice.rules.reviews import Cause, ReviewState, causes
from ligneclaire.voice.rules.typed import mentions
from locks import locking
from people.persons import merge
from today import listed

pytestmark = pytest.mark.django_db
NORA, HUGO = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.ADVISER, "A-2")
INES, MARIE = Actor(ActorKind.ADVISER, "A-3"), Actor(ActorKind.CLERK, "7")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
CALL_BACK = Given(text="Rappeler", due_on=date(2015, 2, 18))


@pytest.fixture(autouse=True)
def house(settings: Settings, tmp_path: Path) -> None:
    """Nora is in training; Hugo and Inès are not."""
    a_world()
    settings.OUTBOX = tmp_path / "outbox"
    settings.APPROVE_ABOVE = None
    for adviser, username in (("A-1", "nora"), ("A-2", "hugo"), ("A-3", "ines")):
        give_login(adviser=adviser, username=username, password="x", by=SYSTEM, at=MONDAY)
    set_training(username="nora", is_in_training=True, by=SYSTEM, at=MONDAY)


def words(**given: Any) -> Words:
    usual = {"customer": "C-2001", "channel": Channel.EMAIL, "subject": "Votre question", "text": "Tout fonctionne."}
    return Words(**{**usual, **given})


def hand_in(what: Words | None = None, *, by: Actor = NORA) -> UUID:
    """Nora writes; return what waits."""
    message = uuid4()
    keep_writing(message=message, customer="C-2001", answers=None, fields={"text": "Tout"}, by=by, at=MONDAY)
    write_message(message=message, words=what or words(), by=by, at=MONDAY)
    return Review.objects.get(message=message).uuid


def test_what_somebody_in_training_writes_waits_and_nothing_is_promised() -> None:
    review = hand_in(words(promise=CALL_BACK))

    card = reviews.by_uuid(review)
    assert card is not None
    assert (card.author_name, card.causes, card.state, card.is_waiting) == (
        "Nora Benali",
        ("training",),
        "waiting",
        True,
    )
    assert Words.from_json(card.words) == words(promise=CALL_BACK)
    assert (Message.objects.count(), SpokenPromise.objects.count(), ProcrastinateJob.objects.count()) == (0, 0, 0)
    assert Writing.objects.count() == 1
    assert reviews.waiting_to(["C-2001"]) == (card,)
    [seen], [own] = (listed(DayList.REVIEWS, on=MONDAY.date(), adviser=one) for one in ("A-2", "A-1"))
    assert (seen.is_mine, seen.subject, seen.author_name, own.is_mine) == (True, "Votre question", "Nora Benali", False)
    assert listed(DayList.WRITINGS, on=MONDAY.date()) == ()


def test_handed_in_twice_it_waits_once_and_its_words_stay() -> None:
    review = hand_in()
    message = Review.objects.get().message

    write_message(message=message, words=words(text="Autre chose"), by=NORA, at=MONDAY)
    with pytest.raises(HandedIn):
        keep_writing(message=message, customer="C-2001", answers=None, fields={}, by=NORA, at=MONDAY)

    card = reviews.by_uuid(review)
    assert card is not None
    assert card.words["text"] == "Tout fonctionne."
    assert (Review.objects.count(), Writing.objects.get().fields) == (1, {"text": "Tout"})


def test_approved_it_leaves_in_its_authors_name_and_promises_from_then_on() -> None:
    review = hand_in(words(promise=CALL_BACK))

    message = approve_message(review=review, by=HUGO, at=TUESDAY)

    row, promise = Message.objects.get(uuid=message), SpokenPromise.objects.get()
    assert (row.adviser, row.written_by, row.written_at, row.state) == ("A-1", "adviser:A-1", TUESDAY, "queued")
    assert (promise.owner_id, promise.made_at) == ("A-1", TUESDAY)
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"message": str(message)}]
    assert Writing.objects.count() == 0
    card = reviews.last_of(message)
    assert card is not None
    assert (card.state, card.decided_by, card.decided_by_name, card.decided_at) == (
        "approved",
        "A-2",
        "Hugo Marchand",
        TUESDAY,
    )
    with pytest.raises(NothingToDecide):
        approve_message(review=review, by=INES, at=TUESDAY)
    with pytest.raises(NothingToDecide):
        approve_message(review=uuid4(), by=INES, at=TUESDAY)
    assert Message.objects.count() == 1


def test_all_numbers_under_which_it_may_be_written_are_held_at_once_before_it_is() -> None:
    handed_in = hand_in()
    merge("C-2001", "C-3001", by=HUGO)

    assert listed(DayList.REVIEWS, on=MONDAY.date())[0].customer_name == Customer.objects.get(number="C-3001").name
    with locking() as locks:
        approve_message(review=handed_in, by=HUGO, at=TUESDAY)

    assert (locks[0], set().union(*locks)) == ({"C-2001", "C-3001"}, {"C-2001", "C-3001"})
    assert Message.objects.get().customer == "C-3001"


def test_what_was_approved_and_taken_back_waits_again_when_it_is_written_anew() -> None:
    message = approve_message(review=hand_in(), by=HUGO, at=TUESDAY)

    again = take_back(message=message, by=NORA, at=TUESDAY)
    write_message(message=again, words=words(), by=NORA, at=TUESDAY)

    card = reviews.last_of(again)
    assert card is not None
    assert card.is_waiting
    assert not Message.objects.filter(uuid=again).exists()


@pytest.mark.parametrize(("by", "refusal"), [(NORA, OwnMessage), (MARIE, NotAllowed)])
def test_nobody_approves_or_sends_back_their_own_and_clerks_nothing(by: Actor, refusal: type[Exception]) -> None:
    review = hand_in()
    set_training(username="nora", is_in_training=False, by=SYSTEM, at=MONDAY)

    with pytest.raises(refusal):
        approve_message(review=review, by=by, at=TUESDAY)
    with pytest.raises(refusal):
        send_back_message(review=review, reason="x", by=by, at=TUESDAY)
    assert (Message.objects.count(), Review.objects.get().state) == (0, "waiting")


def test_whoever_is_in_training_approves_nobody() -> None:
    review = hand_in()
    set_training(username="hugo", is_in_training=True, by=SYSTEM, at=MONDAY)

    with pytest.raises(NotAllowed):
        approve_message(review=review, by=HUGO, at=TUESDAY)
    with pytest.raises(NotAllowed):
        send_back_message(review=review, reason="x", by=HUGO, at=TUESDAY)
    assert Review.objects.get().state == "waiting"


def test_sent_back_with_a_reason_its_words_are_kept() -> None:
    review = hand_in()
    with pytest.raises(ReasonMissing):
        send_back_message(review=review, reason=" ", by=HUGO, at=TUESDAY)

    send_back_message(review=review, reason=" Plus court. ", by=HUGO, at=TUESDAY)

    row = Review.objects.get()
    assert (row.state, row.decided_by, row.reason) == (ReviewState.SENT_BACK, "A-2", "Plus court.")
    assert Writing.objects.get().fields == {"text": "Tout"}
    assert Message.objects.count() == 0
    with pytest.raises(NothingToDecide):
        send_back_message(review=review, reason="x", by=HUGO, at=TUESDAY)
    write_message(message=row.message, words=words(text="Court."), by=NORA, at=TUESDAY)
    assert [one.state for one in Review.objects.order_by("id")] == ["sent back", "waiting"]


def test_its_author_and_nobody_else_takes_it_back_to_write_on() -> None:
    review = hand_in()
    with pytest.raises(NotYourMessage):
        take_back_review(review=review, by=HUGO, at=TUESDAY)

    take_back_review(review=review, by=NORA, at=TUESDAY)

    assert (Review.objects.get().state, Writing.objects.count()) == ("taken back", 1)
    with pytest.raises(NothingToDecide):
        take_back_review(review=review, by=NORA, at=TUESDAY)


def test_a_promise_whose_day_passed_while_it_waited_keeps_it_waiting() -> None:
    with pytest.raises(PromisedForThePast):
        hand_in(words(promise=Given(text="Rappeler", due_on=date(2015, 2, 15))))
    assert Review.objects.count() == 0
    Writing.objects.all().delete()

    review = hand_in(words(promise=CALL_BACK))
    with pytest.raises(PromisedForThePast):
        approve_message(review=review, by=HUGO, at=MONDAY + timedelta(days=5))
    assert (Review.objects.get().state, Message.objects.count()) == ("waiting", 0)


def test_what_was_answered_meanwhile_is_not_answered_twice() -> None:
    entry = uuid4()
    said = Said(
        customer="C-2001", case="", medium=Medium.EMAIL, direction=Direction.IN, text="Où ?", happened_at=MONDAY
    )
    record_entry(uuid=entry, said=said, by=Actor(ActorKind.CUSTOMER, "C-2001"), at=MONDAY)
    review = hand_in(words(answers=entry))
    write_message(message=uuid4(), words=words(answers=entry), by=HUGO, at=MONDAY)

    with pytest.raises(AnsweredAlready):
        approve_message(review=review, by=INES, at=TUESDAY)
    assert (Review.objects.get().state, Message.objects.count()) == ("waiting", 1)


def test_a_large_amount_waits_whoever_writes_it(settings: Settings) -> None:
    settings.APPROVE_ABOVE = Decimal(100)

    for text in ("Remboursé : 100,00 €.", "Le 5 mars."):
        write_message(message=uuid4(), words=words(text=text), by=HUGO, at=MONDAY)
    large = hand_in(words(text="Remboursé : 100,01 €."), by=HUGO)
    promised = hand_in(words(promise=Given(text="Rembourser 250 €", due_on=date(2015, 2, 18))), by=HUGO)
    both = hand_in(words(subject="1 200 €"))

    assert Message.objects.count() == 2
    assert [Review.objects.get(uuid=one).causes for one in (large, promised, both)] == [
        ["amount"],
        ["amount"],
        ["training", "amount"],
    ]
    approve_message(review=large, by=INES, at=TUESDAY)
    assert Message.objects.filter(written_by="adviser:A-2").count() == 3


def test_whoever_is_in_training_has_nobodys_to_look_at(settings: Settings) -> None:
    settings.APPROVE_ABOVE = Decimal(100)
    hand_in(words(text="Remboursé : 100,01 €."), by=HUGO)

    seen = [listed(DayList.REVIEWS, on=MONDAY.date(), adviser=one)[0].is_mine for one in ("A-1", "A-2", "A-3")]

    assert seen == [False, False, True]


def test_the_causes_are_a_rule() -> None:
    found = mentions("100 € le 5 mars", today=MONDAY.date(), dates=(), amounts=())

    assert causes(found, is_in_training=False, above=None) == ()
    assert causes(found, is_in_training=False, above=Decimal(100)) == ()
    assert causes(found, is_in_training=False, above=Decimal(99)) == (Cause.AMOUNT,)
    assert causes((), is_in_training=True, above=Decimal(0)) == (Cause.TRAINING,)


def test_a_sentence_of_ones_own_at_a_hand_over_waits_and_comes_back_as_a_draft() -> None:
    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=MONDAY)
    subjects = [f"contract:{name}" for name in ("K-ADSL-1", "K-MOB-11")]
    opened = open_cases(needs={("C-2001", subject): need for subject in subjects}, by=NORA, at=MONDAY)
    first, second = (opened["C-2001", subject].reference for subject in subjects)

    hand_over(reference=first, to="A-2", note="x", sentence="", by=NORA, at=MONDAY)
    hand_over(reference=second, to="A-2", note="x", sentence="Ça ira.", by=NORA, at=MONDAY)

    assert [row.adviser for row in Message.objects.all()] == ["A-2"]
    row = Review.objects.get()
    assert (row.author, row.words["signer"]) == ("A-1", "A-2")
    send_back_message(review=row.uuid, reason="Plus clair.", by=HUGO, at=TUESDAY)
    kept = Writing.objects.get()
    assert (kept.adviser, kept.fields["case"], kept.fields["text"].endswith("Ça ira.")) == ("A-1", second, True)
    assert kept.fields["signer"] == "A-2"
    assert (row.customer, kept.customer) == ("C-2001", "C-2001")


def test_who_writes_on_before_a_look_finds_the_words_and_who_signs_them() -> None:
    message = uuid4()
    typed = {"channel": "letter", "subject": "Votre question", "text": "Tout fonctionne.", "case": ""}
    promised = {"promise": "Rappeler", "due_on": "2015-02-18", "at_time": ""}
    written = words(channel=Channel.LETTER, is_registered=True, promise=CALL_BACK, signer="A-2")
    write_message(message=message, words=written, by=NORA, at=MONDAY)

    take_back_review(review=Review.objects.get().uuid, by=NORA, at=TUESDAY)

    kept = Writing.objects.get()
    assert (kept.uuid, kept.adviser, kept.answers, kept.changed_at) == (message, "A-1", None, TUESDAY)
    assert kept.fields == typed | promised | {"is_registered": "on", "signer": "A-2"}
    keep_writing(message=message, customer="C-2001", answers=None, fields={"text": "Autre"}, by=NORA, at=TUESDAY)
    assert Writing.objects.get().fields == {"text": "Autre", "signer": "A-2"}


def test_what_another_signs_is_signed_by_them_when_it_was_taken_back_too() -> None:
    write_message(message=uuid4(), words=words(signer="A-3"), by=HUGO, at=MONDAY)
    message = Message.objects.get()

    take_back(message=message.uuid, by=HUGO, at=MONDAY)

    assert (message.adviser, Writing.objects.get().fields["signer"]) == ("A-3", "A-3")
