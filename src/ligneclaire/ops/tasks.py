"""Upkeep of the job runner itself, and what is done each day."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.ops import print_house
from ligneclaire.people import copies
from ligneclaire.people.actions.drop_record_copies import drop_record_copies
from ligneclaire.people.queries import record_copies
from ligneclaire.transfer.actions.prepare_record_copy import prepare_record_copy

HEARTBEAT = 5.0  # seconds between signs of life of a worker
SILENT = 20.0  # seconds without one after which a worker counts as dead
MOST_CUTS = 5  # a job that is cut off so often is the cause rather than the victim
log = structlog.get_logger("ligneclaire.jobs")


@app.periodic(cron="* * * * * */5")
@app.task(queue="housekeeping", queueing_lock="bring_back_jobs", name="ops.bring_back_jobs")
async def bring_back_jobs(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Let the jobs of workers that were killed run again."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        if job.attempts < MOST_CUTS:
            log.warning("job brought back", job=job.id, task=job.task_name, attempts=job.attempts)
            await app.job_manager.retry_job(job)
        else:
            log.error("job given up: its worker died each time", job=job.id, task=job.task_name, attempts=job.attempts)
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="bulk", queueing_lock="batch_letters", name="ops.batch_letters")
def batch_letters(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Hand the letters that left by the hour of the day to the print house, once that hour is past."""
    print_house.hand_over_daily(by=SYSTEM, at=now())


@app.periodic(cron="* * * * *")
@app.task(queue="bulk", queueing_lock="prepare_record_copies", lock="record_copies", name="ops.prepare_record_copies")
def prepare_record_copies(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Prepare what customers asked to have of everything about them, and drop what they had for a week."""
    copies.clear()
    drop_record_copies(by=SYSTEM, at=now())
    for card in record_copies.to_prepare():
        try:
            prepare_record_copy(card=card, by=SYSTEM, at=now())
        except Exception:  # one that fails holds up no other, and is tried again in a minute
            log.exception("a copy could not be prepared", copy=str(card.uuid))
