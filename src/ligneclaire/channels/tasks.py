"""Jobs that keep lists quick, and have what came in looked at."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ligneclaire.channels import mailbox, virus
from ligneclaire.channels.actions.look_out import look_out
from ligneclaire.channels.actions.record_verdict import record_verdict
from ligneclaire.channels.queries import verdicts
from ligneclaire.channels.queries.verdicts import Unchecked
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now

MOST_LEFT = 1000  # in an hour


@app.periodic(cron="47 * * * *")
@app.task(queue="housekeeping", queueing_lock="look_out")
def look_out_for_waiting(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Once an hour."""
    look_out(by=SYSTEM, at=now())


@app.task(queue="scans", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def check_mail(mail: str) -> None:
    """Have the virus scanner look at an e-mail and its files; while it is silent that is tried again for an hour."""
    _check(verdicts.of_mail(UUID(mail)))


@app.periodic(cron="52 * * * *")
@app.task(queue="scans", lock="check_what_was_left", queueing_lock="check_what_was_left")
def check_what_was_left(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Have it look at what it was silent about, and at what came before there was one."""
    if virus.is_there():
        _check(verdicts.left(limit=MOST_LEFT))


def check_mail_later(mail: UUID) -> None:
    """Give an e-mail its job, in the transaction that writes it down; none where there is no scanner."""
    if virus.is_there():
        check_mail.defer(mail=str(mail))


def _check(found: Iterable[Unchecked]) -> None:
    """Ask about each outside of any transaction: a scanner may take its time.

    One that it says nothing about holds up no other, and is asked about again. Raises `ScannerSilent`, at once where it
    says nothing at all.
    """
    silent: virus.ScannerSilent | None = None
    for one in found:
        try:
            said = _said(one)
        except virus.ScannerSilent as nothing:
            if not virus.is_awake():
                raise
            silent = nothing
            continue
        record_verdict(sha256=one.sha256, found=said, by=SYSTEM, at=now())
    if silent:
        raise silent


def _said(one: Unchecked) -> str:
    """What it finds in one, or why it takes none of that size; nothing where all is well."""
    try:
        virus.check(mailbox.the_kept(one.place))
    except virus.Infected as infected:
        return str(infected.values["found"])
    except virus.TooLargeToCheck as large:
        return str(large.values["reason"])
    return ""
