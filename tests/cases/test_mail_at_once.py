"""The same e-mail handed over twice at the same moment is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from builders import a_world
from incoming import an_email
from ligneclaire.cases.actions.receive_mail import Outcome, receive_mail
from ligneclaire.channels.models import Entry, Mail
from ligneclaire.kernel.actor import SYSTEM

MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)


def receive(raw: bytes) -> Outcome:
    try:
        return receive_mail(raw=raw, envelope=None, by=SYSTEM, at=MONDAY).outcome
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_mail_at_once_is_one(settings: Any, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path
    a_world()
    mails = [an_email(f"Numéro {number}", Message_ID=f"<{number}@x.example>") for number in range(5)]

    with ThreadPoolExecutor(4) as hands:
        found = list(hands.map(receive, [raw for raw in mails for _ in range(4)]))

    assert (found.count(Outcome.ENTRY), found.count(Outcome.KNOWN)) == (5, 15)
    assert (Mail.objects.count(), Entry.objects.count()) == (5, 5)
    assert len(list(tmp_path.rglob("*.eml"))) == 5
