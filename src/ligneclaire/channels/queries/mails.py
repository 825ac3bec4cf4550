"""E-mails and text messages as they came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from ligneclaire.channels.models import Attachment, DeliveryReport, Entry, Mail, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentCard:
    """A file that came with an e-mail; `place` is relative to the folder of e-mails."""

    position: int
    name: str
    kind: str
    size: int
    place: str
    found: str | None  # by a virus scanner, in its words; empty where it found nothing, None where it did not look


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCard:
    """An e-mail or a text message, and the customer in whose thread it stands, if it does in one."""

    uuid: UUID
    medium: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    quoted: str
    is_automatic: bool
    is_readable: bool
    received_at: datetime
    size: int
    place: str
    attachments: tuple[AttachmentCard, ...]
    customer: str
    case: str
    reports_on: UUID | None
    """The message of ours on which it is a mail server's report, and what became of that."""
    fate: str
    found: str | None  # in it as a whole

    @property
    def infections(self) -> tuple[str, ...]:
        """What a virus scanner found in it or its files."""
        return tuple(dict.fromkeys(filter(None, [self.found, *(file.found for file in self.attachments)])))


def by_uuid(uuid: UUID) -> MailCard | None:
    """One e-mail with its files."""
    files = Attachment.objects.filter(mail=OuterRef("uuid")).order_by("position")
    entry = Entry.objects.filter(uuid=OuterRef("uuid"))
    verdict = Verdict.objects.filter(sha256=OuterRef("sha256")).values("found")
    report = DeliveryReport.objects.filter(mail=OuterRef("uuid"))
    row = (
        Mail.objects.filter(uuid=uuid)
        .annotate(
            customer=Subquery(entry.values("customer")),
            case=Subquery(entry.values("case")),
            reports_on=Subquery(report.values("message")),
            fate=Subquery(report.values("fate")),
            found=Subquery(verdict),
            files=ArraySubquery(
                files.values(
                    one=JSONObject(
                        position="position",
                        name="name",
                        kind="kind",
                        size="size",
                        place="place",
                        found=Subquery(verdict),
                    )
                )
            ),
        )
        .first()
    )
    if row is None:
        return None
    return MailCard(
        uuid=row.uuid,
        medium=row.medium,
        sender=row.sender,
        sender_name=row.sender_name,
        recipients=tuple(row.recipients),
        subject=row.subject,
        text=row.text,
        quoted=row.quoted,
        is_automatic=row.is_automatic,
        is_readable=row.is_readable,
        received_at=row.received_at,
        size=row.size,
        place=row.place,
        attachments=tuple(AttachmentCard(**file) for file in row.files),
        customer=row.customer or "",
        case=row.case or "",
        reports_on=row.reports_on,
        fate=row.fate or "",
        found=row.found,
    )
