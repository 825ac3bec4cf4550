"""Our clock is the system's, moved by the offset of this process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from ligneclaire.kernel.clock import now, shift_by


@pytest.fixture(autouse=True)
def _wall_time_afterwards() -> Iterator[None]:
    yield
    shift_by(timedelta())


def test_now_is_the_present_in_utc() -> None:
    before = datetime.now(UTC)

    moment = now()

    assert before <= moment <= datetime.now(UTC)
    assert moment.tzinfo is UTC


def test_the_last_shift_counts() -> None:
    shift_by(timedelta(days=700))
    shift_by(timedelta(days=-7))

    before = datetime.now(UTC)
    moment = now()

    assert before <= moment + timedelta(days=7) <= datetime.now(UTC)
