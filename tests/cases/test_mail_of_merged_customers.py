"""What comes in from any address of a person lies where its case is, or under the number that is used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bounces import UNKNOWN
from builders import a_world, the_story_world
from incoming import AUBERT, LENOIR, STRANGER, a_case, an_email, plus
from ligneclaire.cases.actions.doubt_recipient import doubt_recipient
from ligneclaire.cases.actions.log_contact import CheckOfAnother, CustomerUnknown, NotTheirCase, log_contact
from ligneclaire.cases.actions.match_mail import match_mail
from ligneclaire.cases.actions.receive_mail import Outcome, receive_mail
from ligneclaire.cases.actions.receive_text import receive_text
from ligneclaire.cases.actions.record_return import record_return
from ligneclaire.cases.queries import unmatched
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.models import Entry, Message
from ligneclaire.channels.queries import messages
from ligneclaire.channels.sms.inbound import Text
from ligneclaire.channels.states import Direction, Medium, ReturnReason
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.actions.record_identity_check import record_identity_check
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.queries import wishes
from ligneclaire.people.states import Proof
from locks import locking
from people.persons import NORA, merge, unmerge

pytestmark = pytest.mark.django_db

MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
MERGED, SURVIVOR, OTHER = "C-2001", "C-3001", "C-5001"  # the Lenoirs' number turns out to be Mme Aubert's


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path
    a_world(the_story_world())


def receive(raw: bytes, *, to: str = "", by: str = LENOIR) -> Matter | None:
    envelope = Envelope(sender=by, recipients=(to,)) if to else None
    return receive_mail(raw=raw, envelope=envelope, by=SYSTEM, at=MONDAY).matter


@pytest.mark.parametrize("sender", [LENOIR, AUBERT])
def test_an_answer_to_an_old_reference_joins_its_case_from_either_address(sender: str) -> None:
    reference = a_case(MERGED, at=MONDAY)
    merge(MERGED, SURVIVOR)

    found = receive(an_email(sender=sender, to=plus(reference)), by=sender)

    assert found == Matter(customer=MERGED, case=reference)
    assert list(Entry.objects.values_list("customer", "case")) == [(MERGED, reference)]


@pytest.mark.parametrize("sender", [LENOIR, AUBERT])
def test_what_names_nothing_is_the_survivors_from_either_address(sender: str) -> None:
    merge(MERGED, SURVIVOR)

    assert receive(an_email(sender=sender), by=sender) == Matter(customer=SURVIVOR, case="")
    unmerge(MERGED)
    own = MERGED if sender == LENOIR else SURVIVOR
    assert receive(an_email("Autre.", sender=sender, Message_ID="<2@x.example>"), by=sender) == Matter(
        customer=own, case=""
    )
    assert set(Entry.objects.values_list("customer", flat=True)) == {SURVIVOR, own}


def test_an_address_that_both_numbers_have_is_one_persons() -> None:
    ContactPoint.objects.filter(customer__number=SURVIVOR, kind="EMAIL").update(value=LENOIR)
    assert receive(an_email()) is None
    assert [card.customers for card in unmatched.waiting()] == [(MERGED, SURVIVOR)]

    merge(MERGED, SURVIVOR)

    assert receive(an_email(Message_ID="<2@x.example>")) == Matter(customer=SURVIVOR, case="")


def test_the_case_of_another_person_still_waits_for_somebody() -> None:
    reference = a_case(OTHER, at=MONDAY)
    merge(MERGED, SURVIVOR)

    assert receive(an_email(to=plus(reference))) is None
    assert [(card.case, card.customers) for card in unmatched.waiting()] == [(reference, (OTHER, SURVIVOR))]


def test_a_person_gives_an_e_mail_to_whoever_is_meant_or_to_a_case_of_theirs() -> None:
    reference, foreign = a_case(MERGED, at=MONDAY), a_case(OTHER, at=MONDAY)
    merge(MERGED, SURVIVOR)
    mails = [
        receive_mail(raw=an_email(sender=STRANGER, Message_ID=f"<{n}@x.example>"), envelope=None, by=SYSTEM, at=MONDAY)
        for n in range(3)
    ]

    def give(number: int, matter: Matter) -> None:
        match_mail(mail=mails[number].mail, matter=matter, by=NORA, at=MONDAY)

    give(0, Matter(customer=MERGED, case=""))
    give(1, Matter(customer=SURVIVOR, case=reference))
    with pytest.raises(NotTheirCase):
        give(2, Matter(customer=SURVIVOR, case=foreign))
    with pytest.raises(CustomerUnknown):
        give(2, Matter(customer="C-404", case=""))
    assert list(Entry.objects.order_by("id").values_list("customer", "case")) == [(SURVIVOR, ""), (MERGED, reference)]


def test_stop_from_either_phone_is_the_survivors() -> None:
    merge(MERGED, SURVIVOR)

    heard = receive_text(text=Text(sender="+33639980201", recipient="x", text="STOP"), by=SYSTEM, at=MONDAY)

    assert heard
    assert (heard.outcome, heard.is_change) == (Outcome.ENTRY, True)
    assert (wishes.has_stopped(SURVIVOR), wishes.has_stopped(MERGED)) == (True, False)


def test_whose_phone_it_is_is_held_before_their_word_is_written() -> None:
    merge(MERGED, SURVIVOR)

    with locking() as locks:
        receive_text(text=Text(sender="+33639980201", recipient="x", text="STOP"), by=SYSTEM, at=MONDAY)

    assert (locks[0], set().union(*locks)) == ({MERGED, SURVIVOR}, {MERGED, SURVIVOR})


@pytest.mark.parametrize("owner", [MERGED, SURVIVOR])
def test_an_e_mail_that_came_back_puts_the_address_to_which_it_went_in_doubt(owner: str) -> None:
    reference, uuid = a_case(MERGED, at=MONDAY), UUID(int=1)
    merge(MERGED, SURVIVOR)
    Message.objects.create(
        uuid=uuid, utterance=uuid, customer=MERGED, case=reference, channel="email", language="fr", adviser="A-1",
        subject="s", content={}, destination=[LENOIR if owner == MERGED else AUBERT], written_at=MONDAY, state="sent",
        sent_at=MONDAY, file="x", digest="x",
    )  # fmt: skip
    card = messages.by_uuid(uuid)
    assert card

    found = [doubt_recipient(message=card, words=UNKNOWN, by=SYSTEM, at=MONDAY) for _ in range(2)]

    assert found == [True, False]
    doubted = ContactPoint.objects.exclude(doubted_at=None)
    assert list(doubted.values_list("customer__number", "kind")) == [(owner, "EMAIL")]


def test_a_letter_that_came_back_puts_the_address_that_it_bears_in_doubt() -> None:
    reference = a_case(MERGED, at=MONDAY)
    merge(MERGED, SURVIVOR)
    lines = {MERGED: ["M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX"]}
    lines[SURVIVOR] = ["MME AUBERT", "3 RUE SAINT MAUR", "75011 PARIS"]

    for number, (owner, destination) in enumerate(lines.items(), start=1):
        uuid = UUID(int=number)
        Message.objects.create(
            uuid=uuid, utterance=uuid, customer=MERGED, case=reference, channel="letter", language="fr", adviser="A-1",
            subject="s", content={}, destination=destination, written_at=MONDAY, state="sent", sent_at=MONDAY,
            file="x", digest="x",
        )  # fmt: skip
        record_return(message=uuid, reason=ReturnReason.MOVED, by=NORA, at=MONDAY)
        doubted = ContactPoint.objects.exclude(doubted_at=None).order_by("customer__number")
        assert list(doubted.values_list("customer__number", flat=True)) == [MERGED, SURVIVOR][:number], owner


def test_an_identity_that_was_checked_under_one_number_counts_under_the_other() -> None:
    reference, check = a_case(MERGED, at=MONDAY), UUID(int=7)
    record_identity_check(check=check, customer=SURVIVOR, person=None, proof=Proof.DOCUMENT, by=NORA, at=MONDAY)
    said = Said(
        customer=MERGED,
        case=reference,
        medium=Medium.CALL,
        direction=Direction.IN,
        text="A appelé.",
        happened_at=MONDAY,
        check=check,
    )

    def log(entry: int) -> bool:
        return log_contact(entry=UUID(int=entry), said=said, promise=None, calendar=Calendar(), by=NORA, at=MONDAY)

    with pytest.raises(CheckOfAnother):
        log(1)
    merge(MERGED, SURVIVOR)
    assert log(2)
