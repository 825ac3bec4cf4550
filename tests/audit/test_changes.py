"""Every change of a setting, and of what somebody may do, leaves a row: who, when, what, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from builders import a_world, refused_by, the_story_world
from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.models import Change
from ligneclaire.audit.queries import changes
from ligneclaire.audit.queries.changes import ChangeCard, Filter
from ligneclaire.audit.states import ChangeKind
from ligneclaire.hooks.actions.pause_subscription import pause_subscription
from ligneclaire.hooks.actions.resume_subscription import resume_subscription
from ligneclaire.hooks.actions.subscribe import subscribe
from ligneclaire.hooks.actions.unsubscribe import unsubscribe
from ligneclaire.hooks.rules.signing import secret_of
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.period import Period
from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.actions.change_absence import change_absence
from ligneclaire.people.actions.draw_recovery_codes import draw_recovery_codes
from ligneclaire.people.actions.end_absence import end_absence
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.give_login import LoginTaken, give_login
from ligneclaire.people.actions.give_token import give_token
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.actions.reset_second_factor import reset_second_factor
from ligneclaire.people.actions.return_login import return_login
from ligneclaire.people.actions.revoke_token import revoke_token
from ligneclaire.people.actions.set_backup import set_backup
from ligneclaire.people.actions.set_duty import set_duty
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.actions.set_up_second_factor import set_up_second_factor
from ligneclaire.people.actions.withdraw_login import withdraw_login
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.rules.state import Mode
from people.test_second_factor import shown

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
IT = Actor(ActorKind.SYSTEM, "root")
Row = tuple[str, str, object, object]


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def rows(since: int) -> Sequence[Row]:
    """What was kept since there were so many rows, oldest first."""
    found = reversed(changes.newest(Filter()))
    return [(one.kind, one.about, one.before, one.after) for one in found][since:]


def kept(*deeds: Callable[[], object]) -> Sequence[Row]:
    """What each of these deeds leaves, done by the operator's IT."""
    before = Change.objects.count()
    for deed in deeds:
        deed()
    assert set(Change.objects.order_by("pk")[before:].values_list("by", "at")) <= {("system:root", NOW)}
    return rows(before)


def test_an_import_leaves_what_it_made_and_the_same_import_nothing() -> None:
    made = {(one.kind, one.about): one for one in changes.newest(Filter())}

    assert {(kind, about) for kind, about in made if kind != ChangeKind.DEPARTMENT} == {
        (ChangeKind.OPERATOR, "operator"),
        *((ChangeKind.TERRITORY, code) for code in ("25-39", "33", "63", "75")),
        (ChangeKind.ADVISER, "A-1"),
        (ChangeKind.ADVISER, "A-2"),
        (ChangeKind.ADVISER, "A-3"),
    }
    adviser = made[ChangeKind.ADVISER, "A-1"]
    assert (adviser.before, adviser.after and adviser.after["backup"]) == (None, "A-2")
    a_world(at=NOW)

    assert Change.objects.count() == len(made)


def test_an_import_leaves_only_what_is_different() -> None:
    document = the_story_world()
    document["advisers"][0]["phone"] = "+33199009999"
    document["operator"]["duty"] = "A-3"

    before = Change.objects.count()
    a_world(document, at=NOW)

    assert rows(before) == [
        ("OPERATOR", "operator", {"duty": None}, {"duty": "A-3"}),
        ("ADVISER", "A-1", {"phone": "+33199000101"}, {"phone": "+33199009999"}),
    ]


def test_logins_and_roles() -> None:
    adviser = {"of": "A-1", "name": "", "role": "adviser"}

    assert kept(
        lambda: give_login(adviser="A-1", username="nora", password="very secret", by=IT, at=NOW),
        lambda: set_supervision(username="nora", is_supervisor=True, by=IT, at=NOW),
        lambda: set_supervision(username="nora", is_supervisor=True, by=IT, at=NOW),
        lambda: withdraw_login(username="nora", by=IT, at=NOW),
        lambda: return_login(username="nora", password="as secret", by=IT, at=NOW),
        lambda: give_clerk_login(department="billing", name="Marie", username="marie", password="x", by=IT, at=NOW),
    ) == [
        ("LOGIN", "nora", None, adviser),
        ("LOGIN", "nora", {"role": "adviser"}, {"role": "supervisor"}),
        ("LOGIN", "nora", adviser | {"role": "supervisor"}, None),
        ("LOGIN", "nora", None, adviser | {"role": "supervisor"}),
        ("LOGIN", "marie", None, {"of": "billing", "name": "Marie", "role": "clerk"}),
    ]


def test_second_factors() -> None:
    user = give_login(adviser="A-1", username="nora", password="x", by=IT, at=NOW).user
    seed = UUID(int=1)
    typed = shown(NOW, seed)

    assert kept(
        lambda: set_up_second_factor(user=user.pk, seed=seed, typed=typed, shown_at=NOW, by=IT, at=NOW),
        lambda: draw_recovery_codes(user=user.pk, by=IT, at=NOW),
        lambda: reset_second_factor(username="nora", by=IT, at=NOW),
        lambda: reset_second_factor(username="nora", by=IT, at=NOW),
    ) == [
        ("SECOND_FACTOR", "nora", None, {"app": True}),
        ("SECOND_FACTOR", "nora", None, {"recovery_codes": 8}),
        ("SECOND_FACTOR", "nora", None, {"recovery_codes": 8}),
        ("SECOND_FACTOR", "nora", {"app": True, "passkeys": 0}, None),
    ]


def test_tokens_but_never_a_token() -> None:
    tokens: list[str] = []
    every = ["cases:read", "cases:write", "facts:write", "topics:read"]
    first = {"may": every, "since": f"{NOW.isoformat()}", "until": "2016-02-09T08:00:00+00:00"}

    found = kept(
        lambda: tokens.append(give_token(department="billing", by=IT, at=NOW)),
        lambda: tokens.append(give_token(department="billing", scopes={Scope.TOPICS_READ}, by=IT, at=NOW)),
        lambda: revoke_token(department="billing", by=IT, at=NOW),
    )

    assert found == [
        ("TOKEN", "billing/main", None, first),
        ("TOKEN", "billing/main", {"may": every}, {"may": ["topics:read"]}),
        ("TOKEN", "billing/main", first | {"may": ["topics:read"]}, None),
    ]
    assert not any(token in str(found) for token in tokens)


def test_webhooks_but_never_a_secret() -> None:
    seeds: list[UUID] = []
    made = {"url": "https://crm.example/in", "kinds": ["*"], "paused": ""}

    found = kept(
        lambda: seeds.append(subscribe(name="crm", url="https://crm.example/in", kinds=["*"], by=IT, at=NOW)),
        lambda: pause_subscription(name="crm", because="they move", by=IT, at=NOW),
        lambda: resume_subscription(name="crm", by=IT, at=NOW),
        lambda: unsubscribe(name="crm", by=IT, at=NOW),
    )

    assert found == [
        ("WEBHOOK", "crm", None, made),
        ("WEBHOOK", "crm", {"paused": ""}, {"paused": "they move"}),
        ("WEBHOOK", "crm", {"paused": "they move"}, {"paused": ""}),
        ("WEBHOOK", "crm", made, None),
    ]
    assert str(seeds[0]) not in str(found)
    assert secret_of(seeds[0], key=settings.SECRET_KEY) not in str(found)


def test_absences_backups_and_duty() -> None:
    absences: list[UUID] = []
    ten, twelve = Period(date(2015, 2, 10)), Period(date(2015, 2, 10), date(2015, 2, 12))
    planned = {"from": "2015-02-10", "back": None, "reason": ""}

    assert kept(
        lambda: absences.append(record_absence(adviser="A-1", period=ten, reason=None, by=IT, at=NOW)),
        lambda: change_absence(absence=absences[0], period=twelve, reason=None, by=IT, at=NOW),
        lambda: end_absence(absence=absences[0], by=IT, at=NOW),
        lambda: set_backup(adviser="A-1", backup="A-3", by=IT, at=NOW),
        lambda: set_backup(adviser="A-1", backup="A-3", by=IT, at=NOW),
        lambda: set_duty(team="33", adviser="A-3", by=IT, at=NOW),
        lambda: set_duty(team="33", adviser="A-3", by=IT, at=NOW),
        lambda: set_duty(team=None, adviser="A-2", by=IT, at=NOW),
        lambda: set_duty(team=None, adviser=None, by=IT, at=NOW),
    ) == [
        ("ABSENCE", "A-1", None, planned),
        ("ABSENCE", "A-1", {"back": None}, {"back": "2015-02-12"}),
        ("ABSENCE", "A-1", planned | {"back": "2015-02-12"}, None),
        ("ADVISER", "A-1", {"backup": "A-2"}, {"backup": "A-3"}),
        ("TERRITORY", "33", {"duty": None}, {"duty": "A-3"}),
        ("OPERATOR", "operator", {"duty": None}, {"duty": "A-2"}),
        ("OPERATOR", "operator", {"duty": "A-2"}, {"duty": None}),
    ]


def test_the_mode_of_the_voice_with_the_reason() -> None:
    assert kept(
        lambda: set_mode(mode=Mode.STOP, reason="wrong bills", by=IT, at=NOW),
        lambda: set_mode(mode=Mode.STOP, reason="again", by=IT, at=NOW),
    ) == [("MODE", "voice", {"mode": "live", "reason": None}, {"mode": "stop", "reason": "wrong bills"})]


def test_what_is_refused_or_undone_leaves_nothing() -> None:
    give_login(adviser="A-1", username="nora", password="x", by=IT, at=NOW)
    before = Change.objects.count()

    with pytest.raises(LoginTaken):
        give_login(adviser="A-1", username="nora2", password="x", by=IT, at=NOW)
    with transaction.atomic():
        set_supervision(username="nora", is_supervisor=True, by=IT, at=NOW)
        transaction.set_rollback(True)

    assert Change.objects.count() == before
    assert User.objects.count() == 1


def test_changes_are_found_by_kind_person_thing_and_time() -> None:
    nora = Actor(ActorKind.ADVISER, "A-1")
    for day, (by, kind, about) in enumerate(
        [(nora, ChangeKind.ABSENCE, "A-1"), (SYSTEM, ChangeKind.TOKEN, "billing/main"), (SYSTEM, ChangeKind.LOGIN, "a")]
    ):
        note_changes(kind=kind, after={about: {"x": 1}}, by=by, at=NOW + timedelta(days=day))

    def found(wanted: Filter) -> list[str]:
        return [one.about for one in changes.newest(replace(wanted, since=NOW))]

    assert found(Filter()) == ["a", "billing/main", "A-1"]
    assert found(Filter(kind=ChangeKind.TOKEN)) == ["billing/main"]
    assert found(Filter(by="adviser:A-1")) == ["A-1"]
    assert found(Filter(about="BILL")) == ["billing/main"]
    assert found(Filter(until=NOW + timedelta(days=1))) == ["A-1"]
    assert changes.count(Filter(since=NOW)) == 3
    assert changes.newest(Filter(since=NOW), limit=1, skip=1) == (
        ChangeCard(
            at=NOW + timedelta(days=1),
            by="system:ligneclaire",
            kind=ChangeKind.TOKEN,
            about="billing/main",
            before=None,
            after={"x": 1},
        ),
    )
    assert changes.people() == ("adviser:A-1", "system:ligneclaire")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("change_kind_known", {"kind": "WEATHER"}),
        ("change_by_somebody", {"by": ""}),
        ("change_about_something", {"about": ""}),
        ("change_of_something", {"before": None, "after": None}),
    ],
)
def test_the_database_refuses_a_change_that_says_too_little(constraint: str, values: dict[str, object]) -> None:
    whole = {"at": NOW, "by": "system:root", "kind": "LOGIN", "about": "nora", "before": None, "after": {}}

    with refused_by(constraint):
        Change.objects.create(**(whole | values))


def test_a_change_is_never_altered_nor_removed() -> None:
    for deed in (lambda: Change.objects.update(by="nobody"), lambda: Change.objects.all().delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            deed()


def test_a_change_is_named_by_what_it_is() -> None:
    note_changes(kind=ChangeKind.LOGIN, after={"nora": {}}, by=IT, at=NOW)

    assert str(Change.objects.get(by="system:root")) == "LOGIN nora by system:root"
