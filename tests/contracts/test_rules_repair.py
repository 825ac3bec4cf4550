"""By when a line that broke works again."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ligneclaire.contracts.rules.repair import Clock, Level, restored_at, restored_on, service_hours
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.service_hours import ALWAYS

FRIDAY = datetime.fromisoformat("2026-11-27T16:00+01:00")


def test_sla_03_an_ordinary_line_works_again_within_48_hours_whatever_the_days() -> None:
    assert restored_at(FRIDAY).isoformat() == "2026-11-29T16:00:00+01:00"
    assert restored_on(FRIDAY) == date(2026, 11, 29)
    assert restored_on(datetime.fromisoformat("2004-09-06T11:28+02:00")) == date(2004, 9, 8)


def test_sla_05_fibre_of_level_1_works_again_after_ten_service_hours_and_fibre_to_the_office_after_four() -> None:
    assert restored_at(FRIDAY, Level.FTTH_1).isoformat() == "2026-11-30T16:00:00+01:00"
    assert restored_at(FRIDAY, Level.FTTO).isoformat() == "2026-11-27T20:00:00+01:00"
    assert restored_on(FRIDAY, Level.FTTH_1) == date(2026, 11, 30)


def test_sla_06_hours_count_from_8_to_18_on_working_days_of_the_region_or_around_the_clock() -> None:
    holy_thursday = datetime.fromisoformat("2027-03-25T17:00+01:00")

    assert service_hours(Clock.ALWAYS, on=FRIDAY.date()) is ALWAYS
    assert restored_at(holy_thursday, Level.FTTH_1).isoformat() == "2027-03-26T17:00:00+01:00"
    assert restored_at(holy_thursday, Level.FTTH_1, calendar=Calendar(region="57")).isoformat() == (
        "2027-03-30T17:00:00+02:00"
    )


@pytest.mark.parametrize(
    ("level", "ends"),
    [
        (None, "2026-11-29T17:30:00+01:00"),
        (Level.FTTH_1, "2026-11-30T17:30:00+01:00"),
        (Level.FTTO, "2026-11-27T21:30:00+01:00"),
    ],
)
def test_sla_06_the_clock_stands_still_while_the_customer_is_absent(level: Level | None, ends: str) -> None:
    absent = (datetime.fromisoformat("2026-11-27T16:15+01:00"), datetime.fromisoformat("2026-11-27T17:45+01:00"))

    assert restored_at(FRIDAY, level, absences=[absent]).isoformat() == ends
    assert restored_on(FRIDAY, level, absences=[absent]) == date.fromisoformat(ends[:10])
