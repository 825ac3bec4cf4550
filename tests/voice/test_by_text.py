"""Text messages leave by a short-message centre: each part once, held back at night, by another way if need be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from channels.samples import in_english
from ligneclaire.channels.actions.record_receipt import PartUnknown
from ligneclaire.channels.content import Content
from ligneclaire.channels.models import Message, TextPart
from ligneclaire.channels.outgoing import NotYet, Undeliverable
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.sms import lines
from ligneclaire.channels.sms.centre import Centre
from ligneclaire.channels.sms.gsm import Piece
from ligneclaire.channels.sms.inbound import Receipt
from ligneclaire.channels.sms.smpp import LeftPerhaps, Line
from ligneclaire.channels.states import Channel
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.actions.ask_code import ask_code
from ligneclaire.people.actions.stop_texts import stop_texts
from ligneclaire.people.models import ContactPoint, Territory
from ligneclaire.people.states import ContactKind
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.send_again import send_again
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.dispatch import DELIVER, Attempt, attempt, dispatch, offer, take_receipt
from ligneclaire.voice.queries import thread
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.wording.stops import despite_stop
from voice.test_by_mail import jobs
from world import World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
PHONE = "+33639980201"
NOON, NIGHT = datetime(2015, 2, 10, 11, tzinfo=UTC), datetime(2015, 2, 10, 20, tzinfo=UTC)
MORNING = datetime(2015, 2, 11, 7, tzinfo=UTC)
MESSAGE = UUID(int=5)
LONG = "Le technicien passe jeudi. " * 7


@dataclass
class Centre_:  # noqa: N801 - beside the address of one
    """A line at our border: takes parts, and raises what a test says instead, one a part."""

    says: list[Exception | None] = field(default_factory=list)
    taken: list[tuple[str, bytes, bool]] = field(default_factory=list)

    def submit(self, piece: Piece, *, to: str, wants_receipt: bool) -> str:
        said = self.says.pop(0) if self.says else None
        if said:
            raise said
        self.taken.append((to, piece.body, wants_receipt))
        return f"{len(self.taken)}F"


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    settings.OUTBOX = tmp_path / "outbox"
    settings.SMPP = Centre(host="smsc.example", port=2775, user="us", password="x", sender="36105")
    return World()


@pytest.fixture
def centre(world: World) -> Iterator[Centre_]:
    centre = Centre_()
    with lines.used(cast("Line", centre)):
        yield centre


def writes(text: str = "Votre ligne est rétablie.", *, at: datetime = NOON, uuid: UUID = MESSAGE) -> None:
    words = Words(customer="C-2001", channel=Channel.SMS, subject="Votre ligne", text=text)
    write_message(message=uuid, words=words, by=NORA, at=at)


def card(uuid: UUID = MESSAGE) -> MessageCard:
    found = messages.by_uuid(uuid)
    assert found is not None
    return found


def goes(at: datetime = NOON, uuid: UUID = MESSAGE) -> Attempt:
    """As its job does it."""
    tried = card(uuid).tried
    doubtful = offer(message=uuid, tried=tried, by=SYSTEM, at=at)
    return attempt(message=uuid, tried=tried, by=SYSTEM, at=at, doubtful=doubtful)


def parts() -> list[tuple[int, str, str]]:
    return list(TextPart.objects.order_by("place").values_list("place", "state", "centre_id"))


def said(name: str, state: str, *, at: datetime = NOON) -> UUID | None:
    return take_receipt(receipt=Receipt(centre_id=name, state=state, error="027"), by=SYSTEM, at=at)


def test_without_a_centre_it_lies_in_the_outbox(world: World, settings: Settings) -> None:
    settings.SMPP = None
    writes()

    assert goes() == Attempt(left=True)
    assert (settings.OUTBOX / card().file).read_text().startswith(f"{PHONE}\n\nVotre ligne")
    assert parts() == []


def test_it_leaves_whole_and_its_receipts_say_that_it_is_there(centre: Centre_, settings: Settings) -> None:
    writes(LONG)

    assert goes() == Attempt(left=True)
    sent = card()
    assert [(to, wants) for to, _, wants in centre.taken] == [(PHONE, True), (PHONE, True)]
    assert (sent.standing, sent.file) == ("sent", f"sms/{MESSAGE}.txt")
    assert (settings.OUTBOX / sent.file).read_text().startswith(f"{PHONE}\n\nLe technicien")
    assert parts() == [(1, "accepted", "1F"), (2, "accepted", "2F")]

    assert said("2F", "DELIVRD") is None
    assert card().standing == "sent"
    assert said("1F", "DELIVRD") is None
    assert said("1F", "DELIVRD") is None
    assert card().standing == "delivered"


def test_a_part_that_the_centre_has_is_not_handed_over_again(centre: Centre_) -> None:
    writes(LONG)
    centre.says = [None, NotYet(answer="0x0058 throttled")]

    assert goes() == Attempt(again_in=timedelta(minutes=1))
    assert parts() == [(1, "accepted", "1F")]
    assert (card().standing, card().answer) == ("delayed", "0x0058 throttled")
    assert goes(NOON + timedelta(minutes=1)) == Attempt(left=True)

    assert [body[5:6] for _, body, _ in centre.taken] == [b"\1", b"\2"]


def test_what_was_being_handed_over_in_a_crash_is_for_a_person_and_never_sent_again_in_silence(
    centre: Centre_,
) -> None:
    writes(LONG)
    offer(message=MESSAGE, tried=0, by=SYSTEM, at=NOON)  # and then the power goes

    assert goes() == Attempt()

    assert centre.taken == []
    assert (card().state, card().answer) == (
        "undeliverable",
        "it is not known whether the short-message centre took part 1 of 2",
    )
    send_again(message=MESSAGE, by=NORA, at=NOON)  # a person has asked the customer
    assert (card().destination, parts()) == ((PHONE,), [])
    assert goes() == Attempt(left=True)
    assert len(centre.taken) == 2


def test_a_doubt_stays_one_however_often_the_job_comes(centre: Centre_) -> None:
    writes()
    centre.says = [LeftPerhaps(answer="the connection broke before the centre said it took it")]

    assert goes() == Attempt()

    assert card().state == "undeliverable"
    assert parts() == [(1, "offered", "")]
    assert goes() == Attempt()
    assert centre.taken == []


def test_a_refusal_is_for_a_person_who_can_send_it_again(centre: Centre_) -> None:
    writes()
    centre.says = [Undeliverable(answer="0x000b no such number")]

    assert goes() == Attempt()

    assert (card().state, parts()) == ("undeliverable", [])
    send_again(message=MESSAGE, by=NORA, at=NOON)
    assert goes() == Attempt(left=True)


@pytest.mark.parametrize("state", ["UNDELIV", "EXPIRED", "REJECTD"])
def test_a_phone_that_never_got_it_is_a_persons_work(centre: Centre_, state: str) -> None:
    writes()
    goes()

    assert said("1F", state) is None
    assert said("1F", state) is None
    assert said("1F", "DELIVRD") is None

    failed = card()
    assert (failed.state, failed.answer, failed.sent_at) == ("undeliverable", f"{state} 027", None)
    send_again(message=MESSAGE, by=NORA, at=NOON)
    assert goes() == Attempt(left=True)
    assert card().standing == "sent"


def test_a_second_part_that_fails_changes_nothing_more(centre: Centre_) -> None:
    writes(LONG)
    goes()

    assert [said(name, "UNDELIV") for name in ("1F", "2F")] == [None, None]

    assert card().state == "undeliverable"


@pytest.mark.parametrize("name", ["9F", ""])
def test_a_receipt_of_nothing_is_refused(centre: Centre_, name: str) -> None:
    writes()

    with pytest.raises(PartUnknown):
        said(name, "DELIVRD")


def test_a_receipt_that_is_faster_than_we_are_comes_again_for_a_while(centre: Centre_) -> None:
    tasks.take_receipt_later(Receipt(centre_id="1F", state="DELIVRD", error=""))
    [(first, _)] = jobs("take_receipt")

    tasks.take_receipt(**first)  # type: ignore[arg-type]
    [_, (second, _)] = jobs("take_receipt")
    tasks.take_receipt("9F", "DELIVRD", "", tried=len(tasks.RECEIPT_WAITS))

    assert len(jobs("take_receipt")) == 2
    writes()
    goes()
    tasks.take_receipt(**second)  # type: ignore[arg-type]
    assert card().standing == "delivered"


def test_another_process_has_the_connection(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(tasks, "now", lambda: NOON)
    writes()

    tasks.send(str(MESSAGE))

    assert card().state == "queued"
    assert [args for args, _ in jobs()] == [{"message": str(MESSAGE)}, {"message": str(MESSAGE), "tried": 0}]


def test_at_night_it_waits_for_the_morning(centre: Centre_, monkeypatch: pytest.MonkeyPatch) -> None:
    writes(at=NIGHT)
    monkeypatch.setattr(tasks, "now", lambda: NIGHT)

    tasks.send(str(MESSAGE))

    assert (card().standing, card().held_until, card().tried) == ("held", MORNING, 0)
    assert jobs()[-1] == ({"message": str(MESSAGE), "tried": 0}, 11 * 3600)
    [entry] = [one for one in thread.page(["C-2001"], limit=5).entries if isinstance(one, thread.MessageEntry)]
    assert (entry.state, entry.held_until) == ("held", MORNING)
    assert goes(MORNING) == Attempt(left=True)
    assert card().standing == "sent"


def test_the_night_is_where_the_customer_lives(centre: Centre_) -> None:
    Territory.objects.update(zone="Indian/Reunion")  # three hours ahead in winter

    writes(at=NOON)

    assert goes(datetime(2015, 2, 10, 16, 30, tzinfo=UTC)).again_in == timedelta(hours=11, minutes=30)


def test_an_urgent_one_passes_at_night(centre: Centre_) -> None:
    words = Words(customer="C-2001", channel=Channel.SMS, subject="x", text="Votre ligne est coupée.", is_urgent=True)
    write_message(message=MESSAGE, words=words, by=NORA, at=NIGHT)

    assert goes(NIGHT) == Attempt(left=True)


def test_a_stopped_voice_hands_nothing_over_and_leaves_no_doubt(centre: Centre_) -> None:
    writes()
    set_mode(mode=Mode.STOP, reason="a fault", by=NORA, at=NOON)

    assert goes() == Attempt()
    set_mode(mode=Mode.LIVE, reason="mended", by=NORA, at=NOON + timedelta(minutes=1))

    assert goes() == Attempt(left=True)


def acknowledged(world: World, *, state: str = "queued") -> MessageCard:
    """The acknowledgement of a termination, which the law asks for."""
    world.it_is("2015-02-10 09:00")
    world.department("space").passes_on("termination.requested", received_by="online")
    world.voice_decides("2015-02-10 09:01")
    [found] = messages.waiting_to_leave()
    assert (found.is_duty, found.state) == (True, state)
    return found


def refuse(message: UUID, monkeypatch: pytest.MonkeyPatch, at: datetime) -> Attempt:
    def refused(*_: object, **__: object) -> str:
        raise Undeliverable(answer="550 no such mailbox")

    with monkeypatch.context() as patched:
        patched.setitem(DELIVER, Channel.EMAIL, refused)
        return attempt(message=message, tried=None, by=SYSTEM, at=at)


def test_a_copy_that_is_refused_is_not_replaced_because_the_main_one_is_on_its_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = acknowledged(world)
    Message.objects.filter(uuid=first.uuid).update(copy_of=UUID(int=9))

    assert refuse(first.uuid, monkeypatch, first.written_at) == Attempt()


def test_a_part_that_never_came_keeps_the_rest_from_being_said_to_have_left(centre: Centre_) -> None:
    centre.says = [None, NotYet(answer="throttled")]
    writes(LONG)
    assert goes().again_in
    said("1F", "UNDELIV")

    assert goes() == Attempt()

    assert (card().state, card().answer) == ("undeliverable", "the phone never got a part of it")


def test_whoever_has_no_line_leaves_the_marks_of_who_has_one(centre: Centre_, settings: Settings) -> None:
    writes()
    offer(message=MESSAGE, tried=card().tried, by=SYSTEM, at=NOON)
    with lines.used(cast("Line", centre)):
        lines._of_this_process.clear()
        assert attempt(message=MESSAGE, tried=None, by=SYSTEM, at=NOON) == Attempt(elsewhere=True)
        lines._of_this_process.extend([cast("Line", centre)] * 2)

    assert parts() == [(1, "offered", "")]


def test_what_the_law_asks_for_goes_by_letter_when_the_e_mail_is_refused_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = acknowledged(world)

    made = refuse(first.uuid, monkeypatch, first.written_at)

    assert made.instead is not None
    letter = card(made.instead)
    assert (letter.channel, letter.instead_of, letter.state) == ("letter", first.uuid, "queued")
    assert (letter.content, letter.utterance, letter.is_duty) == (first.content, first.utterance, True)
    assert dispatch(message=letter.uuid, by=SYSTEM, at=first.written_at)
    shown = [one for one in thread.page(["C-2001"], limit=9).entries if isinstance(one, thread.MessageEntry)]
    assert {(one.channel, one.state, one.instead_of) for one in shown} == {
        ("email", "undeliverable", ""),
        ("letter", "sent", "email"),
    }
    send_again(message=first.uuid, by=NORA, at=first.written_at)
    assert refuse(first.uuid, monkeypatch, first.written_at) == Attempt()
    assert Message.objects.count() == 2


def test_its_job_gives_the_other_one_a_job(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = acknowledged(world)

    def refused(*_: object, **__: object) -> str:
        raise Undeliverable(answer="550 no such mailbox")

    monkeypatch.setitem(DELIVER, Channel.EMAIL, refused)
    tasks.send(str(first.uuid))

    assert jobs()[-1][0] == {"message": str(messages.replacement_of(first.uuid)), "tried": 0}


def test_without_another_way_it_is_its_owners_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    first = acknowledged(world)
    for channel in ("letter", "sms"):
        Message.objects.create(
            uuid=UUID(int=len(channel)),
            utterance=first.utterance,
            customer="C-2001",
            case=first.case,
            channel=channel,
            language="fr",
            adviser="A-1",
            subject="",
            content={},
            destination=[],
            written_at=first.written_at,
        )

    assert refuse(first.uuid, monkeypatch, first.written_at) == Attempt()


def test_what_no_law_asks_for_stays_where_it_is(centre: Centre_) -> None:
    writes()
    centre.says = [Undeliverable(answer="0x000b no such number")]

    assert goes() == Attempt()
    assert messages.replacement_of(MESSAGE) is None


def test_a_legal_text_passes_at_night_and_goes_on_when_the_phone_never_gets_it(centre: Centre_) -> None:
    writes(at=NIGHT)
    Message.objects.filter(uuid=MESSAGE).update(is_duty=True)

    assert goes(NIGHT) == Attempt(left=True)
    instead = said("1F", "EXPIRED", at=NIGHT)

    assert instead is not None
    assert (card(instead).channel, card(instead).instead_of) == ("email", MESSAGE)
    with suppress(PartUnknown):
        said("1F", "EXPIRED", at=NIGHT)
    assert Message.objects.count() == 2


def test_after_stop_what_goes_by_text_instead_says_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = acknowledged(world)
    stop_texts(customer="C-2001", stops=True, by=NORA, at=NOON)
    Message.objects.create(
        uuid=UUID(int=9),
        utterance=first.utterance,
        customer="C-2001",
        case=first.case,
        channel="letter",
        language="fr",
        adviser="A-1",
        subject="",
        content={},
        destination=[],
        written_at=first.written_at,
    )

    made = refuse(first.uuid, monkeypatch, first.written_at)

    assert made.instead is not None
    text = card(made.instead)
    assert text.channel == "sms"
    content = Content.from_json(text.content)
    assert content.sms.endswith(" Envoyé malgré votre STOP\u00a0: ce message concerne votre contrat.")
    assert despite_stop(content) == content


def test_after_stop_the_last_way_says_why(settings: Settings, tmp_path: Path) -> None:
    settings.OUTBOX = tmp_path
    world = World()
    ContactPoint.objects.filter(customer__number="C-2001").exclude(kind=ContactKind.MOBILE).delete()
    stop_texts(customer="C-2001", stops=True, by=NORA, at=NOON)

    text = acknowledged(world)

    assert text.channel == "sms"
    assert "malgré votre STOP" in str(text.content["sms"])


def test_a_sentence_gets_its_full_stop_before_the_reason() -> None:
    content = in_english()

    said = [despite_stop(replace(content, sms=sms, subject="A subject")).sms for sms in ("", "It ends.")]

    reason = "Sent in spite of your STOP: this message concerns your contract."
    assert said == [f"A subject. {reason}", f"It ends. {reason}"]


def test_a_code_goes_by_the_connection_at_any_hour(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "now", lambda: NIGHT)
    code = ask_code(typed="06 39 98 02 01", address="192.0.2.1", by=SYSTEM, at=NIGHT)

    tasks.send_code(str(code))
    assert jobs("send_code") == [({"code": str(code)}, 0)]
    centre = Centre_()
    with lines.used(cast("Line", centre)):
        tasks.send_code(str(code))

    assert [(to, wants) for to, _, wants in centre.taken] == [(PHONE, False)]
    assert len(jobs("send_code")) == 1


def test_its_receipt_gives_the_other_one_a_job(centre: Centre_) -> None:
    writes()
    Message.objects.filter(uuid=MESSAGE).update(is_duty=True)
    goes()

    tasks.take_receipt("1F", "REJECTD", "")

    assert jobs()[-1][0] == {"message": str(messages.replacement_of(MESSAGE)), "tried": 0}
