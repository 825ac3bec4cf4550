"""A department's systems are known by a token, of which we keep only what recognises it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_token import give_token
from ligneclaire.people.actions.revoke_token import NoToken, revoke_token
from ligneclaire.people.models import Token
from ligneclaire.people.queries import tokens
from ligneclaire.people.queries.departments import DepartmentUnknown
from ligneclaire.people.queries.tokens import TokenCard

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def token_of(department: str) -> str:
    return give_token(department=department, by=SYSTEM, at=NOW)


def test_a_token_leads_to_its_department() -> None:
    billing, equipment = token_of("billing"), token_of("equipment")

    assert (tokens.department_of(billing), tokens.department_of(equipment)) == ("billing", "equipment")
    assert tokens.given() == (
        TokenCard(department="billing", given_by="system:ligneclaire", given_at=NOW),
        TokenCard(department="equipment", given_by="system:ligneclaire", given_at=NOW),
    )


@pytest.mark.parametrize("other", ["", "lc_", "billing", "é", "\ud800", "\x00"])
def test_no_other_text_leads_anywhere(other: str) -> None:
    token_of("billing")

    assert tokens.department_of(other) is None


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

    assert (tokens.department_of(first), tokens.department_of(second)) == (None, "billing")


def test_a_token_taken_back_leads_nowhere() -> None:
    token = token_of("billing")

    revoke_token(department="billing", by=SYSTEM, at=NOW)

    assert tokens.department_of(token) is None
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

    assert refused.value.values == {"department": "billing"}
    assert tokens.department_of(kept) == "equipment"
