"""Jobs that keep the figures up to date, apart from whatever somebody waits for."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from ligneclaire.figures.actions.roll_up import roll_up
from ligneclaire.figures.rules import Span
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.operator import NoOperator

LATELY, AGAIN = timedelta(days=1), timedelta(days=31)  # what was unconfirmed yesterday may be known to be kept today


@app.periodic(cron="37 * * * *")
@app.task(queue="housekeeping", queueing_lock="count_today")
def count_today(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Count today and yesterday once an hour."""
    _count(LATELY)


@app.periodic(cron="52 2 * * *")
@app.task(queue="housekeeping", queueing_lock="count_again")
def count_again(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Count the last month anew each night."""
    _count(AGAIN)


def _count(back: timedelta) -> None:
    at = now()
    try:
        house = operator.current()
    except NoOperator:
        return
    today = house.calendar.date_of(at)
    roll_up(span=Span(first=today - back, last=today), zone=house.zone, by=SYSTEM, at=at)
