"""Have something built for a line where nothing is free."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ligneclaire.facts.record import hold, record
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import reference_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.facts import BUILD_ORDERED
from ligneclaire.network.models import BuildOrder
from ligneclaire.network.queries import lines, sites
from ligneclaire.network.states import AT_A_SITE, OrderState, ResourceKind
from ligneclaire.network.stating import about_line


class NotBuilt(Refused):
    """There is no such line or site, or things of this kind are not built at sites."""


class DueBefore(Refused):
    """What is built is not there yet on the day on which it is ordered."""


@transaction.atomic
def order_build(*, line: str, site: str, kind: ResourceKind, due_on: date, by: Actor, at: datetime) -> str:
    """Return the reference of the order; one that is open for this line and kind stays as it is."""
    card, place = lines.card(line), sites.card(site)
    if card is None or place is None or kind not in AT_A_SITE:
        raise NotBuilt(line=line, site=site, kind=kind)
    if due_on <= at.date():
        raise DueBefore(due_on=due_on)
    hold({card.customer})
    known = BuildOrder.objects.filter(line_id=line, kind=kind, state=OrderState.OPEN).first()
    if known:
        return known.reference
    earlier = BuildOrder.objects.filter(line_id=line, kind=kind).count()
    reference = reference_of("build", line, kind, str(earlier))
    BuildOrder.objects.create(
        reference=reference,
        site_id=site,
        kind=kind,
        line_id=line,
        ordered_at=at,
        due_on=due_on,
        changed_by=str(by),
        changed_at=at,
    )
    value = {"order": reference, "site": site, "kind": kind.value, "line": line, "due_on": due_on.isoformat()}
    ordered = about_line(
        BUILD_ORDERED, customer=card.customer, contract=card.contract, value=value, effective=due_on, at=at
    )
    record([ordered], by=by, at=at)
    return reference
