"""A supervisor puts a standard text into the archive, or takes it out again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.actions.keep_standard_text import NameTaken
from ligneclaire.voice.models import StandardText


class TextUnknown(Refused):
    """There is no standard text with this identifier."""


@transaction.atomic
def archive_standard_text(*, text: UUID, is_archived: bool, by: Actor, at: datetime) -> None:
    """Offer it no longer, or again; nothing is deleted. Raises `NameTaken` where another has its name by now."""
    refuse_unless(by, may=Right.KEEP_TEXTS)
    row = StandardText.objects.select_for_update().filter(uuid=text).first()
    if row is None:
        raise TextUnknown(text=text)
    if is_archived == bool(row.archived_at):
        return
    same = Q(name__iexact=row.name) | Q(shortcut=row.shortcut)
    if not is_archived and StandardText.objects.exclude(uuid=text).filter(same, archived_at=None).exists():
        raise NameTaken(text=text)
    row.archived_at, row.archived_by = (at, str(by)) if is_archived else (None, "")
    row.save(update_fields=["archived_at", "archived_by"])
    about = f"text/{row.shortcut}"
    before, after = {about: {"archived": not is_archived}}, {about: {"archived": is_archived}}
    note_changes(kind=ChangeKind.OPERATOR, before=before, after=after, by=by, at=at)
