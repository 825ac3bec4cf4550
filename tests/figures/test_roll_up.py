"""A week with two customers is counted to the last call, again with the same result, and by whoever looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from builders import a_world, refused_by
from ligneclaire.cases.actions.close_case import close_case
from ligneclaire.cases.actions.log_contact import log_contact
from ligneclaire.cases.actions.merge_cases import merge_cases
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.reopen_case import reopen_case
from ligneclaire.cases.models import Question
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.models import Entry, Message, NoAnswerNeeded
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.figures import tasks
from ligneclaire.figures.actions.roll_up import NothingToCountYet, roll_up
from ligneclaire.figures.models import Count, Day
from ligneclaire.figures.queries import report
from ligneclaire.figures.rules import Figure, Span
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.ops.commands.figures import command
from ligneclaire.promises.actions.close_promise import close_promise
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.promises.models import Promise
from ligneclaire.promises.queries import spoken

pytestmark = pytest.mark.django_db
CALENDAR = Calendar(country="FR", zone="Europe/Paris")
NORA = Actor(ActorKind.ADVISER, "A-1")
ZONE = "Europe/Paris"
WEEK = Span(first=date(2015, 2, 16), last=date(2015, 2, 20))
EVENING = datetime(2015, 2, 20, 21, tzinfo=UTC)
F = Figure


def on(day: int, hour: int = 9) -> datetime:
    """An hour of a day of that February, in Paris."""
    return CALENDAR.at(date(2015, 2, day), time(hour))


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def calls(day: int, hour: int = 9, *, case: str = "", promise: Given | None = None, customer: str = "C-2001") -> None:
    said = Said(
        customer=customer,
        case=case,
        medium=Medium.CALL,
        direction=Direction.IN,
        text="Où en est mon dossier ?",
        happened_at=on(day, hour),
    )
    entry = uuid4()
    log_contact(entry=entry, said=said, promise=promise, calendar=CALENDAR, by=NORA, at=on(day, hour))
    if promise:
        GIVEN.append(spoken.given_in(entry))


GIVEN: list[object] = []


def a_case(day: int, customer: str, owner: str) -> str:
    need = Need(kind=CaseKind.CONVERSATION, owner=owner, opened_at=on(day))
    key = (customer, f"customer:{customer}")
    return open_cases(needs={key: need}, by=SYSTEM, at=on(day))[key].reference


def told(made: int, closed: int | None, state: str, customer: str = "C-2001") -> None:
    Promise.objects.create(
        customer=customer,
        subject="contract:K-ADSL-1",
        key=f"closing_bill.date{made}{closed}{state}",
        matter="value",
        due_on=date(2015, 2, 18),
        made_by=uuid4(),
        made_at=on(made),
        state=state,
        closed_at=on(closed) if closed else None,
    )


def contradict(case: int, asked: int, settled: int | None, *sources: list[str]) -> None:
    Question.objects.create(
        case_id=case,
        customer="C-2001",
        subject="contract:K-ADSL-1",
        key=f"x{asked}",
        claims=[{"value": number, "sources": who} for number, who in enumerate(sources)],
        digest=b"1",
        asked_at=on(asked),
        state="settled" if settled else "open",
        closed_at=on(settled) if settled else None,
        reason="Avis" if settled else "",
        settled_by=str(NORA) if settled else "",
    )


def writes(day: int, *, answered: int | None = None, decided: int | None = None) -> None:
    entry = Entry.objects.create(
        uuid=uuid4(),
        customer="C-4001",
        medium="letter",
        direction="in",
        text="Bonjour",
        happened_at=on(day),
        recorded_at=on(day),
        recorded_by="system",
    )
    if decided:
        NoAnswerNeeded.objects.create(entry=entry, reason="Merci", by=str(NORA), at=on(decided))
    if answered:
        a_message(answered, "sent", answers=entry.uuid, written_by=str(NORA))


def a_message(day: int, state: str, **more: object) -> None:
    sent = {"sent_at": on(day), "file": "x", "digest": "x"} if state == "sent" else {}
    failed = {"failing_since": on(day), "answer": "550 no"} if state == "undeliverable" else {}
    Message.objects.create(
        uuid=uuid4(),
        utterance=uuid4(),
        customer="C-4001",
        case="LC-1",
        channel="email",
        language="fr",
        adviser="A-2",
        subject="x",
        content={},
        destination=[],
        written_at=on(day),
        state=state,
        **sent,
        **failed,
        **more,
    )


@pytest.fixture
def week() -> Iterator[None]:
    """What happened: told promises, spoken ones, two contradictions, calls that repeat, a case that closes."""
    GIVEN.clear()
    told(16, 17, "kept")
    told(16, 18, "moved")
    told(2, 19, "broken")
    told(16, 19, "unconfirmed", customer="C-4001")
    told(17, None, "open")
    case = a_case(16, "C-2001", "A-1")
    open_one = a_case(10, "C-4001", "A-2")
    calls(9)  # before the week: it makes the first call of the week a repeat
    calls(16, 10, case=case, promise=Given(text="Rappeler", due_on=date(2015, 2, 18)))
    calls(18, case=case)
    calls(20, customer="C-4001", case=open_one)
    close_promise(promise=GIVEN[0], note="", moved_to=None, calendar=CALENDAR, by=NORA, at=on(18, 12))  # type: ignore[arg-type]
    contradict(_row(case), 16, 17, ["equipment"], ["equipment-south-west"])
    contradict(_row(case), 18, None, ["billing", "contracts"], ["equipment"])
    Question.objects.filter(state="open").update(state="gone", closed_at=on(19))
    close_case(reference=case, note="Réglé.", by=NORA, at=on(19))
    writes(17, answered=19)
    writes(18)
    writes(17, decided=17)
    a_message(18, "undeliverable")
    yield
    clock.shift_by(timedelta())


def _row(reference: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case WHERE reference = %s", [reference])
        return int(cursor.fetchone()[0])


def counted() -> list[tuple[int, str, str, str, int]]:
    rows = Count.objects.order_by("day", "figure", "adviser", "about")
    return [(row.day_id.day, row.figure, row.adviser, row.about, row.count) for row in rows]


def count(span: Span = WEEK, at: datetime = EVENING) -> int:
    return roll_up(span=span, zone=ZONE, by=SYSTEM, at=at)


def test_a_week_is_counted_to_the_last_call(week: None) -> None:
    count()

    found = report.of(WEEK)
    assert {(row.figure, row.adviser, row.about): row.count for row in found.rows} == {
        (F.PROMISES_MADE, "A-1", ""): 4,  # three told, one on the telephone
        (F.PROMISES_MADE, "A-2", ""): 1,
        (F.PROMISES_KEPT, "A-1", ""): 2,
        (F.PROMISES_MOVED, "A-1", ""): 1,
        (F.PROMISES_BROKEN, "A-1", ""): 1,  # told before the week, broken in it
        (F.PROMISES_UNCONFIRMED, "A-2", ""): 1,
        (F.CONTRADICTIONS, "A-1", "equipment + equipment-south-west"): 1,
        (F.CONTRADICTIONS, "A-1", "billing + equipment"): 1,
        (F.CONTRADICTIONS, "A-1", "contracts + equipment"): 1,
        (F.CONTRADICTIONS_SETTLED, "A-1", "equipment + equipment-south-west"): 1,
        (F.CONTACTS, "A-1", ""): 2,
        (F.CONTACTS, "A-2", ""): 4,
        (F.REPEATS_7, "A-1", ""): 1,  # of the 18th; the one of the 16th is 7 days and an hour after that of the 9th
        (F.REPEATS_7, "A-2", ""): 3,
        (F.REPEATS_30, "A-1", ""): 2,
        (F.REPEATS_30, "A-2", ""): 3,
        (F.MATTERS_CLOSED, "A-1", ""): 1,
        (F.CONTACTS_OF_CLOSED, "A-1", ""): 2,
        (F.MESSAGES_SENT, "A-2", "email"): 1,
        (F.UNDELIVERED, "A-2", "email"): 1,
        (F.OPEN_CASES, "A-2", ""): 1,  # as the 20th ends
        (F.OPEN_CASES_AGE, "A-2", ""): 10,
        (F.OPEN_CASES_BY_AGE, "A-2", "conversation:14"): 1,
        (F.WAITING_ANSWERS, "A-2", ""): 1,
        (F.WAITING_ANSWERS_AGE, "A-2", ""): 2,
    }
    assert (found.missing, found.standing_on, found.counted_at) == (0, date(2015, 2, 20), EVENING)


def test_how_things_stood_is_known_of_each_day(week: None) -> None:
    count()

    standing = [row for row in counted() if row[1] in (F.OPEN_CASES, F.WAITING_ANSWERS)]
    expected = [(day, F.OPEN_CASES, "A-1", "", 1) for day in (16, 17, 18)]
    expected += [(day, F.OPEN_CASES, "A-2", "", 1) for day in range(16, 21)]
    expected += [(day, F.WAITING_ANSWERS, "A-2", "", n) for day, n in ((17, 1), (18, 2), (19, 1), (20, 1))]
    assert standing == sorted(expected)


def test_counting_again_in_parts_or_by_command_gives_the_same(week: None) -> None:
    rows = count()
    once = counted()

    assert count() == rows
    assert counted() == once
    for day in range(16, 21):
        count(Span(first=date(2015, 2, day), last=date(2015, 2, day)))
    assert counted() == once
    clock.shift_by(EVENING - datetime.now(UTC))
    run = CliRunner().invoke(command, ["--from", "2015-02-16", "--to", "2015-03-31"])
    assert (run.exit_code, run.output) == (0, f"5 days counted, {rows} figures\n")
    assert counted() == once


def test_what_is_known_later_moves_when_the_day_is_counted_again(week: None) -> None:
    count()
    Promise.objects.filter(state="unconfirmed").update(state="kept", closed_at=on(20))
    count()

    found = report.of(WEEK)
    assert (found.total(F.PROMISES_UNCONFIRMED), found.total(F.PROMISES_KEPT)) == (0, 3)


def test_a_case_that_is_open_again_is_open(week: None) -> None:
    [reference] = _closed()
    reopen_case(reference=reference, note="Encore.", by=NORA, at=on(20))
    count()

    open_cases = [row for row in counted() if row[1] == F.OPEN_CASES and row[2] == "A-1"]
    assert [row[0] for row in open_cases] == [16, 17, 18, 20]


def _closed() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM cases_case WHERE state = 'closed'")
        return [reference for (reference,) in cursor.fetchall()]


def test_a_merged_case_is_counted_where_it_is_handled_and_no_longer_once_that_is_closed() -> None:
    kept = a_case(16, "C-2001", "A-1")
    need = Need(kind=CaseKind.CONVERSATION, owner="A-2", opened_at=on(16))
    key = ("C-2001", "contract:K-ADSL-1")
    other = open_cases(needs={key: need}, by=SYSTEM, at=on(16))[key].reference
    merge_cases(reference=other, into=kept, reason="La même chose.", by=NORA, at=on(17))
    close_case(reference=kept, note="Réglé.", by=NORA, at=on(19))

    count()

    assert [row for row in counted() if row[1] == F.OPEN_CASES] == [
        (day, F.OPEN_CASES, "A-1", "", 1) for day in (16, 17, 18)
    ]


def test_a_letter_that_came_back_had_been_sent_all_the_same() -> None:
    a_message(17, "sent")
    Message.objects.update(state="returned", channel="letter", failing_since=on(19), answer="moved")

    count()

    found = [(day, figure) for day, figure, *_ in counted()]
    assert found == [(17, F.MESSAGES_SENT), (19, F.UNDELIVERED)]


def test_one_adviser_or_one_territory_can_be_looked_at(week: None) -> None:
    count()

    assert report.of(WEEK, adviser="A-2").those(Figure) == ("A-2",)
    everybody = report.of(WEEK)
    by_territory = {code: set(report.of(WEEK, territory=code).those(Figure)) for code in everybody.territories}
    with connection.cursor() as cursor:
        cursor.execute("SELECT territory_id, array_agg(adviser_id) FROM people_coverage GROUP BY 1")
        covered = {code: set(found) & {"A-1", "A-2"} for code, found in cursor.fetchall()}
    assert by_territory == {code: set[str]() for code in everybody.territories} | covered


def test_what_lies_ahead_is_not_counted(week: None) -> None:
    with pytest.raises(NothingToCountYet):
        count(Span(first=date(2015, 2, 21), last=date(2015, 2, 22)))
    count(Span(first=date(2015, 2, 20), last=date(2015, 3, 22)))

    assert [row.day for row in Day.objects.all()] == [date(2015, 2, 20)]


def test_the_jobs_count_yesterday_today_and_the_month_before(week: None) -> None:
    clock.shift_by(EVENING - datetime.now(UTC))
    tasks.count_today(timestamp=0)
    lately = set(Day.objects.values_list("day", flat=True))
    tasks.count_again(timestamp=0)

    assert lately == {date(2015, 2, 19), date(2015, 2, 20)}
    assert Day.objects.count() == 32


def test_a_report_takes_one_query(week: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for span in (Span(first=date(2015, 2, 20), last=date(2015, 2, 20)), WEEK):
        count(span)
        with django_assert_num_queries(1):
            report.of(span)


def test_a_day_is_counted_once_and_nothing_is_not_counted() -> None:
    day = Day.objects.create(day=date(2015, 2, 16), counted_at=EVENING)
    with refused_by("count_once"):
        for _ in range(2):
            Count.objects.create(day=day, figure=F.CONTACTS, adviser="A-1", count=1)
    with refused_by("count_of_something"):
        Count.objects.create(day=day, figure=F.CONTACTS, adviser="A-1", count=0)
    with refused_by("count_figure_known"):
        Count.objects.create(day=day, figure="smiles", adviser="A-1", count=1)
