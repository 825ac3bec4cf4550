from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.give_login import LoginTaken, give_login
from ligneclaire.people.actions.record_absence import AbsenceOverlaps, record_absence
from ligneclaire.people.models import Absence, Login
from ligneclaire.people.queries import advisers, logins
from ligneclaire.people.queries.advisers import AdviserUnknown
from ligneclaire.people.states import AbsenceReason

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
NORA = Actor(ActorKind.ADVISER, "A-1")
TEN_DAYS = Period(date(2015, 2, 10), date(2015, 2, 20))


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def record(period: Period = TEN_DAYS, adviser: str = "A-1") -> None:
    record_absence(adviser=adviser, period=period, reason=AbsenceReason.LEAVE, by=NORA, at=NOW)


def login(adviser: str = "A-1", username: str = "nora") -> None:
    give_login(adviser=adviser, username=username, password="clair comme l'eau", by=SYSTEM, at=NOW)


def test_an_absence_is_recorded_with_who_said_so() -> None:
    record()

    [absence] = Absence.objects.values_list("adviser__number", "period", "reason", "recorded_by", "recorded_at")
    assert (absence[0], absence[1].lower, absence[1].upper) == ("A-1", date(2015, 2, 10), date(2015, 2, 20))
    assert absence[2:] == ("LEAVE", "adviser:A-1", NOW)


def test_an_absence_may_have_no_end_yet() -> None:
    record(Period(date(2015, 2, 10)))

    assert Absence.objects.get().period.upper is None


def test_an_absence_is_refused_when_the_adviser_is_already_away() -> None:
    record()

    with pytest.raises(AbsenceOverlaps) as refused:
        record(Period(date(2015, 2, 19)))

    assert refused.value.values == {"adviser": "A-1", "period": Period(date(2015, 2, 19))}
    assert Absence.objects.count() == 1


def test_an_absence_of_nobody_is_refused() -> None:
    with pytest.raises(AdviserUnknown) as refused:
        record(adviser="A-9")

    assert refused.value.values == {"adviser": "A-9"}


def test_an_adviser_opens_the_desk_with_their_login() -> None:
    login()

    user = authenticate(username="nora", password="clair comme l'eau")
    assert user is not None
    assert user.email == "nora.benali@ligneclaire.example"
    assert logins.account(user.pk) == (user, advisers.cards(["A-1"])["A-1"])
    assert set(Login.objects.values_list("adviser__number", "given_by", "given_at")) == {
        ("A-1", "system:ligneclaire", NOW)
    }


@pytest.mark.parametrize(("adviser", "username"), [("A-1", "nora2"), ("A-2", "nora")])
def test_a_second_login_or_a_taken_name_is_refused(adviser: str, username: str) -> None:
    login()

    with pytest.raises(LoginTaken) as refused:
        login(adviser, username)

    assert refused.value.values == {"adviser": adviser, "username": username}
    assert (Login.objects.count(), User.objects.count()) == (1, 1)


def test_a_login_for_nobody_is_refused() -> None:
    with pytest.raises(AdviserUnknown):
        login("A-9")

    assert User.objects.count() == 0


def test_a_user_who_is_no_adviser_has_no_card() -> None:
    assert logins.account(User.objects.create_user("somebody").pk) is None
