"""What supervisors read about plans: slips, ages, times."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ligneclaire.figures.models import Count, Day
from ligneclaire.figures.rules import Figure
from ligneclaire.people.models import Login
from world import MONDAY

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
F = Figure
COUNTS = {
    (F.SLIPS_TOLD, "termination:billing"): 3,
    (F.SLIPS_BROKEN, "termination:billing"): 1,
    (F.SLIPS_BROKEN, "knitting:yarn"): 1,
    (F.OPEN_PLANS_BY_AGE, "termination:4"): 7,
    (F.OPEN_PLANS_BY_AGE, "termination:more"): 1,
    (F.OPEN_CASES_BY_AGE, "conversation:30"): 2,
    (F.PLANS_DONE, "termination"): 5,
    (F.PLANS_TIMED, "termination:30"): 2,
    (F.PLANS_TIMED, "termination:120"): 2,
    (F.COMMITMENTS, "termination"): 4,
    (F.COMMITMENTS_KEPT, "termination"): 3,
    (F.PLANS_DONE, "knitting"): 1,
}


@pytest.fixture
def page(nora: Client) -> Any:
    """The figures of a Monday, as Nora sees them."""
    Login.objects.filter(adviser__number="A-1").update(is_supervisor=True)
    day = Day.objects.create(day=AT.date(), counted_at=AT)
    for (figure, about), count in COUNTS.items():
        Count.objects.create(day=day, figure=figure, about=about, adviser="A-1", count=count)
    return nora.get("/figures?from=2015-02-16&to=2015-02-16")


def rows(page: Any, name: str) -> list[tuple[str, list[str]]]:
    [table] = [one for one in page.context["tables"] if one.name == name]
    return [(title, list(cells)) for title, cells in table.rows]


def test_slips_are_told_by_plan_and_department(page: Any) -> None:
    assert rows(page, "slips") == [
        ("fin d’un contrat, Facturation", ["3", "1", "75\xa0%"]),
        ("knitting, yarn", ["0", "1", "0\xa0%"]),
    ]


def test_what_is_open_stands_by_age(page: Any) -> None:
    assert rows(page, "plan_ages") == [("fin d’un contrat", ["7", "0", "0", "0", "0", "1"])]
    assert [cells for _, cells in rows(page, "case_ages")] == [["0", "0", "0", "2", "0", "0"]]


def test_times_are_those_of_the_fastest(page: Any) -> None:
    assert rows(page, "times") == [
        ("fin d’un contrat", ["5", "1", "30\xa0h", "5\xa0jours", "5\xa0jours", "75\xa0%"]),
        ("knitting", ["1", "1", "", "", "", ""]),
    ]
