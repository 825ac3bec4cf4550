"""Take in an e-mail: into the thread of its matter, or before a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.await_match import await_match
from ligneclaire.cases.actions.place_mail import place_mail
from ligneclaire.cases.actions.take_report import take_report
from ligneclaire.cases.queries import cards
from ligneclaire.cases.rules.matching import Helper, Matter, addressed, entrusted, matched, titled
from ligneclaire.channels.actions.record_mail import record_mail
from ligneclaire.channels.email.inbound import Envelope, Inbound, read
from ligneclaire.channels.queries import mails, messages
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.queries import authorised, customers, numbers, operator


class Outcome(StrEnum):
    """Where an e-mail went."""

    ENTRY = "entry"
    """Into the thread of a customer."""
    WAITING = "waiting"
    """Before a person, who says whose it is."""
    KNOWN = "known"
    """Nowhere: it is there already."""
    REPORT = "report"
    """To the message of ours on which it reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An e-mail that was taken in, its matter when it has one, and the message of which it says that it is lost."""

    mail: UUID
    outcome: Outcome
    matter: Matter | None
    lost: UUID | None = None


@transaction.atomic
def receive_mail(*, raw: bytes, envelope: Envelope | None, by: Actor, at: datetime) -> Received:
    """Keep an e-mail, once, and put it where it belongs; its owner is never empty, and nothing answers by itself.

    It goes into a thread when what it names and who wrote it agree, or when somebody wrote it who may know of what it
    names; a mail server's report goes to the message that it is about; otherwise it waits with a suggestion. Without
    an envelope only its own headers say where it was sent. Raises `NoOperator` before a world was imported.
    """
    mail = read(raw, envelope=envelope)
    told = messages.matters({*mail.answers, *([mail.own] if mail.own else [])})
    is_ours = mail.own in told  # one of our own came back
    recorded = record_mail(raw=raw, mail=mail, is_automatic=mail.is_automatic or is_ours, by=by, at=at)
    if not recorded.is_new:
        return Received(mail=recorded.uuid, outcome=Outcome.KNOWN, matter=None)
    if taken := take_report(mail=recorded.uuid, read=mail, by=by, at=at):
        about, lost = taken.message, taken.message.uuid if taken.is_lost else None
        matter = Matter(customer=about.customer, case=about.case)
        return Received(mail=recorded.uuid, outcome=Outcome.REPORT, matter=matter, lost=lost)
    return _placed(mail, told, recorded.uuid, by=by, at=at)


def _placed(mail: Inbound, told: dict[UUID, tuple[str, str]], uuid: UUID, *, by: Actor, at: datetime) -> Received:
    """Put what somebody wrote into a thread, or before a person."""
    named, writers = _named(mail, told), customers.writing_from(mail.sender) if mail.sender else {}
    matter, person = matched(named, writers), None
    if matter is None:
        helpers = _helpers(mail.sender, at) if mail.sender else ()
        whose = numbers.survivor_of(named.customer) if named else ""
        found = entrusted(named, whose, _kind(named), writers=writers, helpers=helpers)
        if found is None:
            known = dict.fromkeys((*writers.values(), *(one.meant for one in helpers)))
            await_match(mail=uuid, named=named, writers=known, by=by, at=at)
            return Received(mail=uuid, outcome=Outcome.WAITING, matter=None)
        matter, person = found[0], found[1].person
    card = mails.by_uuid(uuid)
    assert card is not None
    place_mail(mail=card, matter=matter, person=person, by=Actor(ActorKind.CUSTOMER, matter.customer), at=at)
    return Received(mail=uuid, outcome=Outcome.ENTRY, matter=matter)


def _named(mail: Inbound, told: dict[UUID, tuple[str, str]]) -> Matter | None:
    """What it names, surest first: by its address, by what it answers, in its subject."""
    by_address, by_subject = addressed(mail.recipients), titled(mail.subject)
    cases = cards.by_references({*by_address, *by_subject})
    answered = [Matter(customer=told[uuid][0], case=told[uuid][1]) for uuid in mail.answers if uuid in told]
    if mail.own in told:
        answered.append(Matter(customer=told[mail.own][0], case=told[mail.own][1]))
    first, last = (
        [Matter(customer=cases[one].customer, case=one) for one in references if one in cases]
        for references in (by_address, by_subject)
    )
    return next(iter([*first, *answered, *last]), None)


def _helpers(sender: str, at: datetime) -> tuple[Helper, ...]:
    today = operator.current().calendar.date_of(at)
    found = authorised.writing_from(sender, on=today)
    meant = numbers.survivors({card.customer for card in found}) if found else {}
    return tuple(
        Helper(person=card.uuid, customer=card.customer, may=card.may, meant=meant[card.customer]) for card in found
    )


def _kind(named: Matter | None) -> str:
    case = cards.by_reference(named.case) if named and named.case else None
    return case.kind if case else ""
