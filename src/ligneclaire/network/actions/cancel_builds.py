"""Nobody waits any more for what was to be built for a line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.network.facts import BUILD_CANCELLED
from ligneclaire.network.models import BuildOrder
from ligneclaire.network.queries import lines, orders
from ligneclaire.network.queries.orders import OrderCard
from ligneclaire.network.states import OrderState, ResourceKind
from ligneclaire.network.stating import about_line


@transaction.atomic
def cancel_builds(
    *, line: str, kinds: Collection[ResourceKind] = frozenset(ResourceKind), by: Actor, at: datetime
) -> None:
    """Close the open orders of a line for such things, and let whoever builds read it; again changes nothing."""
    waiting = [order for order in orders.open_of(line) if order.kind in kinds]
    if not waiting:
        return
    BuildOrder.objects.filter(reference__in=[order.reference for order in waiting]).update(
        state=OrderState.CANCELLED, changed_by=str(by), changed_at=at
    )
    record([_cancelled(order, line, at) for order in waiting], by=by, at=at)


def _cancelled(order: OrderCard, line: str, at: datetime) -> Statement:
    card = lines.card(line)
    assert card is not None  # an order is of a line
    where = {"order": order.reference, "site": order.site, "kind": order.kind.value}
    value = {**where, "line": line, "due_on": order.due_on.isoformat()}
    return about_line(BUILD_CANCELLED, customer=card.customer, contract=card.contract, value=value, at=at)
