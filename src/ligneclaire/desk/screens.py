"""What the customer's page shows, gathered and put in order before it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from ligneclaire.cases.queries.cards import CaseCard, QuestionCard
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.contracts.rules.commitments import left_on
from ligneclaire.desk import fact_words, lanes, words
from ligneclaire.desk.lanes import Drawing
from ligneclaire.journeys.queries.plans import PlanCard
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.ref import Ref
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.promises.queries.spoken import SpokenCard
from ligneclaire.promises.rules import Pledge
from ligneclaire.voice.queries import papers
from ligneclaire.voice.queries.outlook import Outlook, Preview
from ligneclaire.voice.queries.thread import Entry, FactEntry, Page, TalkEntry
from ligneclaire.voice.rules.state import SETTLEMENT, Contradiction, Hold
from ligneclaire.voice.wording import plans, rio


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A department that states a value, and since when."""

    name: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values to settle between; `given` is how a form sends it back."""

    given: str
    said: str
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A contradiction on the screen."""

    card: QuestionCard
    about: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A contract of the household, whether it ends, and the cases about it.

    `months_left` of the commitment are those begun until it ends, 0 where only its end is known; `rio` is masked;
    `lines` are those of the network.
    """

    holding: Holding
    committed_until: date | None  # while that day lies ahead
    months_left: int
    rio: str
    ends: bool
    cases: tuple[CaseCard, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits on one subject: the message as it would leave, and why each part waits."""

    about: str
    preview: Preview | None
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise, and what it is about."""

    about: str
    pledge: Pledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What one source stated, or one message, at one instant."""

    at: datetime
    what: str  # fact, message, settlement or talk
    by: str
    about: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The moments of a day, newest first."""

    day: date
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The whole page."""

    outlook: Outlook
    held: tuple[Held, ...]
    other_cases: tuple[CaseCard, ...]
    open: tuple[Question, ...]
    settled: tuple[Question, ...]  # today
    waiting: tuple[Waiting, ...]
    promises: tuple[Promised, ...]  # those that are kept or moved last
    spoken: tuple[SpokenCard, ...]  # in the words of an adviser, the open ones first
    plans: tuple[Drawing, ...]
    labels: tuple[str, ...]  # contracts whose equipment has to come back


def screen(outlook: Outlook, spoken: tuple[SpokenCard, ...], *, lines: Sequence[LineCard], today: date) -> Screen:
    """Put together what is known of a customer, contradictions first."""
    offers = names_of(outlook.household)
    known = {(one.subject, one.key): one for one in outlook.contradictions}
    questions = [_question(card, known.get((card.subject, card.key)), outlook, offers) for card in outlook.questions]
    contracts = {holding.contract for holding in outlook.household}
    return Screen(
        outlook=outlook,
        held=tuple(
            sorted(
                (_held(holding, outlook, lines, today) for holding in outlook.household), key=lambda one: not one.ends
            )
        ),
        other_cases=tuple(case for case in outlook.cases if _number(case.subject) not in contracts),
        open=tuple(one for one in questions if one.card.state == "open"),
        settled=tuple(one for one in questions if _is_settled_on(one.card, today, outlook)),
        waiting=_waiting(outlook, offers),
        promises=_promises(outlook, offers),
        spoken=spoken,
        plans=tuple(
            plan(card, offers, departments=outlook.departments, today=today, calendar=outlook.calendar)
            for card in outlook.plans
        ),
        labels=papers.awaited(outlook.plans),
    )


def names_of(household: Iterable[Holding]) -> dict[str, str]:
    """The name of the offer of each contract."""
    return {holding.contract: holding.offer_name for holding in household}


def days(page: Page, offers: Mapping[str, str], zone: ZoneInfo) -> tuple[Day, ...]:
    """Group the entries of the thread by day, and what a source stated at once about one matter."""
    moments = [_moment(tuple(group), offers) for _, group in groupby(page.entries, key=_together)]
    return tuple(
        Day(day=day, moments=tuple(group))
        for day, group in groupby(moments, key=lambda one: one.at.astimezone(zone).date())
    )


def _question(card: QuestionCard, known: Contradiction | None, outlook: Outlook, offers: Mapping[str, str]) -> Question:
    since = {
        (canonical(claim.value), outlook.facts[fact].source): outlook.facts[fact].at
        for claim in (known.claims if known else ())
        for fact in claim.facts
        if fact in outlook.facts
    }
    choices = []
    for claim in card.claims:
        given = canonical(claim["value"])
        sources = claim["sources"] if isinstance(claim["sources"], list) else []
        speakers = (
            Speaker(name=words.source(outlook.departments.get(source, source)), since=since.get((given, source)))
            for source in sources
        )
        choices.append(Choice(given=given, said=fact_words.value(card.key, claim["value"]), speakers=tuple(speakers)))
    chosen = fact_words.value(card.key, card.chosen) if card.state == "settled" else ""
    return Question(card=card, about=words.subject(card.subject, offers), choices=tuple(choices), chosen=chosen)


def plan(
    card: PlanCard, offers: Mapping[str, str], *, departments: Mapping[str, str], today: date, calendar: Calendar
) -> Drawing:
    """A plan as lanes, in the language of whoever looks."""
    contract = words.subject(card.subject, offers)
    drawn = plans.for_adviser(
        card, contract=contract, departments=departments, calendar=calendar, language=words.language()
    )
    return lanes.drawing(card, drawn, today=today, calendar=calendar)


def _held(holding: Holding, outlook: Outlook, lines: Sequence[LineCard], today: date) -> Held:
    cases = tuple(case for case in outlook.cases if _number(case.subject) == holding.contract)
    until = holding.committed_until
    return Held(
        holding=holding,
        committed_until=until if until and until > today else None,
        months_left=left_on(holding.commitment, today).months,
        rio=rio.masked(holding),
        ends=holding.contract in outlook.ending,
        cases=cases,
        lines=tuple(line.code for line in lines if line.contract == holding.contract),
    )


def _number(subject: str) -> str:
    return Ref.parse(subject).number


def _is_settled_on(card: QuestionCard, today: date, outlook: Outlook) -> bool:
    return card.state == "settled" and card.closed_at is not None and outlook.calendar.date_of(card.closed_at) == today


def _waiting(outlook: Outlook, offers: Mapping[str, str]) -> tuple[Waiting, ...]:
    subjects = sorted({hold.subject for hold in outlook.holds}, key=lambda one: _leaves(one, outlook))
    return tuple(
        Waiting(
            about=words.subject(subject, offers),
            preview=next((one for one in outlook.previews if one.subject == subject), None),
            holds=tuple(hold for hold in outlook.holds if hold.subject == subject),
        )
        for subject in subjects
    )


def _promises(outlook: Outlook, offers: Mapping[str, str]) -> tuple[Promised, ...]:
    pledges = sorted(outlook.pledges, key=lambda pledge: (not pledge.is_waiting, pledge.due_on or date.max))
    return tuple(Promised(about=words.subject(pledge.subject, offers), pledge=pledge) for pledge in pledges)


def _leaves(subject: str, outlook: Outlook) -> tuple[bool, datetime | None, str]:
    instants = [hold.until for hold in outlook.holds if hold.subject == subject and hold.until]
    return (not instants, min(instants, default=None), subject)


def _together(entry: Entry) -> tuple[object, ...]:
    if not isinstance(entry, FactEntry):
        return (entry.cursor,)
    return (entry.cursor.at, entry.at, entry.by, entry.subject, entry.kind == SETTLEMENT)


def _moment(entries: tuple[Entry, ...], offers: Mapping[str, str]) -> Moment:
    first = entries[0]
    if isinstance(first, FactEntry):
        what = "settlement" if first.kind == SETTLEMENT else "fact"
        about = words.subject(first.subject, offers)
        return Moment(at=first.cursor.at, what=what, by=words.source(first.by), about=about, entries=entries[::-1])
    if isinstance(first, TalkEntry):
        return Moment(at=first.cursor.at, what="talk", by=first.by, about=first.case, entries=entries)
    return Moment(at=first.cursor.at, what="message", by=first.signer, about="", entries=entries)
