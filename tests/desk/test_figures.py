"""Supervisors see what was counted, in words and as a file; others do not."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.busy_day import fill
from ligneclaire.figures.actions.roll_up import roll_up
from ligneclaire.figures.models import Count, Day
from ligneclaire.figures.rules import Figure, span
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.models import Adviser, Login
from world import MONDAY

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
QUERIES = 4
HEAD = "\ufefffirst;last;figure;about;adviser;adviser_name;count"


@pytest.fixture
def boss(nora: Client) -> Client:
    """Nora's browser, who looks after the others too."""
    Login.objects.filter(adviser__number="A-1").update(is_supervisor=True)
    return nora


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def count() -> None:
    roll_up(span=span(None, None, today=AT.date()), zone="Europe/Paris", by=SYSTEM, at=AT)


def rows(response: Any, name: str) -> list[tuple[str, list[str]]]:
    [table] = [one for one in response.context["tables"] if one.name == name]
    return [(title, list(cells)) for title, cells in table.rows]


@pytest.mark.parametrize("path", ["/figures", "/figures.csv"])
def test_only_supervisors_look_at_figures(nora: Client, hugo: Client, nobody: Client, path: str) -> None:
    Login.objects.filter(adviser__number="A-1").update(is_supervisor=True)

    assert [one.get(path).status_code for one in (nora, hugo, nobody, Client())] == [200, 403, 403, 302]
    assert 'href="/figures"' in nora.get("/").content.decode()
    assert 'href="/figures"' not in hugo.get("/").content.decode()


@pytest.mark.parametrize("filled", [0, 1, 3])
def test_the_page_takes_the_same_queries_however_much_was_counted(
    boss: Client, filled: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(filled, at=AT)
    count()

    with django_assert_num_queries(QUERIES):
        page = boss.get("/figures?from=2015-02-16&to=2015-02-16")

    assert len(page.context["tables"]) == 9


def test_the_tables_say_what_was_counted(boss: Client) -> None:
    fill(3, at=AT)
    count()

    page = boss.get("/figures?from=2015-02-16&to=2015-02-16")

    assert rows(page, "promises") == [
        ("tous", ["12", "0", "0", "0", "3", ""]),
        ("Hugo Marchand", ["4", "0", "0", "0", "1", ""]),
        ("Nora Benali", ["8", "0", "0", "0", "2", ""]),
    ]
    assert rows(page, "effort") == [
        ("tous", ["3", "0", "0", "0", ""]),
        ("Hugo Marchand", ["1", "0", "0", "0", ""]),
        ("Nora Benali", ["2", "0", "0", "0", ""]),
    ]
    assert rows(page, "delivery") == [("e-mail", ["0", "3"])]
    assert "Promesses" in words(page)
    assert "Les jours de cette période" not in words(page)


def test_shares_are_said_where_they_can_be(boss: Client) -> None:
    day = Day.objects.create(day=AT.date(), counted_at=AT)
    for figure, number in ((Figure.PROMISES_KEPT, 2), (Figure.PROMISES_BROKEN, 1), (Figure.MATTERS_CLOSED, 2)):
        Count.objects.create(day=day, figure=figure, adviser="A-1", count=number)
    Count.objects.create(day=day, figure=Figure.CONTACTS_OF_CLOSED, adviser="A-1", count=5)
    Count.objects.create(day=day, figure=Figure.CONTRADICTIONS, adviser="A-1", about="billing + contracts", count=4)

    page = boss.get("/figures?from=2015-02-16&to=2015-02-16&adviser=A-1")

    assert rows(page, "promises")[0] == ("tous", ["0", "2", "0", "1", "0", "67\xa0%"])
    assert rows(page, "effort")[0] == ("tous", ["0", "0", "0", "2", "2,5"])
    assert [cells for _, cells in rows(page, "contradictions")] == [["4", "0"]]
    assert page.context["query"] == "from=2015-02-16&to=2015-02-16&adviser=A-1&territory="
    assert boss.get("/figures?from=nonsense&adviser=A-2").status_code == 200


def test_the_file_has_stable_columns_and_no_formulas(boss: Client) -> None:
    Adviser.objects.filter(number="A-1").update(name="=cmd|'/c calc'!A1")
    day = Day.objects.create(day=AT.date(), counted_at=AT)
    Count.objects.create(day=day, figure=Figure.CONTRADICTIONS, adviser="A-1", about="@a + b", count=4)

    answer = boss.get("/figures.csv?from=2015-02-10&to=2015-02-16")

    assert answer["Content-Disposition"] == 'attachment; filename="figures-2015-02-10-2015-02-16.csv"'
    assert answer.content.decode().splitlines() == [
        HEAD,
        "2015-02-10;2015-02-16;contradictions;'@a + b;A-1;'=cmd|'/c calc'!A1;4",
    ]


def test_days_that_were_not_counted_are_said(boss: Client) -> None:
    assert "7 jours de cette période n’ont pas été comptés." in words(boss.get("/figures?from=2015-02-10"))
