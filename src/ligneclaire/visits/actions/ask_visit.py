"""Say that somebody has to come, so that a time can be chosen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from ligneclaire.facts.record import hold
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import reference_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.queries import lines
from ligneclaire.visits.models import Need
from ligneclaire.visits.values import NeedEntry


class NoSuchNeed(Refused):
    """Nobody has to come under this reference any more."""


class LineOfAnother(Refused):
    """The records know no such line, or it is of another contract."""


@transaction.atomic
def ask_visit(*, need: NeedEntry, by: Actor, at: datetime) -> str:
    """Return the reference of the need; one that is open for this contract and purpose is brought up to date."""
    line = lines.card(need.line) if need.line else None
    if need.line and (line is None or line.contract != need.contract):
        raise LineOfAnother(line=need.line, contract=need.contract)
    hold({need.customer})
    said = asdict(need)
    kept = {
        "customer_id": said["customer"],
        "skill": need.skill,
        "territory_id": said["territory"],
        "line_id": need.line or None,
        "place": need.place,
        "task": need.task,
        "changed_by": str(by),
        "changed_at": at,
    }
    theirs = Need.objects.filter(contract=need.contract, purpose=need.purpose)
    known = theirs.filter(closed_at=None).first()
    if known:
        theirs.filter(pk=known.pk).update(**kept)
        return known.reference
    earlier = theirs.count()
    reference = reference_of("visit needed", need.contract, need.purpose, str(earlier))
    Need.objects.create(reference=reference, contract=need.contract, purpose=need.purpose, asked_at=at, **kept)
    return reference
