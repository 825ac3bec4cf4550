"""Which bytes that came in no virus scanner has looked at."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from ligneclaire.channels.models import Attachment, Mail, Verdict

UNCHECKED = ~Exists(Verdict.objects.filter(sha256=OuterRef("sha256")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """Bytes in the folder of e-mails."""

    sha256: str
    place: str


def of_mail(uuid: UUID) -> tuple[Unchecked, ...]:
    """An e-mail and its files, those that were not looked at."""
    mail, files = Mail.objects.filter(UNCHECKED, uuid=uuid), Attachment.objects.filter(UNCHECKED, mail=uuid)  # type: ignore[misc]
    rows = [*files.order_by("position").values_list("sha256", "place"), *mail.values_list("sha256", "place")]
    return tuple(Unchecked(sha256=sha256, place=place) for sha256, place in dict(rows).items())


def left(*, limit: int) -> tuple[Unchecked, ...]:
    """The newest that were not looked at."""
    rows = [
        *Attachment.objects.filter(UNCHECKED).order_by("-id").values_list("sha256", "place")[:limit],
        *Mail.objects.filter(UNCHECKED).order_by("-id").values_list("sha256", "place")[:limit],
    ]
    return tuple(Unchecked(sha256=sha256, place=place) for sha256, place in dict(rows).items())[:limit]
