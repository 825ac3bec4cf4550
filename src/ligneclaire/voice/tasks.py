"""Jobs of the voice."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.voice.dispatch import dispatch, dispatch_answer, dispatch_code
from ligneclaire.voice.rules.guests import Answer


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def send(message: str) -> None:
    """Let one message leave."""
    dispatch(message=UUID(message), by=SYSTEM, at=now())


def send_later(messages: Sequence[UUID]) -> None:
    """Give each message its job, in the transaction that writes it."""
    if messages:
        jobs: list[dict[str, JSONValue]] = [{"message": str(uuid)} for uuid in messages]
        send.batch_defer(*jobs)


def send_after(message: UUID, *, seconds: int) -> None:
    """Give one message its job for a little later, so that whoever wrote it can take it back."""
    send.configure(schedule_in={"seconds": seconds}).defer(message=str(message))


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=3, wait=2))
def send_code(code: str) -> None:
    """Let one code leave; the job names the row, from which nobody can tell the code."""
    dispatch_code(code=UUID(code), at=now())


def send_code_later(code: UUID) -> None:
    """Give a code its job, in the transaction that asks for it; codes go before messages."""
    send_code.configure(priority=10).defer(code=str(code))


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def answer_guest(request: str, answer: str) -> None:
    """Let a few lines leave for a guest."""
    dispatch_answer(request=request, answer=Answer(answer), at=now())


def answer_guest_later(request: str, answer: Answer) -> None:
    """Give an answer to a guest its job, in the transaction that calls for it."""
    answer_guest.defer(request=request, answer=answer)
