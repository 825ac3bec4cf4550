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

from ligneclaire.cases.actions.receive_text import receive_text
from ligneclaire.channels.actions.join_what_came import join_what_came
from ligneclaire.channels.actions.record_receipt import PartUnknown
from ligneclaire.channels.outgoing import NotYet, Undeliverable
from ligneclaire.channels.queries import messages
from ligneclaire.channels.rules import patience
from ligneclaire.channels.sms.inbound import Receipt
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.voice.dispatch import Elsewhere, attempt, dispatch_answer, dispatch_batch, dispatch_code, offer
from ligneclaire.voice.dispatch import take_receipt as dispatch_receipt
from ligneclaire.voice.queries import left_behind
from ligneclaire.voice.rules.guests import Answer

TEXTS = "sms"  # the queue of the process that has the connection to the short-message centre
RECEIPT_WAITS = (1, 5, 30, 120)  # seconds
CODE_WAITS = 10  # seconds: whoever asked for it sits before the screen
log = structlog.get_logger("ligneclaire.voice")


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def send(message: str, tried: int = 0) -> None:
    """Let one message leave; where it could not be handed over yet, its next job is written with that."""
    uuid = UUID(message)
    doubtful = offer(message=uuid, tried=tried, by=SYSTEM, at=now())
    with transaction.atomic():
        made = attempt(message=uuid, tried=tried, by=SYSTEM, at=now(), doubtful=doubtful)
        if made.elsewhere:
            send.configure(queue=TEXTS).defer(message=message, tried=tried)
        elif made.again_in:
            again = messages.by_uuid(uuid)
            assert again is not None
            send.configure(schedule_in=_seconds(made.again_in)).defer(message=message, tried=again.tried)
        elif made.instead:
            send_later({made.instead: 0})


@app.periodic(cron="23 * * * *")
@app.task(queue="housekeeping", queueing_lock="send_what_was_left")
def send_what_was_left(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Give a job to each message whose own failed for good or was lost; the disk was full, say, for an hour."""
    with transaction.atomic():
        send_later(left_behind.messages(at=now()))


def send_later(written: Mapping[UUID, int]) -> None:
    """Give each message its job, in the transaction that writes it; the number is how often it was tried."""
    if written:
        jobs: list[dict[str, JSONValue]] = [{"message": str(uuid), "tried": tried} for uuid, tried in written.items()]
        send.batch_defer(*jobs)


def send_after(message: UUID, *, seconds: int) -> None:
    """Give one message its job for a little later, so that whoever wrote it can take it back."""
    send.configure(schedule_in={"seconds": seconds}).defer(message=str(message))


@app.task(queue="live-out", retry=RetryStrategy(max_attempts=3, wait=2))
def send_code(code: str) -> None:
    """Let one code leave while it is good; the job names the row, from which nobody can tell the code."""
    try:
        dispatch_code(code=UUID(code), at=now())
    except Elsewhere:
        send_code.configure(queue=TEXTS, priority=10).defer(code=code)
    except NotYet as later:
        log.warning("a code could not be handed over yet", code=code, answer=_without_address(later))
        send_code.configure(priority=10, schedule_in={"seconds": CODE_WAITS}).defer(code=code)
    except Undeliverable as refused:
        log.warning("a code was refused", code=code, answer=_without_address(refused))


def send_code_later(code: UUID) -> None:
    """Give a code its job, in the transaction that asks for it; codes go before messages."""
    send_code.configure(priority=10).defer(code=str(code))


@app.task(queue="live-in", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def take_receipt(centre_id: str, state: str, error: str, tried: int = 0) -> None:
    """Bring the state of a text message; a receipt that is faster than we are comes again."""
    receipt = Receipt(centre_id=centre_id, state=state, error=error)
    with transaction.atomic():
        try:
            instead = dispatch_receipt(receipt=receipt, by=SYSTEM, at=now())
        except PartUnknown:
            if tried == len(RECEIPT_WAITS):
                log.warning("a receipt of nothing known", centre_id=centre_id, state=state)
                return
            again = take_receipt.configure(schedule_in={"seconds": RECEIPT_WAITS[tried]})
            again.defer(centre_id=centre_id, state=state, error=error, tried=tried + 1)
            return
        if instead:
            send_later({instead: 0})


@app.periodic(cron="41 * * * *")
@app.task(queue="housekeeping", queueing_lock="take_what_never_came_whole")
def take_what_never_came_whole(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Take in long text messages of which parts are missing for a day, with their gaps."""
    at = now()
    with transaction.atomic():
        for text in join_what_came(by=SYSTEM, at=at):
            receive_text(text=text, by=SYSTEM, at=at)


def take_receipt_later(receipt: Receipt) -> None:
    """Give a receipt its job, before the centre hears that we have it."""
    take_receipt.defer(centre_id=receipt.centre_id, state=receipt.state, error=receipt.error)


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
