"""What an adviser's day is made of: every list with its heading, and the messages that are on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.people.queries import customers
from ligneclaire.people.queries.customers import CustomerGlance
from ligneclaire.voice.queries import waiting
from ligneclaire.voice.queries.day import Day, DayList
from ligneclaire.voice.rules.state import Hold, Rules

COMING, TROUBLES = "coming", "troubles"
HEADINGS: Mapping[str, Promise] = {
    DayList.CUTS: _("Lines that were cut"),
    DayList.CALLBACKS: _("Call-backs with a time"),
    DayList.PROMISES: _("Promised by today"),
    DayList.TOLD: _("Promises at risk"),
    DayList.ENTRIES: _("Waiting for an answer"),
    DayList.REVIEWS: _("Waiting for a second look"),
    DayList.WRITINGS: _("Begun and not sent"),
    DayList.QUESTIONS: _("Contradictions"),
    DayList.CASES: _("My cases"),
    DayList.STEPS: _("Steps whose day has passed"),
    DayList.UNDELIVERED: _("Messages that could not be delivered"),
    DayList.MAILS: _("E-mails of nobody yet"),
    DayList.REASONS: _("Reasons to decide"),
    DayList.REQUESTS: _("Requests to match with a contract"),
    COMING: _("Messages that wait"),
    TROUBLES: _("Not understood or set aside"),
}
ROWS: Mapping[str, str] = {
    DayList.CALLBACKS: "promises",
    DayList.TOLD: "told",
    DayList.ENTRIES: "entries",
    DayList.REASONS: "requests",
}
QUIET = {DayList.CASES, DayList.WRITINGS, COMING}  # they wait, but nothing is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A customer to whom a message is on its way, and what happens to it next."""

    customer: CustomerGlance
    next: Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A list as the overview names it."""

    name: str
    heading: Promise
    total: int
    is_quiet: bool


def overview(day: Day) -> list[Counted]:
    """How much there is of everything of which there is something."""
    totals = {name: listed.total for name, listed in day.lists.items()} | {COMING: day.coming, TROUBLES: day.troubles}
    return [
        Counted(name=name, heading=heading, total=totals[name], is_quiet=name in QUIET)
        for name, heading in HEADINGS.items()
        if totals[name]
    ]


def template_of(name: str) -> str:
    """What draws the rows of a list."""
    return f"desk/today/_{ROWS.get(name, name)}.html"


def coming(*, at: datetime, limit: int, skip: int = 0, current: Rules) -> list[Coming]:
    """To whom messages are on their way, soonest first."""
    found = waiting.next_ones(at=at, limit=limit, skip=skip, current=current)
    held = {customer: one.holds for customer, one in found.items() if one.holds}
    glances = customers.glances(held)
    rows = [
        Coming(customer=glances[customer], next=min(holds, key=lambda hold: hold.until or at))
        for customer, holds in held.items()
    ]
    return sorted(rows, key=lambda one: (one.next.until or at, one.customer.number))
