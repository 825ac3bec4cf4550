"""What waits for people today, each list with its own first and with how much there is, all in one query."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import TypeAdapter

from ligneclaire.facts.sql import named

SQL = named(Path(__file__).with_suffix(".sql"))
AT_RISK = timedelta(days=2)  # before its day a promise that nothing proves yet is looked at
COUNTED = ("troubles", "coming")
LIST = """
    SELECT '{name}', count(*), count(*) FILTER (WHERE is_mine), (
        WITH chosen AS (
            SELECT * FROM {name} ORDER BY is_mine DESC, rank, id LIMIT %(limit)s OFFSET %(skip)s
        )
        SELECT jsonb_agg(to_jsonb(one) ORDER BY one.is_mine DESC, one.rank, one.id)
        FROM ({shown}) AS one
    )::text
    FROM {name}
"""


class DayList(enum.StrEnum):
    """What a day consists of."""

    CUTS = "cuts"
    """Lines that the network cut and that do not work yet."""
    CALLBACKS = "callbacks"
    """Promised for an hour: the customer waits at that time."""
    PROMISES = "promises"
    """Promised in somebody's own words by today."""
    TOLD = "told"
    """A date that a message told, which is near or has passed, and nothing proves that it was kept."""
    QUESTIONS = "questions"
    ENTRIES = "entries"
    """What customers wrote and nobody has answered."""
    CASES = "cases"
    STEPS = "steps"
    """Steps of plans whose day has passed in silence."""
    UNDELIVERED = "undelivered"
    MAILS = "mails"
    REQUESTS = "requests"
    REASONS = "reasons"
    WRITINGS = "writings"
    REVIEWS = "reviews"
    """Messages of one of us that a second adviser looks at before they leave; mine are those I may look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A line that the network cut, and the day by which it works again."""

    is_mine: bool
    customer: str
    customer_name: str
    plan: UUID
    subject: str
    cut_at: datetime
    expected_on: date | None
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What one of us promised a customer in their own words."""

    is_mine: bool
    uuid: UUID
    customer: str
    customer_name: str
    text: str
    due_on: date
    at_time: time | None
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """A promise that a message made, its day near or past."""

    is_mine: bool
    customer: str
    customer_name: str
    key: str
    matter: str
    due_on: date
    state: str
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A contradiction that waits to be settled."""

    is_mine: bool
    customer: str
    customer_name: str
    key: str
    claims: tuple[Mapping[str, Any], ...]
    asked_at: datetime
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """What a customer wrote and nobody has answered; without the words where others answer for the customer."""

    is_mine: bool
    uuid: UUID
    customer: str
    customer_name: str
    medium: str
    text: str
    happened_at: datetime
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """An open case that does not rest."""

    is_mine: bool
    reference: str
    customer: str
    customer_name: str
    kind: str
    opened_at: datetime
    owner: str
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateStep:
    """A step of a plan whose day passed in silence: somebody asks the department, before the customer does."""

    is_mine: bool
    customer: str
    customer_name: str
    kind: str
    name: str
    department: str
    expected_on: date
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A message that a customer does not have, and the server's words."""

    is_mine: bool
    message: UUID
    customer: str
    customer_name: str
    subject: str
    destination: tuple[str, ...]
    answer: str
    since: datetime
    state: str
    channel: str
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """An e-mail of nobody yet."""

    is_mine: bool
    mail: UUID
    subject: str
    sender: str
    sender_name: str
    is_automatic: bool
    since: datetime
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """A request to end a contract that waits for a person."""

    is_mine: bool
    reference: str
    kind: str
    name: str
    received_at: datetime
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A message that was begun and not sent."""

    is_mine: bool
    uuid: UUID
    customer: str
    customer_name: str
    subject: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A message that waits for a second adviser."""

    is_mine: bool
    uuid: UUID
    customer: str
    customer_name: str
    subject: str
    asked_at: datetime
    author_name: str


ROWS: Mapping[DayList, tuple[type, str]] = {
    DayList.CUTS: (Cut, "cuts"),
    DayList.CALLBACKS: (Spoken, "promises"),
    DayList.PROMISES: (Spoken, "promises"),
    DayList.TOLD: (AtRisk, "told"),
    DayList.QUESTIONS: (Contested, "questions"),
    DayList.ENTRIES: (Unanswered, "entries"),
    DayList.CASES: (Owned, "cases"),
    DayList.STEPS: (LateStep, "steps"),
    DayList.UNDELIVERED: (Undelivered, "undelivered"),
    DayList.MAILS: (Unmatched, "mails"),
    DayList.REQUESTS: (Requested, "requests"),
    DayList.REASONS: (Requested, "requests"),
    DayList.WRITINGS: (Begun, "writings"),
    DayList.REVIEWS: (HandedIn, "reviews"),
}
ADAPTERS: Mapping[DayList, TypeAdapter[Any]] = {
    name: TypeAdapter(tuple[shape, ...])  # type: ignore[valid-type]  # one of the shapes above
    for name, (shape, _) in ROWS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The first rows of a list, mine before those of others, and how many there are in all."""

    rows: tuple[Any, ...]
    total: int
    mine: int
    skipped: int = 0

    @property
    def more(self) -> int:
        """How many come after these."""
        return self.total - self.skipped - len(self.rows)

    @property
    def others(self) -> int:
        """How many wait for colleagues."""
        return self.total - self.mine

    @property
    def more_of_mine(self) -> int:
        """How many of mine come after these."""
        return self.mine - len(self.of_mine)

    @property
    def more_of_others(self) -> int:
        """How many of colleagues' come after these."""
        return self.others - len(self.of_others)

    @property
    def of_mine(self) -> list[Any]:
        """Those that wait for whoever looks."""
        return [one for one in self.rows if one.is_mine]

    @property
    def of_others(self) -> list[Any]:
        """Those that wait for colleagues."""
        return [one for one in self.rows if not one.is_mine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Every list of a day; of troubles and of messages that wait, how many there are."""

    lists: Mapping[str, Listed]
    troubles: int
    coming: int


def of(adviser: str, *, covered: Collection[str] = (), today: date, limit: int) -> Day:
    """Everything that waits today as one adviser sees it: theirs and of those whom they cover, then others'."""
    lists, counts = _ask(list(DayList), COUNTED, (adviser, *covered), today, limit=limit, skip=0)
    return Day(lists=lists, **counts)


def counts() -> Day:
    """How many troubles and messages that wait there are."""
    with connection.cursor() as cursor:
        cursor.execute("\nUNION ALL\n".join(_counts(COUNTED)))
        return Day(lists={}, **{name: total for name, total, *_ in cursor.fetchall()})


def one(name: DayList, adviser: str, *, covered: Collection[str] = (), today: date, limit: int, skip: int) -> Listed:
    """A page of one list."""
    lists, _ = _ask([name], (), (adviser, *covered), today, limit=limit, skip=skip)
    return lists[name]


def _ask(
    names: Sequence[DayList], counted: Sequence[str], answered: Sequence[str], today: date, *, limit: int, skip: int
) -> tuple[dict[str, Listed], dict[str, int]]:
    """Ask for lists as the first of those sees them for whom somebody answers."""
    given: dict[str, str | int | date | list[str]]
    given = {"adviser": answered[0], "answered": list(answered), "today": today, "soon": today + AT_RISK}
    given |= {"limit": limit, "skip": skip}
    with connection.cursor() as cursor:
        cursor.execute(_statement(names, counted), given)
        found = {name: (total, mine, rows) for name, total, mine, rows in cursor.fetchall()}
    lists = {
        str(name): Listed(
            rows=ADAPTERS[name].validate_json(found[name][2] or "[]"),
            total=found[name][0],
            mine=found[name][1],
            skipped=skip,
        )
        for name in names
    }
    return lists, {name: found[name][0] for name in counted}


def _statement(names: Sequence[DayList], counted: Sequence[str]) -> str:
    """Each list is found by few columns and counted; only the rows that are shown are looked up."""
    found = ",\n".join(f"{name} AS ({SQL[f'{name}_found']})" for name in names)
    lists = [LIST.format(name=name, shown=_with_place(SQL[f"{ROWS[name][1]}_shown"])) for name in names]
    return f"WITH {SQL['answered']},\n{found}\n" + "\nUNION ALL\n".join([*lists, *_counts(counted)])


def _counts(names: Sequence[str]) -> list[str]:
    return [f"SELECT '{name}', ({SQL[f'{name}_count']}), 0, NULL::text" for name in names]


def _with_place(shown: str) -> str:
    return shown.replace("SELECT ", "SELECT chosen.id, chosen.is_mine, chosen.rank, ", 1)
