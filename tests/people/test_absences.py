"""Absences are planned, changed and ended, by whom it concerns or a supervisor; teams have somebody on duty."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries

from builders import a_world, the_story_world
from ligneclaire.audit.models import Change
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.period import Period
from ligneclaire.people.access.roles import NotAllowed, Right
from ligneclaire.people.actions.change_absence import change_absence
from ligneclaire.people.actions.end_absence import end_absence
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.record_absence import AbsenceOver, AbsenceOverlaps, record_absence
from ligneclaire.people.actions.return_login import return_login
from ligneclaire.people.actions.set_backup import BackupOfOneself, set_backup
from ligneclaire.people.actions.set_duty import TeamUnknown, set_duty
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.actions.withdraw_login import NoLogin, withdraw_login
from ligneclaire.people.models import Absence, Adviser, Coverage, Login, Operator, StaffSession
from ligneclaire.people.queries import absences, advisers, logins, operator, teams
from ligneclaire.people.queries.absences import AbsenceUnknown
from ligneclaire.people.queries.advisers import AdviserUnknown
from ligneclaire.people.queries.operator import NoOperator
from ligneclaire.people.queries.teams import TeamCard
from ligneclaire.people.states import AbsenceReason

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
TODAY = date(2015, 2, 9)
NORA, HUGO = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.ADVISER, "A-2")


def day(number: int) -> date:
    return date(2015, 2, number)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    give_login(adviser="A-2", username="hugo", password="x", by=SYSTEM, at=NOW)
    set_supervision(username="hugo", is_supervisor=True, by=SYSTEM, at=NOW)


def plan(first: int, end: int | None = None, *, adviser: str = "A-1", by: Actor = SYSTEM, at: datetime = NOW) -> UUID:
    period = Period(day(first), day(end) if end else None)
    return record_absence(adviser=adviser, period=period, reason=None, by=by, at=at)


def standing() -> list[tuple[str, date, date | None, str]]:
    rows = Absence.objects.order_by("adviser__number", "period")
    return [(row.adviser_id, row.period.lower, row.period.upper, row.reason) for row in rows]


def test_an_adviser_plans_for_themself_and_a_supervisor_for_anybody() -> None:
    plan(10, 12, by=NORA)
    plan(9, adviser="A-3", by=HUGO)

    assert standing() == [("A-1", day(10), day(12), ""), ("A-3", day(9), None, "")]
    kept = Change.objects.filter(kind="ABSENCE").order_by("pk").values_list("about", "by")
    assert list(kept) == [("A-1", "adviser:A-1"), ("A-3", "adviser:A-2")]


def test_an_adviser_plans_changes_and_ends_nothing_of_somebody_elses() -> None:
    absence = plan(10, 12, adviser="A-3")
    before, changes = standing(), Change.objects.count()

    with pytest.raises(NotAllowed) as refused:
        plan(20, adviser="A-3", by=NORA)
    assert refused.value.values == {"by": NORA, "right": Right.PLAN_TEAM}
    with pytest.raises(NotAllowed):
        change_absence(absence=absence, period=Period(day(11)), reason=None, by=NORA, at=NOW)
    with pytest.raises(NotAllowed):
        end_absence(absence=absence, by=NORA, at=NOW)
    with pytest.raises(NotAllowed):
        set_backup(adviser="A-1", backup="A-3", by=NORA, at=NOW)
    with pytest.raises(NotAllowed):
        set_duty(team="33", adviser="A-1", by=NORA, at=NOW)
    assert (standing(), Change.objects.count()) == (before, changes)


def test_an_absence_begins_today_or_later() -> None:
    plan(9)

    with pytest.raises(AbsenceOver) as refused:
        plan(8, 12, adviser="A-2")

    assert refused.value.values == {"adviser": "A-2", "period": Period(day(8), day(12))}
    assert standing() == [("A-1", day(9), None, "")]


def test_an_absence_gets_other_days_and_a_reason() -> None:
    absence = plan(10, 12)

    change_absence(absence=absence, period=Period(day(11), day(20)), reason=AbsenceReason.TRAINING, by=NORA, at=NOW)

    assert standing() == [("A-1", day(11), day(20), "TRAINING")]


@pytest.mark.parametrize(
    ("first", "end", "today", "is_refused"),
    [
        pytest.param(10, 15, 11, False, id="a later end of one that has begun"),
        pytest.param(10, 11, 11, False, id="it ended yesterday"),
        pytest.param(10, 11, 12, True, id="it ended before"),
        pytest.param(11, None, 11, True, id="a later beginning of one that has begun"),
        pytest.param(9, 12, 11, True, id="an earlier beginning of one that has begun"),
        pytest.param(9, 12, 10, True, id="a beginning in the past"),
        pytest.param(11, 12, 9, False, id="a later beginning of one that has not"),
        pytest.param(10, 12, 14, True, id="one that is over"),
    ],
)
def test_days_that_were_stay_as_they_were(first: int, end: int | None, today: int, *, is_refused: bool) -> None:
    absence, at = plan(10, 14), NOW.replace(day=today)
    wanted = Period(day(first), day(end) if end else None)

    if is_refused:
        with pytest.raises(AbsenceOver):
            change_absence(absence=absence, period=wanted, reason=None, by=NORA, at=at)
    else:
        change_absence(absence=absence, period=wanted, reason=None, by=NORA, at=at)

    assert standing() == [("A-1", *((day(10), day(14)) if is_refused else (wanted.start, wanted.end)), "")]


def test_a_change_does_not_run_into_another_absence_but_may_overlap_itself() -> None:
    absence, _ = plan(10, 12), plan(14, 16)

    with pytest.raises(AbsenceOverlaps):
        change_absence(absence=absence, period=Period(day(10), day(15)), reason=None, by=NORA, at=NOW)
    change_absence(absence=absence, period=Period(day(11), day(14)), reason=None, by=NORA, at=NOW)

    assert standing() == [("A-1", day(11), day(14), ""), ("A-1", day(14), day(16), "")]


def test_who_comes_back_earlier_answers_from_that_day_on() -> None:
    absence = plan(10, 20)

    end_absence(absence=absence, by=NORA, at=NOW.replace(day=13))

    assert standing() == [("A-1", day(10), day(13), "")]
    assert set(absences.away(on=day(12))) == {"A-1"}
    assert absences.away(on=day(13)) == {}


@pytest.mark.parametrize("today", [9, 10])
def test_an_absence_that_has_not_begun_or_only_today_is_taken_back(today: int) -> None:
    absence = plan(10, 20)

    end_absence(absence=absence, by=NORA, at=NOW.replace(day=today))

    assert standing() == []


def test_an_absence_that_is_over_or_unknown_is_not_ended() -> None:
    absence = plan(10, 12)

    with pytest.raises(AbsenceOver):
        end_absence(absence=absence, by=NORA, at=NOW.replace(day=12))
    for wrong in (lambda: end_absence(absence=uuid4(), by=NORA, at=NOW), lambda: absences.by_uuid(uuid4())):
        with pytest.raises(AbsenceUnknown):
            wrong()

    assert standing() == [("A-1", day(10), day(12), "")]


def test_absences_are_listed_as_current_coming_and_ones_own() -> None:
    plan(9, 11)
    plan(20, 22)
    plan(9, adviser="A-2")
    plan(15, 16, adviser="A-3")

    def said(cards: tuple[absences.AbsenceCard, ...]) -> list[tuple[str, date]]:
        return [(card.adviser_name, card.start) for card in cards]

    assert said(absences.current(on=TODAY)) == [("Nora Benali", day(9)), ("Hugo Marchand", day(9))]
    assert said(absences.coming(after=TODAY, limit=9)) == [("Inès Caron", day(15)), ("Nora Benali", day(20))]
    assert said(absences.coming(after=TODAY, limit=9, skip=1)) == [("Nora Benali", day(20))]
    assert absences.count_coming(after=TODAY) == 2
    assert said(absences.of("A-1", on=day(11))) == [("Nora Benali", day(20))]
    assert said(absences.of("A-2", on=day(28))) == [("Hugo Marchand", day(9))]
    card = absences.coming(after=TODAY, limit=1)[0]
    assert absences.by_uuid(card.uuid) == card
    assert (card.adviser, card.backup_name, card.end, card.reason) == ("A-3", "Hugo Marchand", day(16), "")


def test_who_answers_is_said_for_many_days_in_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    plan(9)
    plan(12, 14, adviser="A-2")

    with django_assert_num_queries(2):
        covers = advisers.covers_on({TODAY: {"A-1", "A-2"}, day(12): {"A-1", "A-2"}})

    assert {number: one.present.number for number, one in covers[TODAY].items()} == {"A-1": "A-2"}
    assert {number: (one.present.number, one.is_there) for number, one in covers[day(12)].items()} == {
        "A-1": ("A-2", False),  # they stand in for each other, and nobody is on duty
        "A-2": ("A-1", False),
    }


def test_the_duty_of_a_team_comes_before_that_of_the_house() -> None:
    Coverage.objects.filter(adviser__number="A-1").exclude(territory__code="33").delete()
    plan(9)
    plan(9, adviser="A-2")
    away = {number: (one.present.number, one.is_duty) for number, one in covers().items()}
    assert away == {"A-1": ("A-2", False), "A-2": ("A-1", False)}

    set_duty(team=None, adviser="A-3", by=HUGO, at=NOW)
    assert {number: one.present.number for number, one in covers().items()} == {"A-1": "A-3", "A-2": "A-3"}

    an_adviser("A-4")
    set_duty(team="33", adviser="A-4", by=HUGO, at=NOW)
    assert {number: one.present.number for number, one in covers().items()} == {"A-1": "A-4", "A-2": "A-3"}
    assert [(team.code, team.duty, team.duty_name) for team in teams.listed()] == [
        ("25-39", "", ""),
        ("33", "A-4", "Zoé Petit"),
        ("75", "", ""),
        ("63", "", ""),
    ]

    plan(9, adviser="A-4")
    assert covers()["A-1"].present.number == "A-3"  # who is on duty for the team is away too
    set_duty(team="33", adviser=None, by=HUGO, at=NOW)
    assert teams.listed()[1] == TeamCard(code="33", name="Gironde", duty="", duty_name="")


def test_an_import_that_names_nobody_on_duty_leaves_who_is() -> None:
    set_duty(team=None, adviser="A-3", by=SYSTEM, at=NOW)
    set_duty(team="33", adviser="A-1", by=SYSTEM, at=NOW)

    a_world()
    assert (operator.current().duty, teams.listed()[1].duty) == ("A-3", "A-1")

    document = the_story_world()
    document["operator"]["duty"] = "A-2"
    a_world(document)
    assert (operator.current().duty, teams.listed()[1].duty) == ("A-2", "A-1")


def test_nobody_is_on_duty_for_a_team_or_from_a_list_that_does_not_exist() -> None:
    with pytest.raises(TeamUnknown) as refused:
        set_duty(team="99", adviser="A-1", by=SYSTEM, at=NOW)
    assert refused.value.values == {"team": "99"}
    with pytest.raises(AdviserUnknown):
        set_duty(team="33", adviser="A-9", by=SYSTEM, at=NOW)
    Operator.objects.all().delete()
    with pytest.raises(NoOperator):
        set_duty(team=None, adviser="A-1", by=SYSTEM, at=NOW)


def test_somebody_else_stands_in_and_never_oneself() -> None:
    set_backup(adviser="A-1", backup="A-3", by=HUGO, at=NOW)
    row = Adviser.objects.get(number="A-1")
    assert (row.backup_id, row.changed_by, row.changed_at) == ("A-3", "adviser:A-2", NOW)

    with pytest.raises(BackupOfOneself) as refused:
        set_backup(adviser="A-1", backup="A-1", by=HUGO, at=NOW)
    assert refused.value.values == {"adviser": "A-1"}
    with pytest.raises(AdviserUnknown):
        set_backup(adviser="A-1", backup="A-9", by=HUGO, at=NOW)
    assert Adviser.objects.get(number="A-1").backup_id == "A-3"


def test_a_login_that_is_withdrawn_opens_nothing_and_is_given_back() -> None:
    user = Login.objects.get(user__username="hugo").user
    StaffSession.objects.create(session_key="k", session_data="", expire_date=NOW, user=user)

    withdraw_login(username="hugo", by=SYSTEM, at=NOW)
    assert [(one.username, one.is_open, one.role) for one in logins.listed()] == [("hugo", False, "supervisor")]
    assert not StaffSession.objects.exists()
    for username in ("hugo", "nobody"):
        with pytest.raises(NoLogin) as refused:
            withdraw_login(username=username, by=SYSTEM, at=NOW)
        assert refused.value.values == {"username": username}

    return_login(username="hugo", password="new", by=SYSTEM, at=NOW)
    user.refresh_from_db()
    assert (user.is_active, user.check_password("new")) == (True, True)
    for username in ("hugo", "nobody"):
        with pytest.raises(NoLogin):
            return_login(username=username, password="x", by=SYSTEM, at=NOW)


def test_who_is_withdrawn_supervises_no_longer() -> None:
    withdraw_login(username="hugo", by=SYSTEM, at=NOW)

    with pytest.raises(NotAllowed):
        plan(20, adviser="A-3", by=HUGO)


def covers() -> dict[str, advisers.Cover]:
    return advisers.covers_on({TODAY: set(absences.away(on=TODAY))})[TODAY]


def an_adviser(number: str) -> None:
    Adviser.objects.create(
        number=number,
        name="Zoé Petit",
        phone="+33199000104",
        email="zoe@ligneclaire.example",
        languages=["fr"],
        backup_id="A-1",
        changed_by="system:test",
        changed_at=NOW,
    )


def test_an_absence_has_days_in_the_database_too() -> None:
    plan(10, 12)

    assert Absence.objects.get().period == DateRange(day(10), day(12))
