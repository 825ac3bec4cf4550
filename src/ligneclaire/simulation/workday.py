"""An adviser's day to try out: what they find when they come in, and what customers write while they are there."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from pathlib import Path
from threading import Event

from ligneclaire.cases.actions.log_contact import log_contact
from ligneclaire.channels import files, pdf
from ligneclaire.channels.actions.keep_scan import keep_scan
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import Channel, Direction, Medium, MessageState
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.states import AbsenceReason
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.voice.queries import letters

FOLDER = "day"
LETTER = "letter-without-a-code.png"
AWAY, AWAY_FOR = "A-2", timedelta(days=4)
CALLED = timedelta(hours=1)  # before the day begins
FIRST, EVERY = 20.0, 60.0  # seconds until the first e-mail comes, and between two


def begin(stories: Path, *, calendar: Calendar, at: datetime) -> None:
    """Let a day lie before the advisers: promises due, a colleague away, and a letter that somebody must file."""
    today = calendar.date_of(at)
    record_absence(
        adviser=AWAY,
        period=Period(today, today + AWAY_FOR),
        reason=AbsenceReason.UNPLANNED,
        by=SYSTEM,
        at=at,
    )
    for adviser, customer, text, promise in _calls(today):
        log_contact(
            entry=uuid_of("day", customer),
            said=Said(
                customer=customer,
                case="",
                medium=Medium.CALL,
                direction=Direction.IN,
                text=text,
                happened_at=at - CALLED,
            ),
            promise=promise,
            calendar=calendar,
            by=Actor(ActorKind.ADVISER, adviser),
            at=at,
        )
    letter = stories / FOLDER / LETTER
    taken = files.take_in(letter.read_bytes(), name=letter.name)
    keep_scan(scan=uuid_of("day", letter.name), file=taken, reference="", by=SYSTEM, at=at)


def put_down_a_scan(place: Path, *, customer: str) -> None:
    """Make a picture of the letter that a customer has, as a scanner would of the sheet they send back; once."""
    sent = [card for card in messages.of([customer]) if card.state == MessageState.SENT]
    found = [card.uuid for card in sent if card.channel == Channel.LETTER]
    letter = letters.of_message(found[0]) if found and not place.exists() else None
    if letter:
        place.parent.mkdir(parents=True, exist_ok=True)
        pdf.picture_of(letter, 0).save(place)


def let_write(
    stories: Path, *, host: str, port: int, kept: Path, stop: Event, first: float = FIRST, every: float = EVERY
) -> None:
    """Hand what customers write to the door for e-mails, one after the other, each once whatever is started again."""
    come = set(json.loads(kept.read_text())) if kept.exists() else set()
    pause = first
    for mail in _those_left(stories, come):
        while not stop.wait(pause):
            try:
                _hand_over(mail.read_bytes(), host, port)
            except (OSError, smtplib.SMTPException):
                continue  # the door is not open, or says "later"
            come.add(mail.name)
            kept.write_text(json.dumps(sorted(come)))
            break
        pause = every


def _those_left(stories: Path, come: Collection[str]) -> Iterator[Path]:
    return (mail for mail in sorted((stories / FOLDER).glob("*.eml")) if mail.name not in come)


def _hand_over(raw: bytes, host: str, port: int) -> None:
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    [(_, sender)], recipients = getaddresses([str(mail["From"])]), getaddresses([str(mail["To"])])
    with smtplib.LMTP(host, port, timeout=10) as door:
        refused = door.sendmail(sender, [address for _, address in recipients], raw.replace(b"\n", b"\r\n"))
    if refused:
        raise smtplib.SMTPRecipientsRefused(refused)


def _calls(today: date) -> Iterator[tuple[str, str, str, Given]]:
    """Who was called by whom, what was said and what was promised."""
    yield (
        "A-1",
        "C-3001",
        "Ne comprend pas la ligne « hors forfait » de sa facture.",
        Given(text="Rappeler avec le détail de la facture", due_on=today),
    )
    yield (
        AWAY,
        "C-4001",
        "Demande quand un technicien passera.",
        Given(text="Rappeler avec la date du passage", due_on=today, at_time=time(17)),
    )
