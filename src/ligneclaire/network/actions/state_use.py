"""What a technician found in use at a line, which the records follow at once or somebody has to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.assign_resource import Named, NoSuchLine, NoSuchResource, assign_resource
from ligneclaire.network.actions.end_assignment import end_assignment
from ligneclaire.network.actions.open_difference import open_difference
from ligneclaire.network.actions.release_resource import release_resource
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.states import DifferenceKind, Use


class NothingStated(Refused):
    """A visit says which pair, port or path it left in use, or why none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the line had in the records, what it has now, and the question that had to be asked first, if any."""

    before: str
    now: str
    difference: UUID | None = None


@transaction.atomic
def state_use(*, line: str, resource: str, because: str, look_by: date, by: Actor, at: datetime) -> Stated:
    """Correct the records to what is really in use.

    Where another line has it in the records, nothing changes hands: whoever would lose it gets a difference with an
    owner and the day `look_by`. Raises `NoSuchLine`, `NoSuchResource`, `NothingStated`, and what assigning raises.
    """
    if not resource:
        raise NothingStated(line=line)
    card, found = lines.card(line), resources.card(resource)
    if card is None:
        raise NoSuchLine(line=line)
    if found is None:
        raise NoSuchResource(resource=resource)
    before = lines.held_by(line, found.kind)
    if before == resource:
        return Stated(before=before, now=before)
    use = found.holding and found.holding.use
    if use is Use.HELD:
        asked = open_difference(
            kind=DifferenceKind.WRONG_LINE,
            resource=resource,
            line=found.line,
            note=f"{line}: {because}",
            due_on=look_by,
            by=by,
            at=at,
        )
        return Stated(before=before, now=before, difference=asked)
    if use is Use.TAKEN:  # by whom is known now
        end_assignment(resource=resource, use=Use.TAKEN, by=by, at=at)
    if before:
        release_resource(line=line, resource=before, because=because, by=by, at=at)
    return Stated(
        before=before,
        now=assign_resource(line=line, choice=Named(resource=resource), because=because, by=by, at=at),
    )
