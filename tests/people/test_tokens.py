"""A department's systems are known by a token, of which we keep only what recognises it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from builders import a_world, refused_by
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.actions.give_token import TokenWithoutUse, give_token
from ligneclaire.people.actions.revoke_token import NoToken, revoke_token
from ligneclaire.people.actions.use_token import ScopeMissing, TokenEnded, TokenUnknown, use_token
from ligneclaire.people.models import Token
from ligneclaire.people.models.house import TOKEN_SCOPES
from ligneclaire.people.queries import tokens
from ligneclaire.people.queries.departments import DepartmentUnknown

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def token_of(department: str) -> str:
    return give_token(department=department, by=SYSTEM, at=NOW)


def department_of(token: str, *, scope: Scope = Scope.FACTS_WRITE, at: datetime = NOW) -> str | None:
    try:
        return use_token(token=token, scope=scope, by=SYSTEM, at=at)
    except TokenUnknown:
        return None


def a_card(department: str, **changes: object) -> dict[str, object]:
    return {
        "department": department,
        "name": "main",
        "scopes": tuple(sorted(Scope)),
        "given_by": "system:ligneclaire",
        "given_at": NOW,
        "ends_at": datetime(2016, 2, 9, 8, tzinfo=UTC),
        "last_used_on": None,
    } | changes


def test_a_token_leads_to_its_department() -> None:
    billing, equipment = token_of("billing"), token_of("equipment")

    assert (department_of(billing), department_of(equipment)) == ("billing", "equipment")
    assert [asdict(card) for card in tokens.given()] == [
        a_card("billing", last_used_on=date(2015, 2, 9)),
        a_card("equipment", last_used_on=date(2015, 2, 9)),
    ]


@pytest.mark.parametrize("other", ["", "lc_", "billing", "é", "\ud800", "\x00"])
def test_no_other_text_leads_anywhere(other: str) -> None:
    token_of("billing")

    assert department_of(other) is None


def test_the_token_itself_is_not_kept() -> None:
    token = token_of("billing")

    [kept] = Token.objects.values_list("department", "digest", "given_by")
    assert token.startswith("lc_")
    assert len(token) == 46
    assert token not in str(kept)
    assert token.encode() not in bytes(kept[1])


def test_a_new_token_ends_the_earlier_one() -> None:
    first = token_of("billing")
    second = token_of("billing")

    assert (department_of(first), department_of(second)) == (None, "billing")


def test_a_token_taken_back_leads_nowhere() -> None:
    token = token_of("billing")

    revoke_token(department="billing", by=SYSTEM, at=NOW)

    assert department_of(token) is None
    assert tokens.given() == ()


def test_only_a_department_gets_a_token() -> None:
    with pytest.raises(DepartmentUnknown) as refused:
        token_of("tea")

    assert refused.value.values == {"department": "tea"}
    assert tokens.given() == ()


def test_only_a_token_that_exists_is_taken_back() -> None:
    kept = token_of("equipment")

    with pytest.raises(NoToken) as refused:
        revoke_token(department="billing", by=SYSTEM, at=NOW)

    assert refused.value.values == {"department": "billing", "name": "main"}
    assert department_of(kept) == "equipment"


def test_each_system_of_a_department_has_a_token_of_its_own() -> None:
    shop = give_token(department="billing", name="shop", scopes={Scope.TOPICS_READ}, by=SYSTEM, at=NOW)
    main = token_of("billing")

    revoke_token(department="billing", by=SYSTEM, at=NOW)

    assert (department_of(main), department_of(shop, scope=Scope.TOPICS_READ)) == (None, "billing")
    assert [asdict(card) for card in tokens.given()] == [
        a_card("billing", name="shop", scopes=(Scope.TOPICS_READ,), last_used_on=date(2015, 2, 9))
    ]


def test_a_token_does_what_its_scopes_say_and_no_more() -> None:
    token = give_token(department="billing", scopes={Scope.TOPICS_READ}, by=SYSTEM, at=NOW)

    with pytest.raises(ScopeMissing) as refused:
        department_of(token, scope=Scope.FACTS_WRITE)

    assert refused.value.values == {"scope": Scope.FACTS_WRITE}
    assert tokens.given()[0].last_used_on is None


def test_a_token_ends_after_a_year_or_when_it_was_said() -> None:
    year = token_of("billing")
    day = give_token(department="equipment", life=timedelta(days=1), by=SYSTEM, at=NOW)

    for token, ends_at in ((year, NOW + timedelta(days=365)), (day, NOW + timedelta(days=1))):
        assert department_of(token, at=ends_at - timedelta(microseconds=1)) is not None
        with pytest.raises(TokenEnded) as refused:
            department_of(token, at=ends_at)
        assert refused.value.values == {"ended_at": ends_at}


def test_the_day_of_its_last_use_is_written_once_a_day(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    token = token_of("billing")
    department_of(token)

    with django_assert_num_queries(1):
        department_of(token, at=NOW + timedelta(hours=3))
    with django_assert_num_queries(2):
        department_of(token, at=NOW + timedelta(days=1))
    assert tokens.given()[0].last_used_on == date(2015, 2, 10)


@pytest.mark.parametrize(
    "useless",
    [
        {"scopes": set()},
        {"life": timedelta()},
        {"life": timedelta(days=-1)},
        {"name": ""},
        {"name": "x" * 41},
    ],
)
def test_a_token_without_use_is_refused(useless: dict[str, Any]) -> None:
    with pytest.raises(TokenWithoutUse):
        give_token(department="billing", by=SYSTEM, at=NOW, **useless)

    assert tokens.given() == ()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"name": ""}, "token_has_a_name"),
        ({"scopes": []}, "token_lets_do_something"),
        ({"scopes": ["facts:write", "everything"]}, "token_lets_do_something"),
        ({"ends_at": NOW}, "token_ends_later"),
    ],
)
def test_the_database_knows_what_a_token_is(changes: dict[str, Any], constraint: str) -> None:
    given: dict[str, Any] = {
        "department_id": "billing",
        "name": "main",
        "digest": b"1",
        "scopes": ["facts:write"],
        "given_by": "system:test",
        "given_at": NOW,
        "ends_at": NOW + timedelta(days=1),
    }
    with refused_by(constraint):
        Token.objects.create(**given | changes)

    Token.objects.create(**given)
    with refused_by("token_once_a_name"):
        Token.objects.create(**given | {"digest": b"2"})


def test_the_database_knows_every_scope() -> None:
    assert sorted(Scope) == TOKEN_SCOPES
