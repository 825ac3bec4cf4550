"""Somebody whom a customer authorised calls or writes: it is theirs within what they may know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from builders import a_world, the_story_world
from incoming import LENOIR, STRANGER, a_case, an_email, plus
from ligneclaire.cases.actions.log_contact import (
    CheckedFromAfar,
    CheckOfAnother,
    NotAuthorisedThen,
    log_contact,
)
from ligneclaire.cases.actions.match_mail import match_mail
from ligneclaire.cases.actions.receive_mail import Outcome, Received, receive_mail
from ligneclaire.cases.queries import unmatched
from ligneclaire.cases.rules.matching import Helper, Matter, entrusted
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.models import Entry
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.actions.authorise_person import Authority, authorise_person
from ligneclaire.people.actions.record_identity_check import record_identity_check
from ligneclaire.people.actions.withdraw_authorisation import withdraw_authorisation
from ligneclaire.people.models import IdentityCheck
from ligneclaire.people.queries.authorised import PersonUnknown
from ligneclaire.people.rules.authority import Term
from ligneclaire.people.states import May, PersonKind, Proof
from ligneclaire.voice.queries import thread
from ligneclaire.voice.queries.thread import TalkEntry
from people.persons import merge

pytestmark = pytest.mark.django_db
CALENDAR = Calendar()
NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
ANNE = "anne.roux@example.org"


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path
    a_world(the_story_world())


def authorise(*may: May, customer: str = "C-2001", start: date = date(2015, 1, 1)) -> UUID:
    uuid = uuid4()
    authority = Authority(
        name="Anne Roux",
        kind=PersonKind.GUARDIAN,
        may=may or [May.BILLS],
        term=Term(start=start, end=None),
        proof="GED 77",
        email="Anne.Roux@example.org",
    )
    authorise_person(person=uuid, customer=customer, authority=authority, by=NORA, at=MONDAY)
    return uuid


def log(
    *,
    person: UUID | None = None,
    check: UUID | None = None,
    proof: Proof | None = None,
    medium: Medium = Medium.CALL,
    entry: UUID | None = None,
) -> bool:
    said = Said(
        customer="C-2001",
        case="",
        medium=medium,
        direction=Direction.IN,
        text="Où en est la facture ?",
        happened_at=MONDAY - timedelta(minutes=5),
        person=person,
        check=check,
    )
    return log_contact(
        entry=entry or uuid4(), said=said, promise=None, proof=proof, calendar=CALENDAR, by=NORA, at=MONDAY
    )


def receive(raw: bytes) -> Received:
    return receive_mail(raw=raw, envelope=None, by=SYSTEM, at=MONDAY)


def talks() -> list[tuple[str, str, str]]:
    entries = thread.page(["C-2001"], limit=10).entries
    return [(one.person, one.person_kind, one.identity) for one in entries if isinstance(one, TalkEntry)]


def check(person: UUID | None = None, *, customer: str = "C-2001") -> UUID:
    uuid = uuid4()
    record_identity_check(check=uuid, customer=customer, person=person, proof=Proof.TWO_FACTS, by=NORA, at=MONDAY)
    return uuid


def test_a_call_says_with_whom_it_was_and_how_they_proved_it() -> None:
    person = authorise()

    log(person=person, proof=Proof.CALLED_BACK)
    log(person=person, check=check(person))
    log(proof=Proof.FAILED)
    log()

    assert talks() == [
        ("", "", ""),
        ("", "", "FAILED"),
        ("Anne Roux", "GUARDIAN", "TWO_FACTS"),
        ("Anne Roux", "GUARDIAN", "CALLED_BACK"),
    ]


def test_a_form_sent_twice_is_one_call_and_one_check() -> None:
    entry = uuid4()

    assert [log(proof=Proof.DOCUMENT, entry=entry) for _ in range(2)] == [True, False]
    assert (Entry.objects.count(), IdentityCheck.objects.count()) == (1, 1)


def test_who_might_not_speak_then_did_not() -> None:
    later, withdrawn = authorise(start=date(2015, 3, 1)), authorise(customer="C-1001")
    withdraw_authorisation(person=withdrawn, by=NORA, at=MONDAY)

    with pytest.raises(NotAuthorisedThen):
        log(person=later)
    with pytest.raises(PersonUnknown):
        log(person=withdrawn)
    assert Entry.objects.count() == 0


def test_a_check_is_of_whoever_spoke() -> None:
    person = authorise()

    for given in (check(), check(customer="C-1001"), uuid4()):
        with pytest.raises(CheckOfAnother):
            log(person=person, check=given)
    with pytest.raises(CheckOfAnother):
        log(check=check(person))
    assert Entry.objects.count() == 0


def test_nobody_proves_who_they_are_in_writing() -> None:
    with pytest.raises(CheckedFromAfar):
        log(proof=Proof.DOCUMENT, medium=Medium.EMAIL)

    assert (Entry.objects.count(), IdentityCheck.objects.count()) == (0, 0)


def test_an_email_of_somebody_authorised_is_the_customers_by_them() -> None:
    authorise()

    received = receive(an_email(From=ANNE))

    assert (received.outcome, received.matter) == (Outcome.ENTRY, Matter(customer="C-2001", case=""))
    assert talks() == [("Anne Roux", "GUARDIAN", "")]


def test_a_matter_that_they_may_know_of_is_theirs_to_write_about() -> None:
    authorise(May.ENDING)
    reference = a_case("C-2001", at=MONDAY)

    received = receive(an_email(From=ANNE, to=plus(reference)))

    assert received.matter == Matter(customer="C-2001", case=reference)


def test_a_matter_that_they_may_not_know_of_waits_for_a_person_with_a_suggestion() -> None:
    authorise(May.BILLS)
    reference = a_case("C-2001", at=MONDAY)

    received = receive(an_email(From=ANNE, to=plus(reference)))

    assert received.outcome is Outcome.WAITING
    [card] = unmatched.waiting()
    assert (card.case, card.customers) == (reference, ("C-2001",))


def test_who_is_authorised_by_two_waits_unless_a_case_says_by_whom() -> None:
    authorise(May.EVERYTHING)
    authorise(May.EVERYTHING, customer="C-1001")
    reference = a_case("C-2001", at=MONDAY)

    assert receive(an_email(From=ANNE, Message_ID="<1@x.example>")).outcome is Outcome.WAITING
    named = receive(an_email(From=ANNE, to=plus(reference), Message_ID="<2@x.example>"))

    assert named.matter == Matter(customer="C-2001", case=reference)
    assert unmatched.waiting()[0].customers == ("C-1001", "C-2001")


def test_a_customer_who_helps_another_is_themself_unless_a_case_says_so() -> None:
    helper = Helper(person=uuid4(), customer="C-2001", may=[May.EVERYTHING], meant="C-2001")
    case = Matter(customer="C-2001", case="LC-1")

    assert entrusted(None, "", "", writers=["C-1001", "C-1002"], helpers=[helper]) is None
    assert entrusted(case, "C-2001", "conversation", writers=["C-1001"], helpers=[helper]) == (case, helper)
    assert entrusted(case, "C-2001", "termination", writers=[], helpers=[]) is None
    assert entrusted(case, "C-2001", "", writers=[], helpers=[helper]) == (case, helper)
    assert entrusted(None, "", "", writers=[], helpers=[]) is None


@pytest.mark.parametrize("number", ["C-2001", "C-3001"])
def test_who_is_authorised_under_one_number_is_so_for_the_person(number: str) -> None:
    reference = a_case("C-2001", at=MONDAY)
    authorise(May.ENDING, customer=number)
    merge("C-2001", "C-3001")

    named = receive(an_email(From=ANNE, to=plus(reference), Message_ID="<1@x.example>"))
    about_nothing = receive(an_email(From=ANNE, Message_ID="<2@x.example>"))

    assert named.matter == Matter(customer="C-2001", case=reference)
    assert about_nothing.matter == Matter(customer="C-3001", case="")
    persons = [one.person for one in thread.page(["C-2001", "C-3001"], limit=10).entries if isinstance(one, TalkEntry)]
    assert persons == ["Anne Roux", "Anne Roux"]


def test_who_is_authorised_under_both_numbers_of_one_person_is_by_one() -> None:
    authorise(May.BILLS)
    authorise(May.EVERYTHING, customer="C-3001")
    assert receive(an_email(From=ANNE, Message_ID="<1@x.example>")).outcome is Outcome.WAITING

    merge("C-2001", "C-3001")

    received = receive(an_email(From=ANNE, Message_ID="<2@x.example>"))
    assert received.matter == Matter(customer="C-3001", case="")


def test_what_names_a_message_of_no_case_is_whose_the_number_is() -> None:
    helper = Helper(person=uuid4(), customer="C-3001", may=[May.BILLS], meant="C-3001")
    named = Matter(customer="C-2001", case="")

    assert entrusted(named, "C-3001", "", writers=[], helpers=[helper]) == (Matter(customer="C-3001", case=""), helper)


def test_a_person_who_matches_an_email_keeps_who_wrote_it_under_another_number() -> None:
    authorise(May.BILLS)
    authorise(May.BILLS, customer="C-5001")
    mail = receive(an_email(From=ANNE)).mail
    merge("C-2001", "C-3001")

    match_mail(mail=mail, matter=Matter(customer="C-3001", case=""), by=NORA, at=MONDAY)

    assert Entry.objects.get().customer == "C-3001"
    persons = [one.person for one in thread.page(["C-2001", "C-3001"], limit=10).entries if isinstance(one, TalkEntry)]
    assert persons == ["Anne Roux"]


def test_a_person_who_matches_an_email_keeps_who_wrote_it() -> None:
    authorise(May.BILLS)
    reference = a_case("C-2001", at=MONDAY)
    waiting = receive(an_email(From=ANNE, to=plus(reference), Message_ID="<1@x.example>")).mail
    stray = receive(an_email(From=STRANGER, Message_ID="<2@x.example>")).mail
    own = receive(an_email(From=LENOIR, to=plus(a_case("C-1001", at=MONDAY)), Message_ID="<3@x.example>")).mail

    for mail in (waiting, stray, own):
        match_mail(mail=mail, matter=Matter(customer="C-2001", case=""), by=NORA, at=MONDAY)

    assert sorted(talks()) == [("", "", ""), ("", "", ""), ("Anne Roux", "GUARDIAN", "")]
