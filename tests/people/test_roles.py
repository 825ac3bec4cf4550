"""Each role may do what its list says, and no deed is done for a kind of actor that may not."""

from __future__ import annotations

import pytest

from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access import roles
from ligneclaire.people.access.roles import NotAllowed, Right, refuse_unless

NORA, MARIE = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.CLERK, "7")
BILLING, LENOIR = Actor(ActorKind.DEPARTMENT, "billing"), Actor(ActorKind.CUSTOMER, "C-2001")


@pytest.mark.parametrize(
    ("right", "kinds"),
    [
        (Right.STATE_FACTS, ["clerk", "department", "system"]),
        (Right.SETTLE, ["adviser", "system"]),
        (Right.OVERSEE, ["adviser", "system"]),
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


def test_every_right_is_given_to_somebody_besides_the_operators_it() -> None:
    given = {right for role in roles.ROLES if role is not roles.IT for right in role.rights}

    assert given == set(Right)


def test_a_supervisor_may_all_that_an_adviser_may_and_a_clerk_nothing_of_it() -> None:
    assert roles.ADVISER.rights < roles.SUPERVISOR.rights
    assert roles.ADVISER.rights - roles.TRAINEE.rights == {Right.APPROVE}
    assert roles.TRAINEE.rights < roles.ADVISER.rights
    assert roles.CLERK.rights & roles.SUPERVISOR.rights == set()
    assert roles.NOBODY.rights == set()
