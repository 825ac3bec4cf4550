"""Jobs of the voice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue, TimeDeltaParams

from ligneclaire.channels.outgoing import NotYet, Undeliverable
from ligneclaire.channels.rules import patience
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.voice.dispatch import attempt, dispatch_answer, dispatch_batch, dispatch_code
from ligneclaire.voice.queries import left_behind
from ligneclaire.voice.rules.guests import Answer

CODE_WAITS = 10  # seconds: whoever asked for it sits before the screen
log = structlog.get_logger("ligneclaire.voice")


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def send(message: str, tried: int = 0) -> None:
    """Let one message leave; where it could not be handed over yet, its next job is written with that."""
    uuid = UUID(message)
    with transaction.atomic():
        made = attempt(message=uuid, tried=tried, by=SYSTEM, at=now())
        if made.again_in:
            send.configure(schedule_in=_seconds(made.again_in)).defer(message=message, tried=tried + 1)


@app.periodic(cron="23 * * * *")
@app.task(queue="housekeeping", queueing_lock="send_what_was_left")
def send_what_was_left(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Give a job to each message whose own failed for good or was lost; the disk was full, say, for an hour."""
    with transaction.atomic():
        send_later(left_behind.messages(at=now()))


def send_later(messages: Mapping[UUID, int]) -> None:
    """Give each message its job, in the transaction that writes it; the number is how often it was tried."""
    if messages:
        jobs: list[dict[str, JSONValue]] = [{"message": str(uuid), "tried": tried} for uuid, tried in messages.items()]
        send.batch_defer(*jobs)


def send_after(message: UUID, *, seconds: int) -> None:
    """Give one message its job for a little later, so that whoever wrote it can take it back."""
    send.configure(schedule_in={"seconds": seconds}).defer(message=str(message))


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=3, wait=2))
def send_code(code: str) -> None:
    """Let one code leave while it is good; the job names the row, from which nobody can tell the code."""
    try:
        dispatch_code(code=UUID(code), at=now())
    except NotYet as later:
        log.warning("a code could not be handed over yet", code=code, answer=_without_address(later))
        send_code.configure(priority=10, schedule_in={"seconds": CODE_WAITS}).defer(code=code)
    except Undeliverable as refused:
        log.warning("a code was refused", code=code, answer=_without_address(refused))


def send_code_later(code: UUID) -> None:
    """Give a code its job, in the transaction that asks for it; codes go before messages."""
    send_code.configure(priority=10).defer(code=str(code))


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def answer_guest(request: str, answer: str, failing_since: str | None = None) -> None:
    """Let a few lines leave for a guest."""
    at = now()
    since = datetime.fromisoformat(failing_since) if failing_since else at
    try:
        dispatch_answer(request=request, answer=Answer(answer), at=at)
    except NotYet as later:
        again_in = patience.wait(at - since)
        said = _without_address(later)
        log.warning("an answer could not be handed over yet", request=request, answer=said, again_in=again_in)
        if again_in:
            again = answer_guest.configure(schedule_in=_seconds(again_in))
            again.defer(request=request, answer=answer, failing_since=since.isoformat())
    except Undeliverable as refused:
        log.warning("an answer was refused", request=request, answer=_without_address(refused))


def answer_guest_later(request: str, answer: Answer) -> None:
    """Give an answer to a guest its job, in the transaction that calls for it."""
    answer_guest.defer(request=request, answer=answer)


@app.task(queue="bulk", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def write_batch(batch: str) -> None:
    """Write the folder of a batch of letters."""
    dispatch_batch(batch=batch, by=SYSTEM, at=now())


def write_batch_later(batch: str) -> None:
    """Give a batch its job, in the transaction that makes it."""
    write_batch.defer(batch=batch)


def _seconds(wait: timedelta) -> TimeDeltaParams:
    return {"seconds": int(wait.total_seconds())}


def _without_address(failed: NotYet | Undeliverable) -> str:
    return str(failed.values["answer"]).partition("<")[0].strip()
