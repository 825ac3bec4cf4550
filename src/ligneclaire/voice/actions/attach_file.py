"""A file goes with what an adviser is writing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.channels.files import TakenIn
from ligneclaire.channels.models import MOST_ENCLOSURES, Enclosure
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.voice.actions.keep_writing import NotYours
from ligneclaire.voice.models import Writing

MOST_TOGETHER = 15 * 1024 * 1024  # in an e-mail they take a third more, and many servers stop at 25 MB


class TooMany(Refused):
    """A message takes five files at most."""


class TooHeavy(Refused):
    """The files of a message are too large together."""


@transaction.atomic
def attach_file(*, message: UUID, file: TakenIn, by: Actor, at: datetime) -> None:
    """Keep a file with the writer's own words; the same file again changes nothing."""
    if not Writing.objects.select_for_update().filter(uuid=message, adviser=by.number).exists():
        raise NotYours(message=message)
    known = list(Enclosure.objects.filter(message=message))
    if file.sha256 in {one.sha256 for one in known}:
        return
    if len(known) == MOST_ENCLOSURES:
        raise TooMany(message=message, most=MOST_ENCLOSURES)
    if sum(one.size for one in known) + file.size > MOST_TOGETHER:
        raise TooHeavy(message=message, most=MOST_TOGETHER)
    Enclosure.objects.create(
        message=message,
        position=min({*range(1, MOST_ENCLOSURES + 1)} - {one.position for one in known}),
        name=file.name,
        kind=file.kind,
        size=file.size,
        pages=file.pages,
        sha256=file.sha256,
        place=file.place,
        is_checked=file.is_checked,
        added_at=at,
        added_by=str(by),
    )
