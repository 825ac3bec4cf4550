"""A small operator to look at: the stories, moved by whole weeks so that a contradiction is open today."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.contracts.rules import rio
from ligneclaire.figures.actions.roll_up import roll_up
from ligneclaire.figures.rules import Span
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar, DayKind, add_months
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.set_field_work import set_field_work
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.queries import advisers, departments, logins, operator
from ligneclaire.people.rules.plain import plain
from ligneclaire.simulation import workday
from ligneclaire.simulation.replay import Deliver, drain, replay
from ligneclaire.simulation.world import import_world
from ligneclaire.visits.actions.ask_visit import ask_visit
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import hold_slot
from ligneclaire.visits.queries import needs
from ligneclaire.visits.states import Purpose
from ligneclaire.visits.values import Window
from ligneclaire.voice.actions.keep_standard_text import keep_standard_text
from ligneclaire.voice.queries.standard_texts import Wording
from ligneclaire.voice.wording.texts import LANGUAGES

PARIS = ZoneInfo("Europe/Paris")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)

OPEN = "2-five-goodbyes.jsonl"
MAILS = "*.eml"
TEXTS = "standard-texts.json"
REFUSED = {"m5", "m7", "m9"}  # an answer without its date, a visit without its pair, a pair that is somebody's
OTHERS = ("1-the-reward-that-moved.jsonl", "4-the-month-without-a-line.jsonl")
# In the week of the story: when its contradiction is raised, and when its letter leaves at the latest.
RAISED = datetime(2015, 2, 15, 11, 20, tzinfo=PARIS)
LEAVES = datetime(2015, 2, 17, 8, 0, tzinfo=PARIS)
WORKING = [day for n in range(11) if (day := date(2015, 2, 10) + n * DAY).weekday() < 5]  # noqa: PLR2004 - Monday to Friday
TO_LOOK = timedelta(hours=12)  # how long it stays open at least

OPERATOR, BOUND = "01", "K-MOB-31"
SUPERVISOR = "A-3"
TECHNICIAN = {
    "id": "A-4",
    "name": "Marc Vidal",
    "phone": "+33639980931",
    "email": "marc.vidal@ligneclaire.example",
    "territories": [],
    "languages": ["fr"],
    "backup": "A-2",
}
VISITED, TASK = "K-FIX-7", "Vérifier la prise et la paire : la ligne grésille quand il pleut."
TWO_HOURS, STARTS, TO_BOOK = timedelta(hours=2), (time(8), time(10), time(13), time(15)), 7
COUNTED = timedelta(days=60)

CAN = ["copper", "fibre"]
HOURS = [
    {"weekday": day, "starts": starts, "ends": ends}
    for day in range(1, 6)
    for starts, ends in (("08:00", "12:00"), ("13:00", "17:00"))
]
TECHNICIANS = [
    {"id": number, "name": name, "mobile": mobile, "skills": CAN, "territories": [territory], "hours": HOURS} | account
    for number, name, mobile, territory, account in (
        ("T-1", "Marc Vidal", "+33639980931", "63", {"adviser": TECHNICIAN["id"]}),
        ("T-2", "Inès Faure", "+33639980932", "63", {}),
        ("T-3", "Paul Mercier", "+33639980933", "75", {}),
        ("T-4", "Lise Garnier", "+33639980934", "33", {}),
    )
]

A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class StoryRefused(Refused):
    """A story does not fit into this system; `lines` says which of its lines and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who can log in to the demo: an adviser, or a clerk of a department, who is called as it is."""

    username: str
    name: str
    is_clerk: bool = False
    supervises: bool = False
    makes_visits: bool = False


def days_ahead(now: datetime, *, calendar: Calendar) -> int:
    """The fewest whole days by which the demo's clock must differ for the story's contradiction to be open."""
    distances = chain([0], chain.from_iterable((-n, n) for n in count(1)))
    return next(days for days in distances if _is_open(now.astimezone(PARIS) + days * DAY, calendar))


def prepare(*, world: Path, stories: Path, password: str, deliver: Deliver, at: datetime) -> tuple[Account, ...]:
    """Fill an empty system with what happened in the stories up to an instant; one that is filled stays as it is."""
    if not is_prepared():
        events = _all_events(stories, at.astimezone(PARIS))
        before = min(datetime.fromisoformat(str(event["at"])) for event in events) - DAY
        document = json.loads(world.read_text(encoding="utf-8"))
        _add_terms(document, today=at.astimezone(PARIS).date())
        document["technicians"], document["advisers"] = TECHNICIANS, [*document["advisers"], TECHNICIAN]
        import_world(document, by=SYSTEM, at=before)
        run = replay([json.dumps(event).encode() for event in events], deliver=deliver, settlements={}, until=at)
        unexpected = [(line, why) for line, why in run.refused if events[line - 1]["id"] not in REFUSED]
        if unexpected:
            raise StoryRefused(lines=unexpected)
        for mail in sorted(stories.glob(MAILS)):
            receive_mail(raw=mail.read_bytes(), envelope=None, by=SYSTEM, at=at)
        _account(SUPERVISOR, advisers.cards([SUPERVISOR])[SUPERVISOR].name, password, at)  # who words the texts
        _keep_texts(stories / TEXTS, at)
        workday.begin(stories, calendar=operator.current().calendar, at=at)
        today = at.astimezone(PARIS).date()
        roll_up(span=Span(first=today - COUNTED, last=today), zone=PARIS.key, by=SYSTEM, at=at)
        _book_a_visit(operator.current().calendar, at)
        drain(deliver=deliver, until=at)  # that it is booked is told before anybody looks
    clerks = [_clerk(code, name, password, at) for code, name in _departments_of(stories).items()]
    return (*(_account(card.number, card.name, password, at) for card in advisers.listed()), *clerks)


def is_prepared() -> bool:
    """Whether advisers can log in, which comes when all has happened."""
    known = advisers.listed()
    return bool(known) and all(advisers.has_login(card.number) for card in known)


def _is_open(here: datetime, calendar: Calendar) -> bool:
    weeks = _weeks(here) * WEEK
    if not RAISED + weeks < here < LEAVES + weeks - TO_LOOK:
        return False
    return all(calendar.is_day(day + weeks, DayKind.OUVRE) for day in WORKING)


def _weeks(here: datetime) -> int:
    """By how many weeks the story moves to begin before this instant of Paris."""
    return (here - RAISED) // WEEK


def _add_terms(document: dict[str, Any], *, today: date) -> None:
    """Give every line its RIO, and one customer a commitment of two years in its fifteenth month."""
    mobile = {offer["code"] for offer in document["offers"] if offer["kind"] == "mobile"}
    for contract in (contract for customer in document["customers"] for contract in customer["contracts"]):
        contract["rio"] = str(
            rio.build(
                operator=OPERATOR,
                quality="P" if contract["offer"] in mobile else "F",
                reference=contract["id"].replace("-", "").ljust(6, "0")[:6],
                number=contract["line"],
                on=today,
            )
        )
        if contract["id"] == BOUND:
            contract["commitment"] = {
                "accepted_on": add_months(today, -14).isoformat(),
                "months": 24,
                "subsidised_handset": True,
                "clause": "12.3",
                "before_month_twelve": "to month twelve, then part",
            }


def _keep_texts(file: Path, at: datetime) -> None:
    by = Actor(ActorKind.ADVISER, SUPERVISOR)
    for one in json.loads(file.read_text(encoding="utf-8")):
        words = {language: Wording(**one[language]) for language in LANGUAGES}
        keep_standard_text(
            text=uuid_of("standard text", one["shortcut"]),
            name=one["name"],
            shortcut=one["shortcut"],
            words=words,
            seen=0,
            by=by,
            at=at,
        )


def _all_events(stories: Path, here: datetime) -> list[dict[str, object]]:
    """The story that is open now, and the others so that they ended within the last week."""
    events = [*_events(stories / OPEN, weeks=_weeks(here))]
    for name in OTHERS:
        last = max(datetime.fromisoformat(str(event["at"])) for event in _events(stories / name, weeks=0))
        events += _events(stories / name, weeks=(here - DAY - last.astimezone(PARIS)) // WEEK)
    return events


def _events(story: Path, *, weeks: int) -> Iterator[dict[str, object]]:
    for line in story.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        at = datetime.fromisoformat(event["at"]).astimezone(PARIS) + weeks * WEEK
        yield event | {"at": at.isoformat(), "data": _moved(event["data"], weeks)}


def _moved(value: object, weeks: int) -> object:
    match value:
        case str() if A_DAY.fullmatch(value):
            return (date.fromisoformat(value) + weeks * WEEK).isoformat()
        case dict():
            return {name: _moved(part, weeks) for name, part in value.items()}
        case list():
            return [_moved(part, weeks) for part in value]
        case _:
            return value


def _book_a_visit(calendar: Calendar, at: datetime) -> None:
    """The technician who can log in comes to somebody in the next two hours of his that begin."""
    entry = needs.of_contract(VISITED, Purpose.REPAIR, task=TASK)
    assert entry is not None
    need = ask_visit(need=entry, by=SYSTEM, at=at)
    days = (calendar.date_of(at) + n * DAY for n in range(TO_BOOK))
    times = (calendar.at(day, starts) for day in days if calendar.is_day(day, DayKind.OUVRE) for starts in STARTS)
    starts = next(one for one in times if one > at)
    window = Window(starts=starts, ends=starts + TWO_HOURS)
    reference = hold_slot(need=need, window=window, by=SYSTEM, at=at - WEEK)  # today is too soon for anybody today
    book_visit(reference=reference, by=SYSTEM, at=at)


def _account(adviser: str, name: str, password: str, at: datetime) -> Account:
    username, supervises, comes = plain(name).split()[0], adviser == SUPERVISOR, adviser == TECHNICIAN["id"]
    if not advisers.has_login(adviser):
        give_login(adviser=adviser, username=username, password=password, by=SYSTEM, at=at)
        set_supervision(username=username, is_supervisor=supervises, by=SYSTEM, at=at)
        set_field_work(username=username, is_technician=comes, by=SYSTEM, at=at)
    return Account(username=username, name=name, supervises=supervises, makes_visits=comes)


def _departments_of(stories: Path) -> dict[str, str]:
    """The departments that state something in the stories, with their names."""
    sources = {event["source"] for name in (OPEN, *OTHERS) for event in _events(stories / name, weeks=0)}
    return {code: name for code, name in departments.names().items() if code in sources}


def _clerk(department: str, name: str, password: str, at: datetime) -> Account:
    if not logins.has_clerk(department):
        give_clerk_login(department=department, name=name, username=department, password=password, by=SYSTEM, at=at)
    return Account(username=department, name=name, is_clerk=True)
