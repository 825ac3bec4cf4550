"""Cases, calls, writing and e-mails show parts of a record: they ask first too, and a refusal does nothing."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from desk.conftest import log_in
from incoming import an_email
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.cases.models import CaseEvent
from ligneclaire.cases.queries import cards, reads
from ligneclaire.channels.actions.record_entry import Said, record_entry
from ligneclaire.channels.models import Entry, NoAnswerNeeded, Scan
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.facts.models import Fact
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.promises.queries import spoken
from ligneclaire.voice.models import Writing
from world import World

pytestmark = pytest.mark.django_db
LENOIR = "/customers/C-2001"
CALL = {"medium": "call", "direction": "in", "text": "Demande où en est son dossier."}


@pytest.fixture
def ines(monday: World, nora: Client) -> Client:
    """Inès's browser: nothing of the Lenoirs is hers, and nothing of theirs waits."""
    monday.adviser("A-1").settles("equipment.days_after_formal_notice", 10, because="Avis")
    nora.post(f"{LENOIR}/log", {**CALL, "entry": str(uuid4()), "promise": "Rappeler", "due_on": "18/02/2015"})
    return log_in("A-3", "ines")


def an_entry(medium: Medium) -> UUID:
    uuid, at = uuid4(), clock.now()
    said = Said(
        customer="C-2001", case="", medium=medium, direction=Direction.IN, text="Où en est-on ?", happened_at=at
    )
    record_entry(uuid=uuid, said=said, by=Actor(ActorKind.CUSTOMER, "C-2001"), at=at)
    return uuid


def kept() -> tuple[int, ...]:
    models = (Fact, Entry, CaseEvent, Writing, NoAnswerNeeded)
    return (*(model.objects.count() for model in models), SpokenPromise.objects.filter(state="open").count())


def test_every_other_page_of_a_record_asks_first_and_a_refusal_does_nothing(ines: Client) -> None:
    case, promise = f"/cases/{cards.of('C-2001')[0].reference}", spoken.of(["C-2001"], limit=1)[0].uuid
    write, entry = f"{LENOIR}/write/{uuid4()}", an_entry(Medium.CALL)
    before, read = kept(), reads.of(["C-2001"], limit=99)

    for path in (case, f"{LENOIR}/log", f"{LENOIR}/promises/{promise}", write, f"{write}/check"):
        assert "Qu’est-ce qui vous amène" in ines.get(path).content.decode(), path
    for path in (
        *(f"{case}/{what}" for what in ("hand-over", "snooze", "close", "reopen")),
        *(f"{LENOIR}/log", f"{LENOIR}/promises/{promise}/done", f"{LENOIR}/promises/{promise}/postpone"),
        *(write, f"{write}/check", f"{LENOIR}/entries/{entry}/no-answer"),
        *(f"/messages/{messages.of(['C-2001'])[0].uuid}/{what}" for what in ("tick-off", "send-again", "undo")),
    ):
        answer = ines.post(path, {**CALL, "entry": str(uuid4()), "note": "x", "reason": "x", "close-note": "x"})
        assert "Qu’est-ce qui vous amène" in answer.content.decode(), path

    assert (kept(), reads.of(["C-2001"], limit=99)) == (before, read)


def test_a_scan_belongs_to_the_record_of_which_it_bears_the_code(ines: Client) -> None:
    scan = Scan.objects.create(
        uuid=uuid4(),
        name="lettre.png",
        kind="image/png",
        size=1,
        pages=1,
        sha256="0" * 64,
        place="x",
        is_checked=False,
        reference=cards.of("C-2001")[0].reference,
        uploaded_at=clock.now(),
        uploaded_by="adviser:A-1",
    )
    filed = {**CALL, "medium": "letter", "entry": str(uuid4()), "scan": str(scan.uuid)}
    theirs = f"/customers/C-4001/log?scan={scan.uuid}"
    ines.post("/customers/C-4001/occasion", {"kind": "PHONE"})  # that record she may open today

    assert "Qu’est-ce qui vous amène" not in ines.get("/customers/C-4001/log").content.decode()
    assert "Qu’est-ce qui vous amène" in ines.get(theirs).content.decode()
    assert "Qu’est-ce qui vous amène" in ines.post(theirs, filed).content.decode()

    scan.refresh_from_db()
    assert (scan.entry, scan.set_aside_at) == (None, None)


def test_an_e_mail_of_a_customer_belongs_to_their_record(ines: Client) -> None:
    mail = receive_mail(raw=an_email(), envelope=None, by=SYSTEM, at=clock.now()).mail
    NoAnswerNeeded.objects.create(entry_id=mail, reason="x", by="adviser:A-1", at=clock.now())

    for path in (f"/mails/{mail}", f"/mails/{mail}/original.eml"):
        assert "Qu’est-ce qui vous amène" in ines.get(path).content.decode(), path


def test_what_waits_for_an_answer_is_a_matter_for_whoever_sees_it_on_today(ines: Client) -> None:
    an_entry(Medium.EMAIL)

    assert "Nora Benali" in ines.get(LENOIR).content.decode()

    assert reads.of(["C-2001"], limit=1)[0].basis == "ENTRY"


def test_what_one_promised_is_a_matter_for_whoever_promised_it(ines: Client) -> None:
    SpokenPromise.objects.update(owner_id="A-3")

    assert "Nora Benali" in ines.get(LENOIR).content.decode()

    assert reads.of(["C-2001"], limit=1)[0].basis == "PROMISE"
