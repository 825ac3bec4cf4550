"""Every list with as many rows as a test wants: one written as for a busy day, the others as copies of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django.db import connection, models
from psycopg import sql

from desk import busy_day
from ligneclaire.cases.models import Case, Question, Read, UnmatchedMail
from ligneclaire.channels.models import Entry, LetterBatch, Mail, Message, Printing, Scan
from ligneclaire.contracts.models import TerminationRequest
from ligneclaire.facts.models import Fact, Failure, Payload
from ligneclaire.flow.models import Journey, Step
from ligneclaire.people.models import Session, StaffSession
from ligneclaire.promises.models import Promise, SpokenPromise
from ligneclaire.voice.models import Review, Writing

BATCH = "2015-02-16-1"
CUSTOMER, OTHER = "C-2001", "'C-3001'"  # a page of one customer has a thread, and few cases, plans and promises


COPIES: Mapping[type[models.Model], Mapping[str, str]] = {
    SpokenPromise: {"customer": OTHER, "made_in": "gen_random_uuid()"},
    Promise: {"customer": OTHER, "subject": "'contract:m' || n", "made_by": "gen_random_uuid()"},
    Case: {"customer_id": OTHER, "reference": "'LC-M' || n", "survivor_id": "'LC-M' || n", "subject": "'m:' || n"},
    Question: {"customer": OTHER, "subject": "'m:' || n"},
    Journey: {
        "customer": OTHER,
        "uuid": "md5(flow_journey.uuid || 'j' || n)::uuid",
        "subject": "'contract:m' || n",
        "trigger": "'network/m' || n",
    },
    Step: {"customer": OTHER, "journey_id": "md5(flow_step.journey_id || 'j' || n)::uuid"},
    Entry: {},
    Message: {"utterance": "gen_random_uuid()"},
    Mail: dict.fromkeys(("fingerprint", "sha256"), "md5('a' || n) || md5('b' || n)"),
    TerminationRequest: {"reference": "left(contracts_terminationrequest.reference, 3) || 'm' || n"},
    Writing: {"customer": OTHER},
    Fact: {"source_id": "'m' || n", "subject": "'contract:m' || n"},
    Review: {"customer": OTHER, "message": "gen_random_uuid()"},
    Scan: {},
    LetterBatch: {"number": "'m' || n"},
    Printing: {"turn": "n", "reason": "'x'", "place": "n + 1"},
    Read: {
        "quarter": "cases_read.quarter - n * interval '15 minutes'",
        "at": "cases_read.at - n * interval '15 minutes'",
    },
}


def fill(count: int, *, at: datetime) -> None:
    """Put so many rows into every list of the desk and of one customer's space."""
    if not count:
        return
    busy_day.fill(1, at=at)
    _paper(at)
    for model, given in COPIES.items():
        copy(model, count - 1, given)
    mails = Mail.objects.exclude(uuid__in=UnmatchedMail.objects.values("mail"))
    UnmatchedMail.objects.bulk_create(
        UnmatchedMail(mail=mail, owner_id="A-1", customers=[], since=at) for mail in mails
    )
    facts = list(Fact.objects.filter(source="billing", source_id__startswith="m"))
    Payload.objects.bulk_create(Payload(fact=fact, value={}) for fact in facts)
    failed = {"attempts": 3, "reason": "x", "owner": "A-1", "set_aside_at": at}
    Failure.objects.bulk_create(Failure(fact=fact, **failed) for fact in facts)


def many_sessions(count: int) -> None:
    """As many sessions for whoever is logged in at the desk or signed in to the space."""
    copy(StaffSession, count - 1, {"session_key": "md5(people_staffsession.session_key || n)"})
    copy(Session, count - 1, {"digest": "decode(md5(n::text), 'hex')"})


def copy(model: type[models.Model], times: int, given: Mapping[str, str]) -> None:
    """Copy all rows of a table so often; what is unique follows from the number of the copy, `n`."""
    table = model._meta.db_table
    columns = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    values = {str(one.column): given.get(str(one.column)) or _value(one) for one in columns}
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}, generate_series(1, {}) AS n").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(map(sql.SQL, values.values())),
        sql.Identifier(table),
        sql.Literal(times),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _value(field: models.Field[object, object]) -> str:
    is_uuid = isinstance(field, models.UUIDField)
    return "gen_random_uuid()" if field.unique and is_uuid else f'"{field.model._meta.db_table}"."{field.column}"'


def _paper(at: datetime) -> None:
    """One batch with one letter that has left, one scan, one reading, and a session of each kind."""
    kept = {"sha256": "a" * 64, "place": "x"}
    Scan.objects.create(
        uuid=uuid4(),
        name="lettre.png",
        kind="image/png",
        size=1,
        pages=1,
        is_checked=False,
        uploaded_at=at,
        uploaded_by="x",
        **kept,
    )
    LetterBatch.objects.create(
        number=BATCH,
        made_at=at,
        made_by="x",
        letters=1,
        pages=1,
        sheets=1,
        cost=1,
        currency="EUR",
        is_duplex=False,
        is_colour=False,
        postage="x",
    )
    letter = uuid4()
    message = Message.objects.create(
        uuid=letter,
        utterance=letter,
        customer=CUSTOMER,
        case="LC-0",
        channel="letter",
        language="fr",
        adviser="A-1",
        subject="Votre contrat",
        content={},
        destination=["X"],
        written_at=at,
        sent_at=at,
        state="sent",
        file="x",
        digest="a" * 64,
    )
    Printing.objects.create(
        message=message, turn=0, asked_at=at, asked_by="x", pages=1, batch_id=BATCH, place=1, cost=1
    )
    Read.objects.create(
        customer_id=CUSTOMER, adviser_id="A-1", page="RECORD", quarter=at, at=at, basis="ADVISER", matter="LC-0"
    )
