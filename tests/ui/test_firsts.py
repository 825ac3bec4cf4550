"""The first of a month is « 1er » in French, and another year is said, wherever a date is written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from ligneclaire.kernel import clock
from ligneclaire.ui.firsts import with_firsts, written_date


@pytest.fixture(autouse=True)
def _in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("language", "day", "form", "written"),
    [
        ("fr", date(2026, 12, 1), "l j F", "mardi 1er décembre"),
        ("fr", date(2026, 8, 1), "j F Y", "1er août 2026"),
        ("fr", date(2026, 12, 11), "j F", "11 décembre"),
        ("fr", date(2026, 12, 1), "d/m/Y", "01/12/2026"),
        ("en", date(2026, 12, 1), "j F", "1 December"),
        ("fr", date(2020, 3, 23), "l j F", "lundi 23 mars 2020"),
        ("fr", date(2027, 1, 1), "j F", "1er janvier 2027"),
        ("en", date(2020, 3, 23), "j F Y", "23 March 2020"),
        ("fr", date(2020, 3, 23), "d/m", "23/03"),
    ],
)
def test_a_date_is_written_as_people_write_it(language: str, day: date, form: str, written: str) -> None:
    with translation.override(language):
        assert written_date(day, form) == written
        assert Template(f'{{{{ day|date:"{form}" }}}}').render(Context({"day": day})) == written


def test_an_instant_is_that_of_the_page() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    with translation.override("fr"), timezone.override("Europe/Paris"):
        assert Template('{{ at|date:"j F, H:i" }}').render(Context({"at": late})) == "1er décembre, 00:30"


def test_nothing_is_nothing() -> None:
    assert Template('{{ nothing|date:"j F" }}').render(Context({"nothing": None})) == ""
    assert with_firsts("Lot 1 de mars, 21 mars") == "Lot 1 de mars, 21 mars"
