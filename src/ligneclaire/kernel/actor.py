"""Who does something: a department or a clerk of it, an adviser, a customer, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The kinds of actor."""

    DEPARTMENT = "department"
    ADVISER = "adviser"
    CLERK = "clerk"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts, by kind and public number, printed as "department:billing"."""

    kind: ActorKind
    number: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


SYSTEM = Actor(ActorKind.SYSTEM, "ligneclaire")
