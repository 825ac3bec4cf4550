"""`POST /api/facts`: departments state what is so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from ligneclaire.api import bodies, cloud_events
from ligneclaire.api.answers import SHUT, Answer, Refusal, answer
from ligneclaire.api.door import DepartmentToken
from ligneclaire.facts.stated import Priority
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.scopes import Scope
from ligneclaire.voice.actions.state_facts import state_facts
from ligneclaire.voice.intake import LIMITS, MANY, Parsed, Problem, parse

NAME = LIMITS["id"]
ALL_TAKEN, SOME_REFUSED, REFUSED = 200, 207, 422

router = Router(tags=["facts"])


class Statement(Schema):
    """What a department states, under an id that it never uses for anything else."""

    id: str = Field(max_length=NAME)
    at: datetime = Field(description="When it became so for the department, with its offset.")
    event: str = Field(description='"fact", or an event such as "termination.requested" or "fact.withdrawn".')
    source: str | None = Field(default=None, description="The department; it may be left out.")
    customer: str | None = Field(default=None, examples=["C-2001"])
    contract: str | None = Field(default=None, examples=["K-ADSL-1"])
    data: dict[str, Any] = Field(
        default_factory=dict,
        description="Of a fact: its topic as `key`, its `value`, and `effective`, the day from which it is so.",
        examples=[{"key": "closing_bill.date", "value": "2015-03-05"}],
    )


class CloudEvent(Schema):
    """A statement as a CloudEvent 1.0."""

    specversion: str = Field(examples=["1.0"])
    id: str
    source: str = Field(description='Its last part is the department: "billing", "/departments/billing".')
    type: str = Field(description="Our `event`.")
    time: datetime = Field(description="Our `at`.")
    subject: str | None = Field(
        default=None, description="Customer, contract or both.", examples=["C-2001/K-ADSL-1", "/K-ADSL-1"]
    )
    data: dict[str, Any] = Field(default_factory=dict)


ONE, EVENT = Statement.model_json_schema(), CloudEvent.model_json_schema()
BODY = {
    "responses": SHUT,
    "requestBody": {
        "required": True,
        "content": {
            bodies.JSON: {"schema": {"oneOf": [ONE, {"type": "array", "items": ONE}]}},
            **{lines: {"schema": {"type": "string", "description": "One object a line."}} for lines in bodies.LINES},
            bodies.EVENT: {"schema": EVENT},
            bodies.EVENTS: {"schema": {"type": "array", "items": EVENT}},
        },
    },
}


@router.post(
    "/facts",
    summary="State facts",
    auth=DepartmentToken(Scope.FACTS_WRITE),
    openapi_extra=BODY,
    response={
        ALL_TAKEN: Answer | list[Answer],
        SOME_REFUSED: list[Answer],
        (413, 415): Refusal,
        REFUSED: Answer | Refusal,
    },
)
def state(request: HttpRequest) -> Status[Answer | list[Answer]]:
    """State one fact, or many at once; each is answered, in its place.

    200 when everything was taken in or known before, 207 when some of a batch were refused, 422 when a single object
    was refused or the body cannot be read. What is not refused is recorded, whatever happens to the others. The same
    again changes nothing: whoever is not sure that a request arrived sends it again.
    """
    department: str = request.auth  # type: ignore[attr-defined]  # set by ninja
    body = bodies.read(request)
    items = [_read(item, department, is_event=body.are_events) for item in body.items]
    taken = state_facts(
        items=items,
        priority=Priority.BULK if len(items) > MANY else Priority.LIVE,
        by=Actor(ActorKind.DEPARTMENT, department),
        at=clock.now(),
    )
    if body.are_events:
        taken = tuple(map(cloud_events.in_their_words, taken))
    answers = [answer(index, _name(item), one) for index, (item, one) in enumerate(zip(body.items, taken, strict=True))]
    refused = any(one.status == "refused" for one in answers)
    if not body.is_batch:
        return Status(REFUSED if refused else ALL_TAKEN, answers[0])
    return Status(SOME_REFUSED if refused else ALL_TAKEN, answers)


def _read(item: object, department: str, *, is_event: bool) -> Parsed | Problem:
    if is_event and isinstance(item, dict):
        item = cloud_events.statement_of(item)
    return item if isinstance(item, Problem) else _as_department(item, department)


def _as_department(item: object, department: str) -> Parsed | Problem:
    """A department speaks as itself, whether it says so or not."""
    if isinstance(item, dict):
        source = item.get("source", department)
        if source != department:
            return Problem("source", f"this token speaks for {department!r} only, not for {source!r:.60}")
        item = item | {"source": department}
    return parse(item)


def _name(item: object) -> str | None:
    name = item.get("id") if isinstance(item, dict) else None
    return name[:NAME].encode(errors="replace").decode() if isinstance(name, str) else None
