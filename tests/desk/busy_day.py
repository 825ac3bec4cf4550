"""A day with as many rows in each of its lists as a test wants, written at once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from ligneclaire.cases.models import Case, Question, UnmatchedMail
from ligneclaire.channels.models import Entry, Mail, Message
from ligneclaire.contracts.models import TerminationRequest
from ligneclaire.facts.models import Fact, Failure, Payload
from ligneclaire.flow.models import Journey, Step
from ligneclaire.promises.models import Promise, SpokenPromise
from ligneclaire.voice.models import Review, Writing

CUSTOMERS = ("C-2001", "C-3001", "C-4001")  # of Nora, of hers, of Hugo's
CUT = "C-3001"  # whose line is cut
OWNERS = ("A-1", "A-1", "A-2")


def fill(count: int, *, at: datetime, adviser: str = "A-1") -> None:
    """Add rows to every list."""
    for number in range(count):
        customer, owner = CUSTOMERS[number % 3], OWNERS[number % 3]
        _of_people(number, customer, owner, at)
        _of_plans(number, customer, at)
        _of_cuts(number, at)
        _of_mail(number, customer, owner, at)
        _of_requests(number, owner, at)
        Writing.objects.create(uuid=_uuid("w", number), customer=customer, adviser=adviser, fields={}, changed_at=at)
        Review.objects.create(
            uuid=_uuid("r", number),
            message=_uuid("x", number),
            customer=customer,
            author=owner,
            causes=["training"],
            words={"subject": f"Objet {number}"},
            asked_at=at,
        )
        fact = Fact.objects.create(source="billing", source_id=f"t{number}", kind="x", at=at, recorded_at=at)
        Payload.objects.create(fact=fact, value={})
        Failure.objects.create(fact=fact, attempts=3, reason="x", owner="A-1", set_aside_at=at)


def _uuid(kind: str, number: int) -> UUID:
    return uuid5(UUID(int=0), f"{kind}{number}")


def _of_people(number: int, customer: str, owner: str, at: datetime) -> None:
    for hour in (None, time(9)):
        SpokenPromise.objects.create(
            uuid=_uuid(f"s{hour}", number),
            customer=customer,
            made_in=_uuid(f"m{hour}", number),
            text=f"Promesse {number}",
            due_on=at.date(),
            due_time=hour,
            owner_id=owner,
            made_at=at,
            state="open",
        )
    for is_open in (True, False):
        Promise.objects.create(
            customer=customer,
            subject=f"contract:{number}",
            key="closing_bill.date" if is_open else "refund.deposit_by",
            matter="value",
            due_on=at.date() + timedelta(days=2 if is_open else -1),
            made_by=_uuid("u", number),
            made_at=at,
            state="open" if is_open else "unconfirmed",
            closed_at=None if is_open else at,
        )
    case = Case.objects.create(
        reference=f"LC-{number}",
        survivor_id=f"LC-{number}",
        customer_id=customer,
        subject=f"x:{number}",
        kind="notice",
        owner_id=owner,
        opened_at=at,
    )
    Question.objects.create(
        case=case, customer=customer, subject=case.subject, key="closing_bill.date", claims=[], digest=b"1", asked_at=at
    )


def _of_plans(number: int, customer: str, at: datetime) -> None:
    journey = Journey.objects.create(
        uuid=_uuid("j", number),
        kind="termination",
        version=1,
        customer=customer,
        subject=f"contract:{number}",
        trigger="x",
        started_at=at,
        state="running",
        lines=0,
    )
    Step.objects.create(
        journey=journey,
        customer=customer,
        place=1,
        name="issue_closing_bill",
        department="billing",
        after=[],
        state="open",
        expected_on=at.date(),
        opened_at=at,
        handed_over_at=at,
    )


def _of_cuts(number: int, at: datetime) -> None:
    cut = {"source": "network", "source_id": f"cut{number}", "kind": "line.cut", "subject": f"contract:cut{number}"}
    fact = Fact.objects.create(**cut, customer=CUT, at=at, recorded_at=at)
    Payload.objects.create(fact=fact, value={})
    Journey.objects.create(
        uuid=_uuid("c", number),
        kind="fix_fault",
        version=1,
        customer=CUT,
        subject=cut["subject"],
        trigger=f"network/{cut['source_id']}",
        started_at=at,
        state="running",
        lines=0,
    )


def _of_mail(number: int, customer: str, owner: str, at: datetime) -> None:
    Entry.objects.create(
        uuid=_uuid("e", number),
        customer=customer,
        medium="email",
        direction="in",
        text="Bonjour",
        happened_at=at,
        recorded_at=at,
        recorded_by="system",
    )
    Message.objects.create(
        uuid=_uuid("g", number),
        utterance=_uuid("g", number),
        customer=customer,
        case=f"LC-{number}",
        channel="email",
        language="fr",
        adviser=owner,
        subject="Votre demande",
        content={},
        destination=["x@example.org"],
        written_at=at,
        state="undeliverable",
        failing_since=at,
        answer="550 no",
    )
    mail = Mail.objects.create(
        uuid=_uuid("f", number),
        fingerprint=f"{number:064x}",
        recipients=[],
        is_automatic=False,
        is_readable=True,
        received_at=at,
        size=1,
        sha256=f"{number:064x}",
        place="x",
    )
    UnmatchedMail.objects.create(mail=mail, owner_id=owner, customers=[], since=at)


def _of_requests(number: int, owner: str, at: datetime) -> None:
    for state, reason in (("waiting", ""), ("taken", "dismissal")):
        TerminationRequest.objects.create(
            reference=f"R{state[0]}-{number}",
            form=_uuid(f"r{state}", number),
            kind="termination",
            state=state,
            received_at=at,
            received_by="x",
            latest_end=at.date(),
            language="fr",
            surname="Personne",
            reason=reason,
            is_guest=True,
            owner_id=owner,
        )
