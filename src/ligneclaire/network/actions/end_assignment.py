"""What somebody had of the network, they no longer have."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from psycopg.types.range import TimestamptzRange

from ligneclaire.kernel.actor import Actor
from ligneclaire.network.models import Assignment, Resource
from ligneclaire.network.states import ResourceKind, Use


@transaction.atomic
def end_assignment(
    *, resource: str, line: str | None = None, use: Use = Use.HELD, by: Actor, at: datetime
) -> ResourceKind | None:
    """End what a line, or somebody unknown, has until further notice; return the kind, None where they have it not.

    Its past is kept; what was given and taken back in one instant was never had.
    """
    list(Resource.objects.select_for_update(no_key=True).filter(code=resource))  # first, as everybody who gives it
    rows = Assignment.objects.select_for_update().filter(resource_id=resource, use=use)
    theirs = rows.filter(line=None) if line is None else rows.filter(line_id=line)
    row = theirs.filter(during__contains=at, during__upper_inf=True).first()
    if row is None:
        return None
    if row.during.lower == at:
        row.delete()
    else:
        row.during = TimestamptzRange(row.during.lower, at)
        row.changed_by, row.changed_at = str(by), at
        row.save()
    Resource.objects.filter(code=resource).update(is_held=False)
    return ResourceKind(row.kind)
