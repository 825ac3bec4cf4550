"""What other systems are answered."""

from __future__ import annotations

from typing import Literal

from ninja import Field, Schema

from ligneclaire.facts.stated import Answer as Recorded
from ligneclaire.voice.actions.state_facts import Taken


class Unreadable(Exception):
    """A body of which nothing can be taken in."""

    def __init__(self, status: int, field: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.field, self.reason = status, field, reason


PROBLEM = "application/problem+json"


class Problem(Schema):
    """Why this door does not open, or that there is none (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    scope: str | None = Field(default=None, description="The scope that the token lacks.")


SHUT = {
    status: {"description": title, "content": {PROBLEM: {"schema": Problem.model_json_schema()}}}
    for status, title in ((401, "Unauthorized"), (403, "Forbidden"))
}
"""How each operation describes that its door is shut."""


class Refusal(Schema):
    """Why a request was refused as a whole."""

    field: str = Field(description="The header, or `body`, that is wrong.")
    reason: str


class Answer(Schema):
    """What became of one item."""

    index: int = Field(description="Its place in the request, from 0; empty lines do not count.")
    id: str | None = Field(description="Its id as far as it could be read.")
    status: Literal["accepted", "already known", "refused"]
    field: str | None = Field(default=None, description="What is wrong, when it was refused.")
    reason: str | None = Field(default=None, description="Why it was refused.")


def answer(index: int, name: str | None, taken: Taken) -> Answer:
    """Say what became of the item in this place."""
    if taken.problem:
        return Answer(index=index, id=name, status="refused", field=taken.problem.field, reason=taken.problem.reason)
    known = taken.answer is Recorded.KNOWN
    return Answer(index=index, id=name, status="already known" if known else "accepted")
