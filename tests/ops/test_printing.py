"""Commands print instants in the operator's time, with the offset; in UTC as long as there is no operator."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builders import a_world
from ligneclaire.ops.printing import instant, zone

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)


def test_an_instant_says_its_offset() -> None:
    before = instant(AT, zone())
    a_world()

    assert (before, instant(AT, zone())) == ("2026-06-01 22:30+00:00", "2026-06-02 00:30+02:00")
    assert instant(AT, zone(), "seconds") == "2026-06-02 00:30:00+02:00"
