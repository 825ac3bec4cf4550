"""Promise a customer something by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.promises.rules import SpokenState


class PromisedForThePast(Refused):
    """What is promised must lie ahead: today or later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was promised in somebody's own words; `at_time` where the customer waits for an hour."""

    text: str
    due_on: date
    at_time: time | None = None

    def as_typed(self) -> dict[str, str]:
        """As it is typed at the desk."""
        at_time = f"{self.at_time:%H:%M}" if self.at_time else ""
        return {"promise": self.text, "due_on": self.due_on.isoformat(), "at_time": at_time}


def give_promise(
    *, given: Given, customer: str, made_in: UUID, owner: str, today: date, by: Actor, at: datetime
) -> None:
    """Write down the one promise made in an entry or a message; the caller holds the customer."""
    if given.due_on < today:
        raise PromisedForThePast(due_on=given.due_on, today=today)
    SpokenPromise.objects.create(
        uuid=uuid_of("spoken", str(made_in)),
        customer=customer,
        made_in=made_in,
        text=given.text,
        due_on=given.due_on,
        due_time=given.at_time,
        owner_id=owner,
        made_at=at,
        state=SpokenState.OPEN,
    )
