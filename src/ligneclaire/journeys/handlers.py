"""News of customers reaches their journeys: load, move, write, and state what the plans have to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.contracts.queries import household
from ligneclaire.facts.delivery import Claim
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.flow import store
from ligneclaire.flow.course import Course
from ligneclaire.flow.engine import SOURCE, Journey, Moved, Saying
from ligneclaire.flow.plan import Heard, Weigh
from ligneclaire.flow.store import Subject
from ligneclaire.journeys.effects_of_ending import end_lines
from ligneclaire.journeys.effects_of_moving import follow_plans
from ligneclaire.journeys.plans import DEFINITIONS, FAMILIES
from ligneclaire.journeys.plans.fix_fault import FIX_FAULT
from ligneclaire.journeys.plans.move_home import MOVE_HOME
from ligneclaire.journeys.plans.new_line import NEW_LINE
from ligneclaire.journeys.terms import terms_of
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.queries import owners

CASES = {MOVE_HOME.kind: CaseKind.MOVE, NEW_LINE.kind: CaseKind.NEW_LINE, FIX_FAULT.kind: CaseKind.FAULT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursued:
    """When the plans of each customer want to be looked at again, and for whom they stated something now."""

    wakes: Mapping[str, datetime]
    stated: frozenset[str]


def pursue(
    claims: Sequence[Claim], *, until: datetime, without: Collection[int], calendar: Calendar, weigh: Weigh
) -> Pursued:
    """Move every journey of these customers up to an instant.

    What a plan states at an instant is recorded at that instant: whoever decides on it comes afterwards.
    """
    known = {claim.customer: claim for claim in claims if claim.customer}
    moved: list[Moved] = []
    freed: frozenset[str] = frozenset()
    heard = store.heard([claim.key for claim in claims], families=FAMILIES, until=until, without=without)
    if heard:
        moved += _moved(heard, known, until, calendar, weigh)
        _open_cases(moved, at=until)
        _state(moved)
        freed = end_lines(moved, calendar=calendar) | follow_plans(moved, calendar=calendar)
        store.keep(moved)
    stated = frozenset(one.journey.customer for one in moved if one.sayings) | freed
    return Pursued(wakes=store.next_timers(known), stated=stated)


def _moved(
    heard: Mapping[Subject, list[Heard]],
    claims: Mapping[str, Claim],
    until: datetime,
    calendar: Calendar,
    weigh: Weigh,
) -> Iterator[Moved]:
    known = store.journeys(heard)
    terms = terms_of(household.of({customer for customer, _ in heard}))
    for (customer, subject), facts in heard.items():
        if (customer, subject) not in terms:
            continue  # not about a contract
        course = Course(
            customer=customer,
            subject=subject,
            heard=[replace(fact, at=fact.at.astimezone(calendar.tz)) for fact in facts],  # whose day it is then
            since=claims[customer].handled_to,
            again_at=claims[customer].again_at,
            until=until,
            terms=terms[customer, subject],
            calendar=calendar,
            weigh=weigh,
        )
        yield from course.follow(DEFINITIONS, known.get((customer, subject), ()))


def _open_cases(moved: Iterable[Moved], *, at: datetime) -> None:
    new = [one.journey for one in moved if one.is_new]
    owner_of = owners.of({journey.customer for journey in new}) if new else {}
    needs = {
        (journey.customer, journey.subject): Need(
            kind=CASES.get(journey.kind, CaseKind.TERMINATION),
            owner=owner_of[journey.customer],
            opened_at=journey.started_at,
        )
        for journey in new
    }
    if needs:
        open_cases(needs=needs, by=SYSTEM, at=at)


def _state(moved: Iterable[Moved]) -> None:
    """Record what the plans say, each at its own instant."""
    by_instant: dict[datetime, list[Statement]] = defaultdict(list)
    for one in moved:
        for saying in one.sayings:
            by_instant[saying.at].append(_statement(one.journey, saying))
    for at, statements in sorted(by_instant.items()):
        record(statements, by=SYSTEM, at=at)


def _statement(journey: Journey, saying: Saying) -> Statement:
    return Statement(
        source=SOURCE,
        source_id=saying.source_id,
        kind=saying.kind,
        customer=journey.customer,
        subject=journey.subject,
        value=saying.value,
        effective=None,
        at=saying.stated_at,
    )
