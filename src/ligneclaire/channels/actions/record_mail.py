"""Keep an e-mail that came in: its bytes first, then the rows about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.email.inbound import Inbound
from ligneclaire.channels.mailbox import Kept, keep
from ligneclaire.channels.models import Attachment, Mail
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.canonical import digest
from ligneclaire.kernel.ref import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The name of an e-mail, and whether it came for the first time."""

    uuid: UUID
    is_new: bool


@transaction.atomic
def record_mail(*, raw: bytes, mail: Inbound, is_automatic: bool, by: Actor, at: datetime) -> Recorded:
    """Write an e-mail down once: the same bytes, or the same words under the same Message-ID, are the same e-mail."""
    kept = keep(raw, ending="eml")
    files = [keep(file.content, ending="bin") for file in mail.files]
    uuid, fingerprint = uuid7(at), _fingerprint(raw, mail, kept, files)
    row = Mail(
        uuid=uuid,
        fingerprint=fingerprint,
        message_id=mail.message_id,
        sender=mail.sender,
        sender_name=mail.sender_name,
        recipients=list(mail.recipients),
        subject=mail.subject,
        text=mail.text,
        quoted=mail.quoted,
        is_automatic=is_automatic,
        is_readable=mail.is_readable,
        received_at=at,
        size=kept.size,
        sha256=kept.sha256,
        place=kept.place,
    )
    Mail.objects.bulk_create([row], ignore_conflicts=True)  # waits for whoever takes in the same one just now
    known = Mail.objects.filter(fingerprint=fingerprint) | Mail.objects.filter(sha256=kept.sha256)
    found = known.values_list("uuid", flat=True)[0]
    if found != uuid:
        return Recorded(uuid=found, is_new=False)
    Attachment.objects.bulk_create(
        Attachment(
            mail_id=uuid,
            position=position,
            name=file.name,
            kind=file.kind,
            size=lies.size,
            sha256=lies.sha256,
            place=lies.place,
        )
        for position, (file, lies) in enumerate(zip(mail.files, files, strict=True), start=1)
    )
    return Recorded(uuid=uuid, is_new=True)


def _fingerprint(raw: bytes, mail: Inbound, kept: Kept, files: list[Kept]) -> str:
    """By bytes alone where nothing names it: somebody may write the same words twice."""
    if not mail.message_id:
        return sha256(f"bytes {kept.sha256}".encode()).hexdigest()
    if not mail.is_readable:  # all but the lines that each server on its way writes above
        return digest([mail.message_id, sha256(raw.partition(b"\r\n\r\n")[2]).hexdigest()]).hex()
    said = [mail.message_id, mail.sender, mail.subject, mail.text, mail.quoted, [file.sha256 for file in files]]
    return digest(said).hex()
