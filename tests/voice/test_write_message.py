"""An adviser writes in their own words: framed like every message, once, one answer an entry, taken back in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from builders import a_world, refused_by
from ligneclaire.cases.models import Case
from ligneclaire.cases.queries import cards
from ligneclaire.channels.actions.need_no_answer import AnsweredAlready as Settled
from ligneclaire.channels.actions.need_no_answer import ReasonMissing, need_no_answer
from ligneclaire.channels.actions.record_entry import Said, record_entry
from ligneclaire.channels.content import Content
from ligneclaire.channels.models import Message, NoAnswerNeeded
from ligneclaire.channels.queries import entries, messages
from ligneclaire.channels.queries.entries import EntryUnknown
from ligneclaire.channels.states import Channel, Direction, Medium
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind
from ligneclaire.promises.actions.give_promise import Given, PromisedForThePast
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.voice.actions.drop_writing import drop_writing
from ligneclaire.voice.actions.keep_writing import NotYours, SentAlready, keep_writing
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.actions.take_back import LeftAlready, take_back
from ligneclaire.voice.actions.write_message import (
    AnsweredAlready,
    CustomerUnknown,
    NotReachable,
    NotTheirs,
    Words,
    write_message,
)
from ligneclaire.voice.dispatch import dispatch
from ligneclaire.voice.queries import told, writings, written
from ligneclaire.voice.queries.day import DayList
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.rules.typed import Mention, mentions
from today import listed
from world import World

pytestmark = pytest.mark.django_db

NORA, HUGO = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.ADVISER, "A-2")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
CALL_BACK = Given(text="Rappeler", due_on=date(2015, 2, 18), at_time=time(14, 30))


@pytest.fixture(autouse=True)
def outbox(settings: Settings, tmp_path: Path) -> Path:
    a_world()
    settings.OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


def words(**given: Any) -> Words:
    usual = {
        "customer": "C-2001",
        "channel": Channel.EMAIL,
        "subject": "Votre question",
        "text": "Le technicien est passé.\n\nTout\nfonctionne.",
    }
    return Words(**{**usual, **given})


def write(what: Words | None = None, *, by: Actor = NORA, message: UUID | None = None) -> UUID:
    uuid = message or uuid4()
    write_message(message=uuid, words=what or words(), by=by, at=MONDAY)
    return uuid


def a_mail(customer: str = "C-2001") -> UUID:
    said = Said(
        customer=customer,
        case="",
        medium=Medium.EMAIL,
        direction=Direction.IN,
        text="Bonjour, où en est-on ?",
        happened_at=MONDAY,
    )
    uuid = uuid4()
    record_entry(uuid=uuid, said=said, by=Actor(ActorKind.CUSTOMER, customer), at=MONDAY)
    return uuid


def test_the_words_stand_in_the_frame_of_every_message() -> None:
    card = messages.by_uuid(write())

    assert card is not None
    content = Content.from_json(card.content)
    assert (content.salutation, content.opening, content.closing) == (
        "Madame, Monsieur,",
        ("Le technicien est passé.", "Tout fonctionne."),
        ("Veuillez agréer, Madame, Monsieur, mes salutations distinguées.",),
    )
    assert (content.subject, content.dated, content.contact.name) == (
        "Votre question",
        "Le 16 février 2015",
        "Nora Benali",
    )
    assert (card.destination, card.state, card.written_by) == (("lenoir@example.org",), "queued", "adviser:A-1")


def test_whoever_writes_signs() -> None:
    card = messages.by_uuid(write(by=HUGO))

    assert card is not None
    assert card.content["contact"]["name"] == "Hugo Marchand"  # type: ignore[index]


def test_what_belongs_to_no_case_goes_on_with_one_conversation() -> None:
    for _ in range(2):
        write()

    [case] = cards.of("C-2001")
    assert (case.kind, case.owner, case.subject) == ("conversation", "A-1", "customer:C-2001")
    assert {card.case for card in messages.of(["C-2001"])} == {case.reference}


def test_it_leaves_half_a_minute_later_and_says_that_it_left(outbox: Path) -> None:
    message = write()
    [job] = ProcrastinateJob.objects.filter(task_name__endswith=".send")
    assert job.args == {"message": str(message)}
    assert job.scheduled_at is not None
    assert timedelta(seconds=20) < job.scheduled_at - datetime.now(UTC) <= timedelta(seconds=30)

    assert dispatch(message=message, by=SYSTEM, at=MONDAY + timedelta(seconds=30))

    assert [path.name for path in outbox.rglob("*.eml")] == [f"{message}.eml"]
    fact = Fact.objects.get(kind="channels.message_sent")
    assert (fact.customer, fact.subject) == ("C-2001", "customer:C-2001")


def test_sent_twice_it_is_one_message() -> None:
    message = write(words(promise=CALL_BACK))
    write(words(promise=CALL_BACK), message=message)

    assert (Message.objects.count(), SpokenPromise.objects.count(), Case.objects.count()) == (1, 1, 1)


def test_an_entry_has_one_answer_and_who_comes_second_sees_it() -> None:
    entry = a_mail()
    assert entries.is_waiting(entry)
    first = write(words(answers=entry))

    with pytest.raises(AnsweredAlready) as refused:
        write(words(answers=entry), by=HUGO)

    assert refused.value.values["message"] == first
    assert not entries.is_waiting(entry)


def test_taken_back_it_never_leaves_and_its_words_are_kept(outbox: Path) -> None:
    entry = a_mail()
    message = write(words(answers=entry, promise=CALL_BACK))

    again = take_back(message=message, by=NORA, at=MONDAY + timedelta(seconds=5))

    assert not dispatch(message=message, by=SYSTEM, at=MONDAY + timedelta(minutes=1))
    assert list(outbox.rglob("*.eml")) == []
    assert SpokenPromise.objects.count() == 0
    assert entries.is_waiting(entry)
    kept = writings.by_uuid(again)
    assert kept is not None
    assert (kept.answers, kept.adviser) == (entry, "A-1")
    assert kept.fields == {
        "channel": "email",
        "subject": "Votre question",
        "text": "Le technicien est passé.\n\nTout fonctionne.",
        "case": cards.of("C-2001")[0].reference,
        "promise": "Rappeler",
        "due_on": "2015-02-18",
        "at_time": "14:30",
    }
    write(words(answers=entry), by=HUGO)
    with pytest.raises(LeftAlready):
        take_back(message=message, by=NORA, at=MONDAY)


def test_what_has_left_cannot_be_taken_back(outbox: Path) -> None:
    message = write()
    dispatch(message=message, by=SYSTEM, at=MONDAY)

    for which in (message, uuid4()):
        with pytest.raises(LeftAlready):
            take_back(message=which, by=NORA, at=MONDAY)


def test_taken_back_without_a_promise_only_the_words_are_kept() -> None:
    kept = writings.by_uuid(take_back(message=write(), by=NORA, at=MONDAY))

    assert kept is not None
    assert set(kept.fields) == {"channel", "subject", "text", "case"}


def test_a_trial_run_only_proposes_and_promises_nothing() -> None:
    set_mode(mode=Mode.SHADOW, reason="a test", by=SYSTEM, at=MONDAY)

    card = messages.by_uuid(write(words(promise=CALL_BACK)))

    assert card is not None
    assert (card.state, SpokenPromise.objects.count()) == ("proposed", 0)
    assert not ProcrastinateJob.objects.filter(task_name__endswith=".send").exists()


def test_what_cannot_be_is_refused_and_leaves_nothing() -> None:
    ContactPoint.objects.filter(customer__number="C-2001", kind=ContactKind.MOBILE).delete()
    others = a_mail("C-1001")
    write(words(customer="C-1001"))
    theirs = cards.of("C-1001")[0].reference
    before = Message.objects.count()

    for refusal, wrong in (
        (CustomerUnknown, words(customer="C-0")),
        (NotReachable, words(channel=Channel.SMS)),
        (NotTheirs, words(answers=others)),
        (NotTheirs, words(case=theirs)),
        (NotTheirs, words(case="LC-0")),
        (EntryUnknown, words(answers=uuid4())),
        (PromisedForThePast, words(promise=Given(text="x", due_on=date(2015, 2, 15)))),
    ):
        with pytest.raises(refusal):
            write(wrong)

    assert (Message.objects.count(), SpokenPromise.objects.count(), len(cards.of("C-2001"))) == (before, 0, 0)


def test_it_may_belong_to_a_case() -> None:
    write()
    reference = cards.of("C-2001")[0].reference

    card = messages.by_uuid(write(words(case=reference)))

    assert card is not None
    assert card.case == reference


def test_no_answer_is_needed_when_somebody_says_why() -> None:
    entry, answered = a_mail(), a_mail()
    write(words(answers=answered))

    with pytest.raises(ReasonMissing):
        need_no_answer(entry=entry, reason=" ", by=NORA, at=MONDAY)
    need_no_answer(entry=entry, reason="Publicité", by=NORA, at=MONDAY)

    for settled in (entry, answered):
        with pytest.raises(Settled):
            need_no_answer(entry=settled, reason="Publicité", by=NORA, at=MONDAY)
    assert not entries.is_waiting(entry)


def test_the_database_refuses_a_second_answer_and_an_answer_of_nobody() -> None:
    entry = a_mail()
    write(words(answers=entry))
    other = write()
    with refused_by("message_one_answer"):
        Message.objects.filter(uuid=other).update(answers=entry)
    with refused_by("message_answers_by_somebody"):
        Message.objects.filter(uuid=other).update(answers=uuid4(), written_by="")
    with refused_by("no_answer_with_reason"):
        NoAnswerNeeded.objects.create(entry_id=entry, reason="", by="adviser:A-1", at=MONDAY)


def test_what_is_being_written_is_kept_and_seen_by_others() -> None:
    message, entry = uuid4(), a_mail()
    for text in ("Bon", "Bonjour"):
        keep(message, text=text, answers=entry)

    seen = writings.of_others(["C-2001"], None, than="A-2", at=MONDAY + timedelta(minutes=9))
    assert [(card.adviser_name, card.fields["text"]) for card in seen] == [("Nora Benali", "Bonjour")]
    assert writings.of_others(["C-2001"], None, than="A-1", at=MONDAY) == ()
    later = MONDAY + timedelta(hours=1)
    assert writings.of_others(["C-2001"], None, than="A-2", at=later) == ()
    assert len(writings.of_others(["C-2001"], entry, than="A-2", at=later)) == 1
    assert [one.uuid for one in listed(DayList.WRITINGS, on=MONDAY.date())] == [message]


def keep(message: UUID, *, text: str = "x", by: Actor = NORA, answers: UUID | None = None, to: str = "C-2001") -> None:
    keep_writing(message=message, customer=to, answers=answers, fields={"text": text}, by=by, at=MONDAY)


def test_nobody_writes_in_the_words_of_another_or_in_what_is_sent() -> None:
    message = uuid4()
    keep(message)
    for wrong in ({"by": HUGO}, {"to": "C-1001"}):
        with pytest.raises(NotYours):
            keep(message, **wrong)
    write(message=message)
    with pytest.raises(SentAlready):
        keep(message)
    assert writings.by_uuid(message) is None


def test_only_their_writer_throws_words_away() -> None:
    message = uuid4()
    keep(message)

    assert [drop_writing(message=message, by=by, at=MONDAY) for by in (HUGO, NORA, NORA)] == [False, True, False]


def test_a_draft_is_what_leaves_and_names_what_was_never_told() -> None:
    draft = written.draft(
        "C-2001", channel=Channel.SMS, subject="Date", text="Le 1er mars, 49,00 €.", case="", by="A-1", at=MONDAY
    )

    assert draft.destination == ("+33639980201",)
    assert (draft.text_message, draft.parts) == (
        "Le 1er mars, 49,00 €. Nora Benali, 01 99 00 01 01, LC-....",
        1,
    )
    assert [(one.typed, one.is_told) for one in draft.mentions] == [("1er mars", False), ("49,00 €", False)]
    write()
    again = written.draft("C-2001", channel=Channel.EMAIL, subject="x", text="x", case="", by="A-1", at=MONDAY)
    assert again.content.reference == cards.of("C-2001")[0].reference
    assert written.channels_of("C-2001", at=MONDAY) == (Channel.LETTER, Channel.EMAIL, Channel.SMS)


def test_what_was_told_is_known() -> None:
    world = World()
    world.read("2-five-goodbyes.jsonl")
    world.it_is("2015-02-18T10:00:00+01:00")

    days, amounts = told.values_to(["C-2001"])

    assert date(2015, 2, 20) in days
    assert Decimal("49.00") in amounts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le 1er mars", [date(2015, 3, 1)]),
        ("le 5 janvier", [date(2016, 1, 5)]),
        ("le 03/03/2015 et le 2015-03-04", [date(2015, 3, 3), date(2015, 3, 4)]),
        ("on 5th June 2015", [date(2015, 6, 5)]),
        ("1 234,50 € puis €49.00, puis 12 euros", [Decimal("1234.50"), Decimal("49.00"), Decimal("12.00")]),
        ("le 31/02/2015, le 30 février, 12 rue de la Paix, 3 personnes", []),
        ("20 février 2015, 20/02/2015", [date(2015, 2, 20)]),
        ("€1,500.00 et 2,500 euros", [Decimal("1500.00"), Decimal("2500.00")]),
        ("1.500 €, 1.200,00 €", [Decimal("1500.00"), Decimal("1200.00")]),
        ("1'500 €, 2’500 €, 3\u202f500 €, 4\u00a0500\u00a0€", [Decimal(f"{one}500.00") for one in (1, 2, 3, 4)]),
        ("1500,5 €", [Decimal("1500.50")]),
        ("1500 Euros, 1600 eur, EUR 1700, € 1 800", [Decimal(f"1{one}00.00") for one in (5, 6, 7, 8)]),
        ("1 234 567,89 EUROS,12 €", [Decimal("1234567.89"), Decimal("12.00")]),
        ("1500.500 €", [Decimal("1500500.00")]),
        ("en 2015 200 €", [Decimal("200.00")]),
        ("1" * 10_000 + " €", []),
        ("111 " * 2_500 + "€", [Decimal("111111111111111.00")]),
        ("111 " * 2_500, []),
    ],
)
def test_dates_and_amounts_are_found_as_people_type_them(text: str, found: list[object]) -> None:
    got = mentions(text, today=date(2015, 2, 16), dates=(), amounts=())

    assert [one.value for one in got] == found


def test_a_mention_knows_whether_it_was_told() -> None:
    got = mentions("20/02/2015, 7,00 €", today=date(2015, 2, 16), dates=[date(2015, 2, 20)], amounts=[])

    assert got == (
        Mention(typed="20/02/2015", value=date(2015, 2, 20), is_told=True),
        Mention(typed="7,00 €", value=Decimal("7.00"), is_told=False),
    )
