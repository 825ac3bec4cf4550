"""News of customers reaches their journeys: load, move, write, and state what the plans have to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.contracts.queries import household
from ligneclaire.facts.delivery import Claim
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.flow import store
from ligneclaire.flow.engine import SOURCE, Journey, Moved, Saying, advance, begin
from ligneclaire.flow.plan import Heard, Plan, Weigh
from ligneclaire.flow.states import JourneyState
from ligneclaire.flow.store import Subject
from ligneclaire.journeys.plans import FAMILIES, PLANS, plan_of
from ligneclaire.journeys.terms import Terms, terms_of
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.queries import owners


def pursue(
    claims: Sequence[Claim], *, until: datetime, without: Collection[int], calendar: Calendar, weigh: Weigh
) -> Mapping[str, datetime]:
    """Move every journey of these customers up to an instant, and say when each wants to be looked at again.

    What a plan states at an instant is recorded at that instant: whoever decides on it comes afterwards.
    """
    since = {claim.customer: claim.handled_to for claim in claims if claim.customer}
    heard = store.heard([claim.key for claim in claims], families=FAMILIES, until=until, without=without)
    if heard:
        moved = list(_moved(heard, since, until, calendar, weigh))
        _open_cases(moved, at=until)
        _state(moved)
        store.keep(moved)
    return store.next_timers(since)


def _moved(
    heard: Mapping[Subject, list[Heard]],
    since: Mapping[str, datetime | None],
    until: datetime,
    calendar: Calendar,
    weigh: Weigh,
) -> Iterator[Moved]:
    known = store.journeys(heard)
    terms = terms_of(household.of({customer for customer, _ in heard}))
    for subject, facts in heard.items():
        earlier = known.get(subject, [])
        road = _Road(subject, facts, since[subject[0]], until, calendar, terms.get(subject), weigh)
        for plan in PLANS:
            yield from road.follow(plan, [journey for journey in earlier if journey.kind == plan.kind])


class _Road:
    """All journeys of one kind of one subject: one ends, the next may begin."""

    def __init__(  # what one subject is moved with
        self,
        subject: Subject,
        heard: list[Heard],
        since: datetime | None,
        until: datetime,
        calendar: Calendar,
        terms: Terms | None,
        weigh: Weigh,
    ) -> None:
        self.customer, self.subject = subject
        self.heard, self.since, self.until = heard, since, until
        self.calendar, self.terms, self.weigh = calendar, terms, weigh

    def follow(self, plan: Plan[Any], earlier: Sequence[Journey]) -> Iterator[Moved]:
        """Move the running journey, and begin another whenever something asks for one."""
        if any(one.state is JourneyState.DONE for one in earlier):
            return
        since, count = self.since, len(earlier)
        journey = next((one for one in earlier if one.state is JourneyState.RUNNING), None)
        while journey := journey or self._begun(plan, since, count):
            moved = advance(
                plan_of(journey.kind, journey.version),
                journey,
                self.heard,
                since=since,
                until=self.until,
                terms=self.terms,
                calendar=self.calendar,
                weigh=self.weigh,
            )
            self.heard += [_heard(saying, place) for place, saying in enumerate(moved.sayings)]
            yield moved
            if moved.journey.state is not JourneyState.CANCELLED:
                return
            count += journey not in earlier
            since, journey = moved.journey.ended_at, None

    def _begun(self, plan: Plan[Any], since: datetime | None, count: int) -> Journey | None:
        """A journey that something asked for after an instant."""
        instants = {fact.recorded_at for fact in self.heard if since is None or fact.recorded_at > since}
        if self.terms is None or not any(fact.kind in plan.triggers for fact in self.heard):
            return None
        for at in sorted(instants):
            trigger = plan.begins(self.weigh([fact for fact in self.heard if fact.recorded_at <= at]))
            if trigger:
                uuid = uuid_of("journey", self.customer, self.subject, plan.kind, str(count))
                return begin(plan, trigger, uuid=uuid, customer=self.customer, subject=self.subject, at=at)
        return None


def _heard(saying: Saying, place: int) -> Heard:
    return Heard(
        id=-1 - place,
        source=SOURCE,
        source_id=saying.source_id,
        kind=saying.kind,
        value=saying.value,
        effective=None,
        at=saying.at,
        recorded_at=saying.at,
    )


def _open_cases(moved: Iterable[Moved], *, at: datetime) -> None:
    new = [one.journey for one in moved if one.journey.lines == len(one.lines)]
    owner_of = owners.of({journey.customer for journey in new}) if new else {}
    needs = {
        (journey.customer, journey.subject): Need(
            kind=CaseKind.TERMINATION, owner=owner_of[journey.customer], opened_at=journey.started_at
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
        at=saying.at,
    )
