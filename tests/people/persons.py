"""Words for tests in which two numbers turn out to be one person."""

from __future__ import annotations

from datetime import UTC, datetime

from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.actions.merge_customers import merge_customers
from ligneclaire.people.actions.unmerge_customer import unmerge_customer
from ligneclaire.people.queries import merging

NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
SAME = "Même personne, vérifié au téléphone."


def merge(number: str, into: str, *, reason: str = SAME, by: Actor = NORA, at: datetime = MONDAY) -> str:
    """Merge them as they are now."""
    seen = merging.to_merge(number, into).mark
    return merge_customers(number=number, into=into, seen=seen, reason=reason, by=by, at=at)


def unmerge(number: str, *, reason: str = "Deux personnes.", by: Actor = NORA, at: datetime = MONDAY) -> str:
    """Take it back."""
    return unmerge_customer(number=number, reason=reason, by=by, at=at)
