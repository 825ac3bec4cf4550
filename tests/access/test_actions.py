"""Who may do what, whatever door let them in: each action that asks, for each role; a refusal writes nothing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

import ligneclaire
from access.test_matrix import written
from builders import a_world
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access import roles
from ligneclaire.people.access.roles import NotAllowed, Right, Role
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.set_field_work import set_field_work
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.actions.set_training import set_training

pytestmark = pytest.mark.django_db
SOURCE, TABLE = Path(ligneclaire.__file__).parent, Path(__file__).parent / "actions.txt"
NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
ADVISERS = {"A-1": roles.SUPERVISOR, "A-2": roles.TRAINEE, "A-3": roles.TECHNICIAN}
OTHERS = {
    Actor(ActorKind.CUSTOMER, "C-2001"): roles.CUSTOMER,
    Actor(ActorKind.CLERK, "7"): roles.CLERK,
    Actor(ActorKind.DEPARTMENT, "billing"): roles.DEPARTMENT,
}


@pytest.fixture
def everybody() -> dict[Actor, Role]:
    a_world()
    for number in ADVISERS:
        give_login(adviser=number, username=number, password="x", by=SYSTEM, at=NOW)
    set_supervision(username="A-1", is_supervisor=True, by=SYSTEM, at=NOW)
    set_training(username="A-2", is_in_training=True, by=SYSTEM, at=NOW)
    set_field_work(username="A-3", is_technician=True, by=SYSTEM, at=NOW)
    return {Actor(ActorKind.ADVISER, number): role for number, role in ADVISERS.items()} | OTHERS


def test_the_actions_that_ask_for_a_right_are_these() -> None:
    listed = [line.split() for line in TABLE.read_text().splitlines() if not line.startswith("#")]

    assert {path: right for path, right, _ in asking()} == dict(listed)


def test_each_action_refuses_each_role_that_may_not_and_writes_nothing(everybody: dict[Actor, Role]) -> None:
    before, let_in = written(), []
    for path, right, action in asking():
        for by, role in everybody.items():
            if "/" not in right and not role.may(Right[right]) and not refuses(action, by):
                let_in.append((path, role.name))

    assert let_in == []
    assert written() == before


def asking() -> Iterator[tuple[str, str, Callable[..., object]]]:
    """Each action that asks before it does anything, with the right that it asks for: one, or one for each kind."""
    for file in sorted(SOURCE.glob("*/actions/*.py")):
        path = f"{file.parent.parent.name}/{file.stem}"
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ASKS:
                named = [
                    one.attr
                    for one in ast.walk(call)
                    if isinstance(one, ast.Attribute) and one.attr in Right.__members__
                ]
                module = import_module(f"ligneclaire.{file.parent.parent.name}.actions.{file.stem}")
                yield path, "/".join(named), getattr(module, file.stem)


ASKS = {"refuse_unless", "refuse_unless_own"}


def refuses(action: Callable[..., object], by: Actor) -> bool:
    """Whether it refuses somebody before it looks at anything else."""
    nothing = dict.fromkeys(signature(action).parameters)
    try:
        action(**(nothing | {"by": by, "at": NOW}))
    except NotAllowed:
        return True
    except Exception:  # noqa: BLE001 - it looked at nothing that was given
        return False
    return False
