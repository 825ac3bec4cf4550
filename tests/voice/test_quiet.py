"""No telephone rings in the evening, at night or on a Sunday for what can wait."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ligneclaire.voice.rules.quiet import quiet_until

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("at", "until"),
    [
        pytest.param("2026-11-24 08:00", None, id="from eight"),
        pytest.param("2026-11-24 19:59", None, id="until eight"),
        pytest.param("2026-11-24 20:00", "2026-11-25 08:00", id="evening"),
        pytest.param("2026-11-25 07:59", "2026-11-25 08:00", id="early"),
        pytest.param("2026-11-28 12:00", None, id="a Saturday"),
        pytest.param("2026-11-28 21:00", "2026-11-30 08:00", id="Saturday evening"),
        pytest.param("2026-11-29 03:00", "2026-11-30 08:00", id="Sunday, early"),
        pytest.param("2026-11-29 12:00", "2026-11-30 08:00", id="Sunday"),
        pytest.param("2026-11-29 23:00", "2026-11-30 08:00", id="Sunday evening"),
        pytest.param("2026-03-28 21:00", "2026-03-30 08:00", id="over the night when clocks change"),
    ],
)
def test_it_waits_until(at: str, until: str | None) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=PARIS)

    expected = datetime.fromisoformat(until).replace(tzinfo=PARIS) if until else None
    assert quiet_until(moment.astimezone(ZoneInfo("UTC")), PARIS) == expected
