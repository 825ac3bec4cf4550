"""E-mails come in once and end in exactly one place: the thread of their matter, or before a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from builders import a_world, refused_by, the_story_world
from incoming import AUBERT, LENOIR, PDF, STRANGER, US, a_case, a_message, an_email, built, plus
from ligneclaire.cases.actions.log_contact import CustomerUnknown, NotTheirCase
from ligneclaire.cases.actions.match_mail import match_mail
from ligneclaire.cases.actions.receive_mail import Outcome, Received, receive_mail
from ligneclaire.cases.actions.set_aside_mail import SetAsideUnexplained, set_aside_mail
from ligneclaire.cases.models import UnmatchedMail
from ligneclaire.cases.queries import unmatched
from ligneclaire.cases.queries.unmatched import MailNotWaiting
from ligneclaire.cases.rules.matching import Matter, titled
from ligneclaire.channels import mailbox
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.models import Attachment, Entry, Mail
from ligneclaire.channels.queries import mails
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.voice.queries import thread
from ligneclaire.voice.queries.thread import MailFile, TalkEntry

pytestmark = pytest.mark.django_db

NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(hours=1)
IN_ENTRY, WAITS, KNOWN = Outcome.ENTRY, Outcome.WAITING, Outcome.KNOWN


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    """The operator of the stories, where the Garniers share the address of Mme Roussel."""
    settings.MAILBOX = tmp_path
    document = the_story_world()
    [garnier] = [one for one in document["customers"] if one["id"] == "C-4002"]
    garnier["email"] = "Roussel@example.org"
    a_world(document)


def receive(raw: bytes, *, to: str = "", by: str = LENOIR) -> Received:
    envelope = Envelope(sender=by, recipients=(to,)) if to else None
    return receive_mail(raw=raw, envelope=envelope, by=SYSTEM, at=MONDAY)


def entries() -> list[tuple[str, str, str]]:
    return list(Entry.objects.order_by("id").values_list("customer", "case", "text"))


def waiting() -> list[tuple[str, tuple[str, ...], str]]:
    """What each that waits names, who may be meant, who looks at it."""
    return [(card.case, card.customers, card.owner) for card in unmatched.waiting()]


def talk(customer: str = "C-2001") -> TalkEntry:
    [entry] = [one for one in thread.page([customer], limit=10).entries if isinstance(one, TalkEntry)]
    return entry


def test_an_answer_to_the_plus_address_joins_its_matter() -> None:
    reference = a_case("C-2001", at=MONDAY)

    received = receive(an_email("Demain, merci.\n\n> Quand ?", to=plus(reference)))

    assert received == Received(mail=received.mail, outcome=IN_ENTRY, matter=Matter(customer="C-2001", case=reference))
    entry = talk()
    assert (entry.medium, entry.direction, entry.text, entry.case) == ("email", "in", "Demain, merci.", reference)
    assert (entry.happened_at, entry.by) == (MONDAY, "")
    assert Entry.objects.get().recorded_by == "customer:C-2001"
    assert [(fact.kind, fact.customer, fact.subject, fact.by) for fact in Fact.objects.all()] == [
        ("cases.contact_logged", "C-2001", "contract:K-ADSL-1", "customer:C-2001")
    ]
    card = mails.by_uuid(received.mail)
    assert card is not None
    assert (card.customer, card.case, card.quoted) == ("C-2001", reference, "> Quand ?")


def test_a_copy_or_a_blind_copy_to_the_plus_address_counts() -> None:
    reference = a_case("C-2001", at=MONDAY)

    receive(an_email(to="ami@example.com", Cc=plus(reference), Message_ID="<2@x.example>"))
    receive(an_email(to="ami@example.com", Message_ID="<3@x.example>"), to=plus(reference))

    assert [case for _, case, _ in entries()] == [reference, reference]


@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_an_answer_to_a_message_of_ours_joins_its_matter(header: str) -> None:
    reference = a_case("C-2001", at=MONDAY)
    message = a_message("C-2001", case=reference, at=MONDAY)

    receive(an_email(**{header: f"<x@y.example> <{message}@mail.operator.example>"}))

    assert entries() == [("C-2001", reference, "Quand passe le technicien ?")]


@pytest.mark.parametrize("subject", ["Re: Fin du contrat ({})", "dossier {} svp", "TR: {}"])
def test_the_reference_may_stand_in_the_subject(subject: str) -> None:
    reference = a_case("C-2001", at=MONDAY)

    receive(an_email(Subject=subject.format(reference.lower().replace("-", " "))))

    assert [case for _, case, _ in entries()] == [reference]


def test_the_address_says_more_than_what_is_answered_and_that_more_than_the_subject() -> None:
    one, two, three = (a_case("C-2001", at=MONDAY, subject=f"contract:K-{n}") for n in (1, 2, 3))
    message = a_message("C-2001", case=two, at=MONDAY)
    answered = f"<{message}@mail.operator.example>"

    receive(an_email(to=plus(one), In_Reply_To=answered, Subject=three, Message_ID="<2@x.example>"))
    receive(an_email(In_Reply_To=answered, Subject=three, Message_ID="<3@x.example>"))

    assert [case for _, case, _ in entries()] == [one, two]


def test_without_a_reference_it_is_the_customers_whose_address_it_is() -> None:
    receive(an_email(sender="M. Lenoir <LENOIR@example.org>", Subject="Question LC-0000-0001"))

    assert entries() == [("C-2001", "", "Quand passe le technicien ?")]
    assert Fact.objects.get().subject == "customer:C-2001"


def test_who_shares_an_address_is_known_by_the_matter_only() -> None:
    reference = a_case("C-4002", at=MONDAY)

    receive(an_email(sender="roussel@example.org", to=plus(reference), Message_ID="<2@x.example>"))
    receive(an_email(sender="roussel@example.org", Message_ID="<3@x.example>"))

    assert [(customer, case) for customer, case, _ in entries()] == [("C-4002", reference)]
    assert waiting() == [("", ("C-4001", "C-4002"), "A-2")]


def test_a_matter_of_somebody_else_waits_with_both_as_suggestion() -> None:
    reference = a_case("C-2001", at=MONDAY)

    received = receive(an_email(sender=AUBERT, to=plus(reference)))

    assert (received.outcome, received.matter) == (WAITS, None)
    assert waiting() == [(reference, ("C-2001", "C-3001"), "A-1")]
    assert (entries(), Fact.objects.count()) == ([], 0)


@pytest.mark.parametrize("sender", [STRANGER, "", "not an address"])
def test_a_stranger_waits_before_the_first_adviser(sender: str) -> None:
    assert receive(an_email(sender=sender)).outcome is WAITS
    assert waiting() == [("", (), "A-1")]


def test_what_a_customer_forwards_is_theirs_and_what_a_stranger_forwards_waits() -> None:
    reference = a_case("C-2001", at=MONDAY)
    forwarded = f"---------- Forwarded message ----------\nFrom: {LENOIR}\n\nBonjour"

    receive(an_email(forwarded, Subject=f"Fwd: Fin ({reference})", Message_ID="<2@x.example>"))
    receive(an_email(forwarded, sender=STRANGER, Subject=f"Fwd: Fin ({reference})", Message_ID="<3@x.example>"))

    assert entries() == [("C-2001", reference, forwarded)]
    assert waiting() == [(reference, ("C-2001",), "A-1")]


def test_an_automatic_answer_is_kept_and_shown_as_one() -> None:
    reference = a_case("C-2001", at=MONDAY)
    message = a_message("C-2001", case=reference, at=MONDAY)

    receive(
        an_email("Absent.", In_Reply_To=f"<{message}@mail.operator.example>", Auto_Submitted="auto-replied"),
        to=US,
        by="",
    )

    entry = talk()
    assert entry.mail is not None
    assert (entry.text, entry.case, entry.mail.is_automatic, entry.mail.subject) == (
        "Absent.",
        reference,
        True,
        "Mon dossier",
    )


def test_a_message_of_ours_that_comes_back_is_a_loop() -> None:
    reference = a_case("C-2001", at=MONDAY)
    message = a_message("C-2001", case=reference, at=MONDAY)

    receive(an_email(sender="nora.benali@ligneclaire.example", Message_ID=f"<{message}@mail.operator.example>"))

    assert waiting() == [(reference, ("C-2001",), "A-1")]
    assert Mail.objects.get().is_automatic


def test_a_file_or_an_invitation_comes_along() -> None:
    mail = built("", Subject="Mon RIB")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="rib.pdf")
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar")

    receive(mail.as_bytes())

    entry = talk()
    assert entry.mail is not None
    assert (entry.text, entry.mail.files) == (
        "Mon RIB",
        (MailFile(position=1, name="rib.pdf"), MailFile(position=2, name="")),
    )
    pdf = Attachment.objects.get(position=1)
    assert (pdf.kind, pdf.size, pdf.sha256) == ("application/pdf", len(PDF), sha256(PDF).hexdigest())
    assert mailbox.kept(pdf.place) == PDF


def test_the_bytes_are_kept_as_they_came_and_before_the_row() -> None:
    raw = an_email()

    card = mails.by_uuid(receive(raw).mail)

    assert card is not None
    assert mailbox.kept(card.place) == raw
    assert Mail.objects.get().sha256 == sha256(raw).hexdigest()
    assert (mailbox.folder() / card.place).stat().st_mode & 0o077 == 0
    assert mailbox.kept("no/such.eml") is None
    assert mails.by_uuid(uuid4()) is None


def test_where_the_bytes_cannot_be_kept_there_is_no_row(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.MAILBOX = tmp_path / "file"

    with pytest.raises(OSError):
        receive(an_email())

    assert (Mail.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_same_mail_twice_is_one() -> None:
    first = receive(an_email())
    bytes_again = receive(an_email(), to=plus("LC-0000-0000"))
    by_another_way = receive(b"Received: from elsewhere\n" + an_email())

    assert [one.outcome for one in (first, bytes_again, by_another_way)] == [IN_ENTRY, KNOWN, KNOWN]
    assert {one.mail for one in (first, bytes_again, by_another_way)} == {first.mail}
    assert (Mail.objects.count(), len(entries()), Fact.objects.count()) == (1, 1, 1)


def test_nothing_is_lost_of_programs_that_give_all_their_mails_one_name() -> None:
    receive(an_email("Un"))
    receive(an_email("Deux"))
    receive(an_email("Un", sender=AUBERT))
    receive(an_email("Sans nom", Message_ID=""))
    receive(b"X-Later: 1\n" + an_email("Sans nom", Message_ID=""))

    assert [text for _, _, text in entries()] == ["Un", "Deux", "Un", "Sans nom", "Sans nom"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (f"From: {LENOIR}\nContent-Type: text/plain; charset=klingon\n\ncaf\xe9".encode("latin-1"), "café"),
        (f"From: {LENOIR}\nContent-Type: multipart/mixed; boundary=x\n\nCassé".encode(), "Cassé"),
        (f"From: {LENOIR}\nSubject: \n\n \n".encode(), "[…]"),
        (f"From: {LENOIR}\n\n{'mot ' * 4000}".encode(), f"{'mot ' * 2499} […]"),
    ],
)
def test_broken_and_strange_mails_have_words_all_the_same(raw: bytes, text: str) -> None:
    receive(raw)

    assert [" ".join(said.split()) for _, _, said in entries()] == [" ".join(text.split())]
    assert len(entries()[0][2]) <= 10_000


def test_what_cannot_be_read_waits_with_its_bytes() -> None:
    raw = f"From: {LENOIR}\nContent-Type: multipart/mixed; boundary=x\n\n".encode() + b"\n--x\n\nx" * 10_001

    card = mails.by_uuid(receive(raw).mail)

    assert card is not None
    assert (card.is_readable, card.text, card.size) == (False, "", len(raw))
    assert waiting() == [("", (), "A-1")]


def test_machines_wait_behind_people() -> None:
    receive(an_email("Newsletter", sender=STRANGER, Precedence="bulk", Message_ID="<2@x.example>"))
    receive(an_email("Bonjour", sender=STRANGER, Message_ID="<3@x.example>"))

    assert [card.is_automatic for card in unmatched.waiting()] == [False, True]
    assert [card.is_automatic for card in unmatched.waiting(limit=1)] == [False]
    assert len(unmatched.waiting()) == 2


def stray() -> UUID:
    return receive(an_email(sender=STRANGER)).mail


def test_a_person_says_whose_it_is_and_it_is_an_entry_like_any_other() -> None:
    reference, mail = a_case("C-2001", at=MONDAY), stray()

    match_mail(mail=mail, matter=Matter(customer="C-2001", case=reference), by=NORA, at=LATER)

    assert entries() == [("C-2001", reference, "Quand passe le technicien ?")]
    entry = Entry.objects.get()
    assert (entry.happened_at, entry.recorded_at, entry.recorded_by) == (MONDAY, LATER, "adviser:A-1")
    assert (talk().by, Fact.objects.get().subject, waiting()) == ("Nora Benali", "contract:K-ADSL-1", [])
    card = unmatched.by_mail(mail)
    assert card is not None
    assert (card.state, card.closed_by_name, card.closed_at, card.reason) == ("matched", "Nora Benali", LATER, "")


def test_it_may_be_of_a_customer_without_a_matter() -> None:
    match_mail(mail=stray(), matter=Matter(customer="C-3001", case=""), by=NORA, at=LATER)

    assert entries() == [("C-3001", "", "Quand passe le technicien ?")]


def test_a_person_sets_aside_what_is_nobodys_and_says_why() -> None:
    mail = stray()

    set_aside_mail(mail=mail, reason=" Publicité ", by=NORA, at=LATER)

    card = unmatched.by_mail(mail)
    assert card is not None
    assert (card.state, card.reason, card.closed_by_name) == ("set aside", "Publicité", "Nora Benali")
    assert (waiting(), entries(), Fact.objects.count()) == ([], [], 0)


def test_what_cannot_be_is_refused_and_changes_nothing() -> None:
    reference, mail = a_case("C-2001", at=MONDAY), stray()

    with pytest.raises(CustomerUnknown):
        match_mail(mail=mail, matter=Matter(customer="C-0", case=""), by=NORA, at=LATER)
    for customer, case in (("C-3001", reference), ("C-2001", "LC-0000-0000")):
        with pytest.raises(NotTheirCase):
            match_mail(mail=mail, matter=Matter(customer=customer, case=case), by=NORA, at=LATER)
    with pytest.raises(SetAsideUnexplained):
        set_aside_mail(mail=mail, reason=" ", by=NORA, at=LATER)

    assert (len(waiting()), entries(), Fact.objects.count()) == (1, [], 0)


def test_it_is_matched_or_set_aside_once() -> None:
    mail, theirs = stray(), Matter(customer="C-2001", case="")
    match_mail(mail=mail, matter=theirs, by=NORA, at=LATER)

    for one in (mail, receive(an_email(Message_ID="<2@x.example>")).mail, uuid4()):
        with pytest.raises(MailNotWaiting):
            match_mail(mail=one, matter=theirs, by=NORA, at=LATER)
        with pytest.raises(MailNotWaiting):
            set_aside_mail(mail=one, reason="x", by=NORA, at=LATER)

    assert len(entries()) == 2


def test_a_reference_is_read_however_it_is_written() -> None:
    reference = a_case("C-2001", at=MONDAY)
    short = reference.removeprefix("LC-")

    assert titled(f"Re: {reference}, {reference.lower()}; LC-0000-0001, {short}") == (reference,)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("unmatched_mail_closed_by_somebody", {"state": "matched"}),
        ("unmatched_mail_closed_by_somebody", {"closed_by": "adviser:A-1"}),
        ("unmatched_mail_closed_by_somebody", {"state": "lost", "closed_by": "adviser:A-1", "closed_at": MONDAY}),
        ("unmatched_mail_set_aside_with_reason", {"reason": "x"}),
        (
            "unmatched_mail_set_aside_with_reason",
            {"state": "set aside", "closed_by": "adviser:A-1", "closed_at": MONDAY},
        ),
    ],
)
def test_the_database_refuses_half_an_end(constraint: str, changes: dict[str, object]) -> None:
    stray()
    with refused_by(constraint):
        UnmatchedMail.objects.update(**changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("mail_with_its_bytes", {"place": ""}),
        ("mail_with_its_bytes", {"sha256": "x"}),
        ("mail_with_its_bytes", {"fingerprint": ""}),
    ],
)
def test_the_database_refuses_a_mail_without_its_bytes(constraint: str, changes: dict[str, object]) -> None:
    row = {
        "uuid": uuid4(),
        "fingerprint": "0" * 64,
        "sha256": "0" * 64,
        "recipients": [],
        "is_automatic": False,
        "is_readable": True,
        "received_at": MONDAY,
        "size": 1,
        "place": "00/0.eml",
    }
    with refused_by(constraint):
        Mail.objects.create(**{**row, **changes})


def test_a_mail_that_cannot_be_read_is_one_by_whichever_way_it_comes_and_not_another() -> None:
    head = f"From: {LENOIR}\r\nMessage-ID: <b@x.example>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n".encode()
    raw = head + b"\r\n--x\r\n\r\nx" * 10_001
    first = receive(raw, to=US)

    again = receive(b"Received: from mx.example.net\r\n" + raw, to=US)
    other = receive(raw + b"y", to=US)

    assert (again.outcome, again.mail) == (KNOWN, first.mail)
    assert (first.outcome, other.outcome) == (IN_ENTRY, IN_ENTRY)
    assert Mail.objects.filter(is_readable=False).count() == 2
