from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import ADVISER, CLERK, SUPERVISOR
from ligneclaire.people.actions.give_clerk_login import NameUnfit, UsernameTaken, give_clerk_login
from ligneclaire.people.actions.give_login import LoginTaken, give_login
from ligneclaire.people.actions.record_absence import AbsenceOverlaps, record_absence
from ligneclaire.people.actions.set_field_work import set_field_work
from ligneclaire.people.actions.set_supervision import NoAdviserLogin, set_supervision
from ligneclaire.people.actions.set_training import Supervises, set_training
from ligneclaire.people.models import Absence, Login
from ligneclaire.people.queries import advisers, logins
from ligneclaire.people.queries.advisers import AdviserUnknown
from ligneclaire.people.queries.departments import DepartmentUnknown
from ligneclaire.people.queries.logins import ClerkCard
from ligneclaire.people.states import AbsenceReason

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
NORA = Actor(ActorKind.ADVISER, "A-1")
TEN_DAYS = Period(date(2015, 2, 10), date(2015, 2, 20))


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def record(period: Period = TEN_DAYS, adviser: str = "A-1", by: Actor = NORA) -> None:
    record_absence(adviser=adviser, period=period, reason=AbsenceReason.LEAVE, by=by, at=NOW)


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
        record(adviser="A-9", by=SYSTEM)

    assert refused.value.values == {"adviser": "A-9"}


def test_an_adviser_opens_the_desk_with_their_login() -> None:
    login()

    user = authenticate(username="nora", password="clair comme l'eau")
    assert user is not None
    assert user.email == "nora.benali@ligneclaire.example"
    assert logins.account(user.pk) == (user, advisers.cards(["A-1"])["A-1"], ADVISER)
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


def test_a_supervisor_is_an_adviser_who_looks_after_the_others() -> None:
    login()
    user = User.objects.get()

    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=NOW)
    assert logins.account(user.pk) == (user, advisers.cards(["A-1"])["A-1"], SUPERVISOR)
    assert [(one.username, one.role) for one in logins.listed()] == [("nora", "supervisor")]

    set_supervision(username="nora", is_supervisor=False, by=SYSTEM, at=NOW)
    assert [(one.username, one.role) for one in logins.listed()] == [("nora", "adviser")]


def test_only_an_adviser_becomes_a_supervisor() -> None:
    clerk()

    for username in ("marie", "nobody"):
        with pytest.raises(NoAdviserLogin) as refused:
            set_supervision(username=username, is_supervisor=True, by=SYSTEM, at=NOW)
        assert refused.value.values == {"username": username}
    assert [one.role for one in logins.listed()] == ["clerk"]


def test_an_adviser_is_in_training_until_it_ends_or_they_supervise() -> None:
    login()

    set_training(username="nora", is_in_training=True, by=SYSTEM, at=NOW)
    assert logins.is_in_training("A-1")
    assert [one.role for one in logins.listed()] == ["adviser in training"]

    set_training(username="nora", is_in_training=False, by=SYSTEM, at=NOW)
    assert [one.role for one in logins.listed()] == ["adviser"]

    set_training(username="nora", is_in_training=True, by=SYSTEM, at=NOW)
    set_supervision(username="nora", is_supervisor=False, by=SYSTEM, at=NOW)
    assert logins.is_in_training("A-1")
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=NOW)
    assert (logins.is_in_training("A-1"), [one.role for one in logins.listed()]) == (False, ["supervisor"])


def test_a_technician_has_no_other_role_and_whoever_gets_one_is_no_technician() -> None:
    login()

    def roles() -> list[str]:
        return [one.role for one in logins.listed()]

    set_training(username="nora", is_in_training=True, by=SYSTEM, at=NOW)
    set_field_work(username="nora", is_technician=True, by=SYSTEM, at=NOW)
    assert (roles(), logins.is_in_training("A-1")) == (["technician"], False)
    assert [one.number for one in advisers.serving()] == ["A-2", "A-3"]

    set_training(username="nora", is_in_training=False, by=SYSTEM, at=NOW)
    set_supervision(username="nora", is_supervisor=False, by=SYSTEM, at=NOW)
    assert roles() == ["technician"]
    set_training(username="nora", is_in_training=True, by=SYSTEM, at=NOW)
    assert roles() == ["adviser in training"]

    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=NOW)
    set_field_work(username="nora", is_technician=False, by=SYSTEM, at=NOW)
    assert roles() == ["supervisor"]
    set_field_work(username="nora", is_technician=True, by=SYSTEM, at=NOW)
    assert roles() == ["technician"]
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=NOW)
    assert roles() == ["supervisor"]


def test_only_who_is_named_can_be_a_technician() -> None:
    clerk()

    for username in ("marie", "nobody"):
        with pytest.raises(NoAdviserLogin):
            set_field_work(username=username, is_technician=True, by=SYSTEM, at=NOW)
    assert [one.role for one in logins.listed()] == ["clerk"]


def test_only_an_adviser_who_does_not_supervise_is_in_training() -> None:
    clerk()
    login()
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=NOW)

    with pytest.raises(Supervises):
        set_training(username="nora", is_in_training=True, by=SYSTEM, at=NOW)
    with pytest.raises(NoAdviserLogin):
        set_training(username="marie", is_in_training=True, by=SYSTEM, at=NOW)
    assert not Login.objects.filter(is_in_training=True).exists()


def clerk(department: str = "billing", username: str = "marie", name: str = " Marie Petit ") -> None:
    give_clerk_login(department=department, name=name, username=username, password="x", by=SYSTEM, at=NOW)


def test_clerks_of_a_department_have_logins_of_their_own() -> None:
    clerk()
    clerk(username="luc", name="Luc Royer")
    login()

    marie, luc, nora = (User.objects.get(username=name) for name in ("marie", "luc", "nora"))
    assert logins.account(marie.pk) == (
        marie,
        ClerkCard(number=str(marie.pk), name="Marie Petit", department="billing", department_name="Facturation"),
        CLERK,
    )
    assert logins.clerks([str(luc.pk), str(nora.pk)]) == {str(luc.pk): "Luc Royer"}
    assert [(one.username, one.name, one.of) for one in logins.listed()] == [
        ("luc", "Luc Royer", "billing"),
        ("marie", "Marie Petit", "billing"),
        ("nora", "Nora Benali", "A-1"),
    ]
    assert (logins.has_clerk("billing"), logins.has_clerk("equipment")) == (True, False)
    assert [str(one) for one in Login.objects.order_by("pk")] == [
        "Marie Petit (billing)",
        "Luc Royer (billing)",
        "A-1",
    ]


@pytest.mark.parametrize(
    ("changes", "refusal", "values"),
    [
        ({"department": "bookings"}, DepartmentUnknown, {"department": "bookings"}),
        ({"username": "nora"}, UsernameTaken, {"username": "nora"}),
        ({"name": " "}, NameUnfit, {"name": ""}),
        ({"name": "x" * 81}, NameUnfit, {"name": "x" * 81}),
    ],
)
def test_a_clerk_without_department_name_or_free_user_name_is_refused(
    changes: dict[str, str], refusal: type[Refused], values: dict[str, str]
) -> None:
    login()

    with pytest.raises(refusal) as refused:
        clerk(**changes)

    assert refused.value.values == values
    assert (Login.objects.count(), User.objects.count()) == (1, 1)


def test_a_user_who_is_no_adviser_has_no_card() -> None:
    assert logins.account(User.objects.create_user("somebody").pk) is None
