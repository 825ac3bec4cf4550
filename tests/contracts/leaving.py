"""What guests and customers declare, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from procrastinate.contrib.django.models import ProcrastinateJob

from builders import the_story_world
from ligneclaire.contracts.values import Declaration, KeptFile
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import Actor, ActorKind

GUEST = Actor(ActorKind.DEPARTMENT, "space")
LENOIR = Actor(ActorKind.CUSTOMER, "C-2001")
NORA = Actor(ActorKind.ADVISER, "A-1")
NOON = datetime.fromisoformat("2026-11-20T12:00:00+01:00")


def a_form() -> UUID:
    """The key of a form that was just opened."""
    return uuid4()


def typed(**given: Any) -> Declaration:
    """What Mrs Lenoir types as a guest, unless something else is given."""
    usual = {"form": a_form(), "language": "fr", "surname": "Lenoir", "first_name": "Anne", "email": "a@example.org"}
    return Declaration(**{**usual, "lines": ("+33536490201",), "sender": "s", **given})


def ticked(*contracts: str, customer: str = "C-2001", **given: Any) -> Declaration:
    """What a customer who is signed in confirms."""
    return Declaration(**{"form": a_form(), "language": "fr", "customer": customer, "contracts": contracts, **given})


def a_file(name: str = "avis.pdf", sha256: str = "0" * 64) -> KeptFile:
    """A proof that lies in the folder of documents."""
    return KeptFile(name=name, kind="pdf", size=9, sha256=sha256, place="x/0.pdf", scan="clean", uploaded_at=NOON)


def facts() -> list[tuple[str, str, str | None, str]]:
    """All facts, as recorded: name, kind, customer, subject."""
    return list(Fact.objects.order_by("id").values_list("source_id", "kind", "customer", "subject"))


def answers() -> list[tuple[str, str]]:
    """What guests are going to be answered: the request, and with what."""
    jobs = ProcrastinateJob.objects.filter(task_name__endswith=".answer_guest").order_by("id")
    return [(args["request"], args["answer"]) for args in jobs.values_list("args", flat=True)]


def a_world_with_a_new_contract() -> Any:
    """The story's world, where Mr Perrin's fibre began on Friday 13 November 2026, and the Delmas have two lines."""
    world = the_story_world()
    customers = {customer["id"]: customer for customer in world["customers"]}
    customers["C-5001"]["contracts"][0]["since"] = "2026-11-13"
    return world
