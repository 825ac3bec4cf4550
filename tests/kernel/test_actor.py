"""An actor is a kind and a public number."""

from __future__ import annotations

from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind


def test_an_actor_prints_as_kind_and_number() -> None:
    assert str(Actor(ActorKind.DEPARTMENT, "billing")) == "department:billing"
    assert str(Actor(ActorKind.ADVISER, "A-1")) == "adviser:A-1"
    assert str(Actor(ActorKind.CUSTOMER, "C-2001")) == "customer:C-2001"
    assert str(SYSTEM) == "system:ligneclaire"
