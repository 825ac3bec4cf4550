"""Time limits of the law, in each of their units."""

from __future__ import annotations

from datetime import date

import pytest

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar

ALSACE = Calendar(region="57")


@pytest.mark.parametrize(
    ("rule", "after", "last"),
    [
        ("TER-01", date(2026, 11, 22), date(2026, 12, 2)),
        ("POR-08", date(2026, 12, 24), date(2026, 12, 26)),
        ("TER-22", date(2026, 12, 2), date(2027, 6, 2)),
        ("TER-22", date(2026, 8, 31), date(2027, 2, 28)),
        ("TER-27.keep", date(2024, 2, 29), date(2034, 2, 28)),
    ],
)
def test_a_limit_ends_after_its_days_months_or_years(rule: str, after: date, last: date) -> None:
    assert law.last_day(rule, after=after) == last


@pytest.mark.parametrize(
    ("rule", "before", "first"),
    [
        ("TER-01", date(2026, 12, 2), date(2026, 11, 22)),
        ("TER-14.inform_from", date(2027, 3, 1), date(2026, 12, 1)),
        ("TER-27.keep", date(2034, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_limit_before_a_day_begins_its_days_months_or_years_earlier(rule: str, before: date, first: date) -> None:
    assert law.first_day(rule, before=before) == first


def test_holidays_are_those_of_the_region() -> None:
    assert law.last_day("POR-08", after=date(2026, 12, 24), calendar=ALSACE) == date(2026, 12, 28)


def test_the_country_is_that_of_the_calendar() -> None:
    with pytest.raises(law.UnknownRule) as refused:
        law.last_day("TER-01", after=date(2026, 11, 22), calendar=Calendar(country="ES", zone="Europe/Madrid"))

    assert refused.value.values == {"rule": "TER-01", "country": "ES"}
