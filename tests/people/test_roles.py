"""Each role may do what its list says, and no deed is done for a kind of actor that may not."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries as Asserted

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access import roles
from ligneclaire.people.access.roles import NotAllowed, Right, refuse_unless, refuse_unless_own
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.set_field_work import set_field_work
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.actions.set_training import set_training
from ligneclaire.people.actions.withdraw_login import withdraw_login

pytestmark = pytest.mark.django_db

NORA, MARIE = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.CLERK, "7")
HUGO = Actor(ActorKind.ADVISER, "A-2")
NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
BILLING, LENOIR = Actor(ActorKind.DEPARTMENT, "billing"), Actor(ActorKind.CUSTOMER, "C-2001")


@pytest.mark.parametrize(
    ("right", "kinds"),
    [
        (Right.STATE_FACTS, ["clerk", "department", "system"]),
        (Right.RELAY, ["adviser", "system"]),
        (Right.SETTLE, ["adviser", "system"]),
        (Right.OVERSEE, ["system"]),
        (Right.OWN_SPACE, ["customer", "system"]),
    ],
)
def test_an_action_refuses_what_nobody_of_a_kind_may_do(right: Right, kinds: list[str]) -> None:
    refused = []
    for by in (NORA, MARIE, BILLING, LENOIR, SYSTEM):
        try:
            refuse_unless(by, may=right)
        except NotAllowed as no:
            refused.append((by, no.values))

    others = [by for by in (NORA, MARIE, BILLING, LENOIR, SYSTEM) if by.kind not in kinds]
    assert refused == [(by, {"by": by, "right": right}) for by in others]


def test_an_action_tells_supervisors_from_other_advisers_as_long_as_they_are(
    django_assert_num_queries: Asserted,
) -> None:
    a_world()
    for adviser, username in (("A-1", "nora"), ("A-2", "hugo")):
        give_login(adviser=adviser, username=username, password="x", by=SYSTEM, at=NOW)
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=NOW)

    with django_assert_num_queries(1):
        refuse_unless(NORA, may=Right.OVERSEE)
    with pytest.raises(NotAllowed) as refused:
        refuse_unless(HUGO, may=Right.OVERSEE)
    assert refused.value.values == {"by": HUGO, "right": Right.OVERSEE}
    set_supervision(username="nora", is_supervisor=False, by=SYSTEM, at=NOW)
    with pytest.raises(NotAllowed):
        refuse_unless(NORA, may=Right.OVERSEE)


def test_an_action_tells_technicians_and_trainees_from_other_advisers_as_long_as_they_are() -> None:
    a_world()
    for adviser, username in (("A-1", "nora"), ("A-2", "hugo")):
        give_login(adviser=adviser, username=username, password="x", by=SYSTEM, at=NOW)
    set_field_work(username="nora", is_technician=True, by=SYSTEM, at=NOW)
    set_training(username="hugo", is_in_training=True, by=SYSTEM, at=NOW)

    assert may_now(NORA) == roles.TECHNICIAN.rights
    assert may_now(HUGO) == roles.TRAINEE.rights

    set_field_work(username="nora", is_technician=False, by=SYSTEM, at=NOW)
    set_training(username="hugo", is_in_training=False, by=SYSTEM, at=NOW)
    assert may_now(NORA) == may_now(HUGO) == roles.ADVISER.rights
    withdraw_login(username="nora", by=SYSTEM, at=NOW)
    assert may_now(NORA) == roles.ADVISER.rights  # whoever writes down what they had done before


def may_now(by: Actor) -> set[Right]:
    allowed = set()
    for right in Right:
        with suppress(NotAllowed):
            refuse_unless(by, may=right)
            allowed.add(right)
    return allowed


def test_what_is_ones_own_needs_less_than_what_is_somebody_elses() -> None:
    def may(by: Actor, adviser: str) -> bool:
        try:
            refuse_unless_own(by, adviser, own=Right.PLAN_ABSENCE, others=Right.PLAN_TEAM)
        except NotAllowed:
            return False
        return True

    assert [may(by, "A-1") for by in (NORA, HUGO, MARIE, BILLING, LENOIR, SYSTEM)] == [
        *(True, False, False),
        *(False, False, True),
    ]
    assert not may(Actor(ActorKind.CLERK, "A-1"), "A-1")


def test_every_right_is_given_to_somebody_besides_the_operators_it() -> None:
    given = {right for role in roles.ROLES if role is not roles.IT for right in role.rights}

    assert given == set(Right)


def test_a_supervisor_may_all_that_an_adviser_may_and_a_clerk_nothing_of_it() -> None:
    assert roles.ADVISER.rights < roles.SUPERVISOR.rights
    assert roles.ADVISER.rights - roles.TRAINEE.rights == {Right.APPROVE}
    assert roles.TRAINEE.rights < roles.ADVISER.rights
    assert roles.CLERK.rights & roles.SUPERVISOR.rights == set()
    assert roles.NOBODY.rights == set()
