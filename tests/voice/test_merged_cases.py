"""While a case is merged, what is said, asked, written and refused of it belongs to its survivor; then to itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from incoming import LENOIR, an_email, plus
from ligneclaire.cases.actions.merge_cases import merge_cases
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.open_record import open_record
from ligneclaire.cases.actions.receive_mail import Outcome, receive_mail
from ligneclaire.cases.actions.unmerge_case import unmerge_case
from ligneclaire.cases.models import Read
from ligneclaire.cases.queries import cards, said
from ligneclaire.cases.states import Basis, CaseKind, ReadPage
from ligneclaire.channels.actions.mark_undeliverable import mark_undeliverable
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.models import Message
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.queries import day, outlook, written
from ligneclaire.voice.queries.day import DayList
from world import World

pytestmark = pytest.mark.django_db

HUGO = Actor(ActorKind.ADVISER, "A-2")
ADSL, TALK = ("C-2001", "contract:K-ADSL-1"), ("C-2001", "customer:C-2001")


@pytest.fixture
def world() -> World:
    """The five goodbyes on the day on which two departments contradict each other."""
    world = World()
    world.read("2-five-goodbyes.jsonl")
    world.it_is("2015-02-18T10:00:00+01:00")
    return world


def merged(world: World) -> tuple[str, str]:
    """The case of the termination goes into a conversation of Hugo's."""
    assert world.now
    need = Need(kind=CaseKind.CONVERSATION, owner="A-2", opened_at=world.now)
    talk = open_cases(needs={TALK: need}, by=SYSTEM, at=world.now)[TALK].reference
    adsl = cards.open_of(["C-2001"])[ADSL].reference
    merge_cases(reference=adsl, into=talk, reason="Même départ.", by=HUGO, at=world.now)
    return adsl, talk


def separate(world: World, reference: str) -> None:
    assert world.now
    unmerge_case(reference=reference, reason="À part.", by=HUGO, at=world.now)


def asked() -> tuple[tuple[str, str], ...]:
    return tuple((card.reference, card.owner) for card in cards.open_questions())


def test_questions_and_letters_of_a_merged_case_are_its_survivors(world: World) -> None:
    [(own, _)] = asked()
    adsl, talk = merged(world)

    assert (own, asked()) == (adsl, ((talk, "A-2"),))
    assert [card.reference for card in cards.open_questions(owner="A-2")] == [talk]
    [question] = cards.open_questions()
    world.adviser("A-2").settles(question.key, question.claims[0]["value"], because="Contrôlé.")
    assert world.now
    seen = outlook.of("C-2001", at=world.now)
    assert seen
    assert {preview.content.reference for preview in seen.previews} == {talk}
    assert {(card.reference, card.owner) for card in seen.questions} == {(talk, "A-2")}
    world.it_is("2015-03-01T10:00:00+01:00")

    told = {message.case for message in messages.of(["C-2001"])}
    assert told == {adsl, talk}  # before and after
    separate(world, adsl)
    world.department("billing").states("closing_bill.date", "2015-03-20")
    world.it_is("2015-03-19T10:00:00+01:00")
    assert Message.objects.order_by("-id")[0].case == adsl


def test_what_is_asked_while_merged_goes_back_with_the_case(world: World) -> None:
    adsl, talk = merged(world)
    world.department("equipment").states("equipment.return_by", "2015-03-21")
    world.department("equipment-south-west").states("equipment.return_by", "2015-03-28")
    world.it_is("2015-02-18T12:00:00+01:00")

    assert {reference for reference, _ in asked()} == {talk}
    separate(world, adsl)
    assert {reference for reference, _ in asked()} == {adsl}


def test_what_an_adviser_writes_and_reads_is_the_survivors(world: World) -> None:
    adsl, talk = merged(world)
    at = datetime.fromisoformat("2015-02-18T10:00:00+01:00")
    ours = uuid4()
    words = Words(customer="C-2001", channel=Channel.EMAIL, subject="s", text="t", case=adsl)
    write_message(message=ours, words=words, by=HUGO, at=at)

    card = messages.by_uuid(ours)
    assert card
    assert (card.case, card.content["reference"]) == (talk, talk)
    draft = written.draft("C-2001", channel=Channel.EMAIL, subject="s", text="t", case="", by="A-2", at=at)
    assert draft.content.reference == talk
    assert open_record(customer="C-2001", page=ReadPage.RECORD, by=HUGO, at=at) is Basis.CASE
    assert Read.objects.get().matter == talk


def test_the_owner_of_the_survivor_looks_at_what_could_not_be_delivered(world: World) -> None:
    adsl, _ = merged(world)
    at = datetime.fromisoformat("2015-02-18T10:00:00+01:00")
    separate(world, adsl)
    [first, *_] = Message.objects.filter(case=adsl)
    Message.objects.filter(pk=first.pk).update(state="queued", sent_at=None, file="", digest="")
    mark_undeliverable(message=first.uuid, answer="550 no", by=SYSTEM, at=at)
    before = day.one(DayList.UNDELIVERED, "A-1", today=at.date(), limit=5, skip=0)
    merge_cases(reference=adsl, into=cards.open_of(["C-2001"])[TALK].reference, reason="x", by=HUGO, at=at)
    after = day.one(DayList.UNDELIVERED, "A-1", today=at.date(), limit=5, skip=0)

    assert [(one.owner_name, one.is_mine) for one in before.rows + after.rows] == [
        ("Nora Benali", True),
        ("Hugo Marchand", False),
    ]


def test_an_e_mail_that_names_the_old_reference_is_shown_on_the_survivor(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MAILBOX = tmp_path
    adsl, talk = merged(world)
    at = datetime.fromisoformat("2015-02-18T10:00:00+01:00")
    raw = an_email("Demain, merci.", to=plus(adsl))
    envelope = Envelope(sender=LENOIR, recipients=(plus(adsl),))
    received = receive_mail(raw=raw, envelope=envelope, by=SYSTEM, at=at + timedelta(minutes=1))

    assert received.outcome is Outcome.ENTRY
    members = [card.reference for card in cards.in_one(talk)]
    [entry] = said.in_cases(members, customers=["C-2001"], limit=5)
    assert (entry.text, entry.case, said.handled_in(entry.uuid)) == ("Demain, merci.", adsl, talk)
    separate(world, adsl)
    assert (said.in_cases([talk], customers=["C-2001"], limit=5), said.handled_in(entry.uuid)) == ((), adsl)


ANEW = "Nous traitons désormais deux de vos demandes ensemble : la seule référence à rappeler est "


def said_of_references(world: World, customer: str = "C-2001") -> list[tuple[str, object]]:
    """When which reference was told as the one that counts."""
    heard = world.customer(customer).heard()
    return [(one.left_at, value) for one in heard for key, value in one.topics if key == "case.merged"]


def sentences(world: World) -> list[str]:
    plain = [letter.replace("\u202f", " ").replace("\u2019", "'") for letter in world.customer("C-2001").letters()]
    return [
        line
        for letter in plain
        for line in letter.splitlines()
        if "éférence" in line and ("rappeler" in line or "plus valable" in line)
    ]


def test_a_customer_reads_once_which_reference_counts_after_a_merge(world: World) -> None:
    _, talk = merged(world)

    world.it_is("2015-02-25T10:00:00+01:00")

    assert said_of_references(world) == [("2015-02-19 08:00", talk)]
    assert [line for line in sentences(world) if talk in line] == [f"{ANEW}{talk}."]


def test_it_travels_with_what_leaves_on_that_case_at_that_hour(world: World) -> None:
    _, talk = merged(world)
    world.department("shop").states("termination.withdrawn", {})

    world.it_is("2015-02-25T10:00:00+01:00")

    told = [one for one in world.customer("C-2001").topics_heard() if "case.merged" in one[1]]
    assert {(at, *keys[:2]) for at, keys in told} == {("2015-02-19 08:00", "termination.withdrawn", "case.merged")}
    assert set(said_of_references(world)) == {("2015-02-19 08:00", talk)}


def test_a_merge_that_is_taken_back_before_it_was_told_is_never_told(world: World) -> None:
    adsl, _ = merged(world)
    separate(world, adsl)

    world.it_is("2015-02-25T10:00:00+01:00")

    assert said_of_references(world) == []


def test_a_merge_that_was_told_is_taken_back_in_a_sentence_under_its_own_reference(world: World) -> None:
    adsl, talk = merged(world)
    world.it_is("2015-02-20T10:00:00+01:00")
    separate(world, adsl)

    world.it_is("2015-02-25T10:00:00+01:00")

    assert said_of_references(world) == [("2015-02-19 08:00", talk), ("2015-02-23 08:00", None)]
    assert sentences(world)[-1].endswith(
        f"La référence {talk} que nous vous avions donnée n'est plus valable pour cette demande : elle est de nouveau "
        "traitée à part, sous la référence de ce message."
    )
    assert Message.objects.order_by("-id")[0].case == adsl


def test_a_case_whose_reference_nobody_was_told_needs_no_word(world: World) -> None:
    assert world.now
    need = Need(kind=CaseKind.CONVERSATION, owner="A-2", opened_at=world.now)
    talk = open_cases(needs={TALK: need}, by=SYSTEM, at=world.now)[TALK].reference
    adsl = cards.open_of(["C-2001"])[ADSL].reference
    merge_cases(reference=talk, into=adsl, reason="Même départ.", by=HUGO, at=world.now)
    world.it_is("2015-02-25T10:00:00+01:00")
    separate(world, talk)
    world.it_is("2015-03-02T10:00:00+01:00")

    assert said_of_references(world) == []
