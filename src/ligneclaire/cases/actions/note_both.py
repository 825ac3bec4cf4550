"""Something was done between two cases: it stands in the history of both."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.cases.models import Case, CaseEvent
from ligneclaire.cases.states import Deed
from ligneclaire.kernel.actor import Actor


def note_both(*, case: Case, deed: Deed, other: Case, echo: Deed, note: str, by: Actor, at: datetime) -> None:
    """Write the deed down at one case and its echo at the other, for the action whose transaction it is."""
    said = {"note": note.strip()[:500], "by": str(by), "at": at}
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(case=case, deed=deed, other=other, owner_id=case.owner_id, **said),
            CaseEvent(case=other, deed=echo, other=case, owner_id=other.owner_id, **said),
        ]
    )
