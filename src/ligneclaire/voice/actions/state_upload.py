"""State what is right in a file that a clerk sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.actions.state_by_hand import state_by_hand
from ligneclaire.voice.actions.state_facts import Taken
from ligneclaire.voice.models import Upload
from ligneclaire.voice.queries import uploads
from ligneclaire.voice.queries.uploads import UploadUnknown


@transaction.atomic
def state_upload(*, upload: UUID, department: str, by: Actor, at: datetime) -> tuple[Taken, ...]:
    """State the lines of a file that can be stated and were not yet, in one set."""
    refuse_unless(by, may=Right.STATE_FACTS)
    row = Upload.objects.select_for_update().filter(uuid=upload, department=department).first()
    if row is None:
        raise UploadUnknown(upload=upload)
    return state_by_hand(items=uploads.check(row, at=at).to_state, by=by, at=at)
