"""E-mails that a person has to give to a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ligneclaire.cases.models import UnmatchedMail
from ligneclaire.cases.states import MailState
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import advisers


class MailNotWaiting(Refused):
    """The e-mail waits for nobody: it stands in a thread, or somebody was faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedCard:
    """An e-mail that nobody could match, whom it may be of, and what became of it."""

    mail: UUID
    medium: str
    sender: str
    sender_name: str
    subject: str
    is_automatic: bool
    since: datetime
    owner: str
    owner_name: str
    case: str
    customers: tuple[str, ...]
    state: str
    reason: str
    closed_at: datetime | None
    closed_by_name: str


def waiting(*, limit: int | None = None, skip: int = 0) -> tuple[UnmatchedCard, ...]:
    """Those that wait, oldest first; what machines wrote comes last."""
    rows = _rows().filter(state=MailState.WAITING).order_by("mail__is_automatic", "since", "id")
    return tuple(_card(row) for row in rows[skip : skip + limit if limit else None])


def by_mail(uuid: UUID) -> UnmatchedCard | None:
    """What is known of one; None for an e-mail that was matched as it came."""
    row = _rows().filter(mail__uuid=uuid).first()
    return _card(row) if row else None


def locked(uuid: UUID) -> UnmatchedMail:
    """One that waits, kept from everybody else until the transaction ends."""
    row = UnmatchedMail.objects.select_for_update().filter(mail__uuid=uuid, state=MailState.WAITING).first()
    if row is None:
        raise MailNotWaiting(mail=uuid)
    return row


def _rows() -> QuerySet[UnmatchedMail]:
    rows = UnmatchedMail.objects.select_related("mail", "owner")
    return rows.annotate(closed_by_name=advisers.name_of("closed_by"))


def _card(row: UnmatchedMail) -> UnmatchedCard:
    return UnmatchedCard(
        mail=row.mail.uuid,
        medium=row.mail.medium,
        sender=row.mail.sender,
        sender_name=row.mail.sender_name,
        subject=row.mail.subject,
        is_automatic=row.mail.is_automatic,
        since=row.since,
        owner=row.owner_id,
        owner_name=row.owner.name,
        case=row.case,
        customers=tuple(row.customers),
        state=row.state,
        reason=row.reason,
        closed_at=row.closed_at,
        closed_by_name=row.closed_by_name or row.closed_by,  # type: ignore[attr-defined]
    )
