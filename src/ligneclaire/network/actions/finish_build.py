"""What was ordered is there: new resources of a site, of which one is the line's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.assign_resource import FreeAt, assign_resource
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.models import BuildOrder
from ligneclaire.network.states import OrderState, ResourceKind
from ligneclaire.network.values import ResourceEntry


class NoSuchOrder(Refused):
    """No open order has this reference."""


@transaction.atomic
def finish_build(*, order: str, built: Sequence[str], by: Actor, at: datetime) -> str:
    """Return what the line has been given; raises also what `assign_resource` raises."""
    row = BuildOrder.objects.select_for_update().filter(reference=order, state=OrderState.OPEN).first()
    if row is None:
        raise NoSuchOrder(order=order)
    kind = ResourceKind(row.kind)
    import_network(
        resources=[ResourceEntry(code=code, kind=kind, site=row.site_id) for code in built],
        by=by,
        at=at,
    )
    row.state, row.changed_by, row.changed_at = OrderState.BUILT, str(by), at
    row.save()
    return assign_resource(line=row.line_id, choice=FreeAt(site=row.site_id, kind=kind), because=order, by=by, at=at)
