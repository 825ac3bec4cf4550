"""Whoever lost their phone is helped by one command."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.conf import settings
from pyotp import TOTP

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.commands import reset_factor
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.set_up_second_factor import set_up_second_factor
from ligneclaire.people.queries import second_factors
from ligneclaire.people.rules.second_factor import secret_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def test_a_second_factor_is_reset_and_a_strange_name_is_refused() -> None:
    a_world()
    user = give_login(adviser="A-1", username="nora", password="x", by=SYSTEM, at=NOW).user_id
    seed = UUID(int=7)
    code = TOTP(secret_of(seed, key=settings.SECRET_KEY)).at(NOW)
    set_up_second_factor(user=user, seed=seed, typed=code, shown_at=NOW, by=SYSTEM, at=NOW)
    run = CliRunner().invoke

    first, second, strange = (run(reset_factor.command, [name]) for name in ("nora", "nora", "nobody"))

    assert second_factors.of(user) is None
    assert (first.exit_code, first.output) == (0, "nora sets up a new second factor at the next log-in.\n")
    assert second.output == "nora sets up a new second factor at the next log-in (there was none).\n"
    assert (strange.exit_code, "Nobody has this user name. (username nobody)" in strange.output) == (1, True)
