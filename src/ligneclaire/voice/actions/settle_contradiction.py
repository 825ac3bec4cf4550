"""The owner says which value is true; that is a fact, and the voice goes on from there."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from ligneclaire.cases.actions.settle_question import settle_question
from ligneclaire.facts.record import hold, record
from ligneclaire.facts.stated import Answer, Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.canonical import canonical
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.rules.state import SETTLEMENT


@transaction.atomic
def settle_contradiction(
    *, customer: str, subject: str, key: str, chosen: object, reason: str, by: Actor, at: datetime
) -> Answer:
    """Settle an open contradiction once; refused when there is none, or without a value of it or a reason."""
    refuse_unless(by, may=Right.SETTLE)
    hold([customer])
    values = settle_question(customer=customer, subject=subject, key=key, chosen=chosen, reason=reason, by=by, at=at)
    settled = Statement(
        source="voice",
        source_id=f"{SETTLEMENT}/{customer}/{subject}/{key}/{at.astimezone(UTC).isoformat()}",
        kind=SETTLEMENT,
        customer=customer,
        subject=subject,
        value={"key": key, "values": sorted(values, key=canonical), "chosen": chosen, "reason": reason.strip()},
        effective=None,
        at=at,
    )
    return record([settled], by=by, at=at)[0]
