"""Put what was said elsewhere into the thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.channels.models import Entry
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said, where and when; `case` is the reference of the matter it belongs to, or empty.

    `person` is who spoke for the customer, if not they themself; `check` how whoever it was proved who they are.
    """

    customer: str
    case: str
    medium: Medium
    direction: Direction
    text: str
    happened_at: datetime
    person: UUID | None = None
    check: UUID | None = None


def record_entry(*, uuid: UUID, said: Said, by: Actor, at: datetime) -> bool:
    """Write an entry once, the caller holding the customer; return whether it is new."""
    if Entry.objects.filter(uuid=uuid).exists():
        return False
    Entry.objects.create(
        uuid=uuid,
        customer=said.customer,
        case=said.case,
        medium=said.medium,
        direction=said.direction,
        text=said.text,
        happened_at=said.happened_at,
        recorded_at=at,
        recorded_by=str(by),
        person_id=said.person,
        identity_check_id=said.check,
    )
    return True
