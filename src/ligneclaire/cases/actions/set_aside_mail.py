"""A person says that an e-mail is nobody's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.cases.actions.await_match import NEWS
from ligneclaire.cases.queries import unmatched
from ligneclaire.cases.states import MailState
from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless


class SetAsideUnexplained(Refused):
    """An e-mail is set aside with a reason that others can read."""


@transaction.atomic
def set_aside_mail(*, mail: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Close an e-mail that waits, once; it stays where it can be read. Raises `MailNotWaiting`."""
    refuse_unless(by, may=Right.PLACE_MAILS)
    if not reason.strip():
        raise SetAsideUnexplained(mail=mail)
    row = unmatched.locked(mail)
    row.state, row.reason = MailState.SET_ASIDE, reason.strip()[:500]
    row.closed_by, row.closed_at = str(by), at
    row.save(update_fields=["state", "reason", "closed_by", "closed_at"])
    announce([NEWS])
