"""The start of the day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.busy_day import fill
from incoming import an_email
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.states import AbsenceReason
from ligneclaire.voice.queries import day
from ligneclaire.voice.queries.day import DayList
from world import MONDAY, World

pytestmark = pytest.mark.django_db
QUERIES = 15
SHORT = 10
AT = datetime.fromisoformat(MONDAY)
ALL = {one.value for one in DayList}


def test_what_waits_for_me_stands_apart_from_what_waits_for_others(nora: Client, hugo: Client) -> None:
    for client, mine, others in ((nora, ["C-2001"], []), (hugo, [], ["C-2001"])):
        questions = client.get("/").context["lists"]["questions"]
        assert [card.customer for card in questions.of_mine] == mine
        assert [card.customer for card in questions.of_others] == others
        assert (questions.mine, questions.others) == (len(mine), len(others))


def test_the_day_shows_which_messages_wait_and_what_was_not_understood(nora: Client, monday: World) -> None:
    monday.state({"source": "shop", "customer": "C-1001", "event": "visit", "data": {"said": "hello"}})
    monday.state({"source": "marketing", "event": "loyalty.reward.price", "data": {}})
    monday.it_is("2015-02-16T10:00:01+01:00")

    context = nora.get("/").context

    assert [(one.customer.name, one.next.reason) for one in context["coming"]] == [("M. et Mme Lenoir", "settling")]
    assert [(one.fact, one.what, one.customer_name, one.owner) for one in context["troubles"]] == [
        ("marketing/w2", "not understood", "", "Nora Benali"),
        ("shop/w1", "not understood", "Famille Delmas", "Nora Benali"),
    ]
    assert (context["day"].troubles, context["day"].coming) == (2, 1)


@pytest.mark.parametrize("path", ["/", "/today/entries"])
def test_what_a_customer_wrote_is_read_on_the_day_by_who_answers_for_them_only(
    nora: Client, hugo: Client, path: str
) -> None:
    receive_mail(raw=an_email("Le boîtier clignote en rouge."), envelope=None, by=SYSTEM, at=AT)

    for client, is_read in ((nora, True), (hugo, False)):
        shown = client.get(path).content.decode()
        assert ("Le boîtier clignote en rouge." in shown) == is_read
        assert ("M. et Mme Lenoir" in shown, "Par e-mail" in shown) == (True, True)


@pytest.mark.parametrize("count", [0, 1, 3, 25])
def test_every_list_is_counted_shown_in_part_and_takes_the_same_queries(
    nora: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = {name: listed.total for name, listed in nora.get("/").context["lists"].items()}
    fill(count, at=AT)

    with django_assert_num_queries(QUERIES):
        page = nora.get("/")

    lists = page.context["lists"]
    added = {name: listed.total - before[name] for name, listed in lists.items()}
    mine = count - count // 3  # each third one is Hugo's
    assert added == dict.fromkeys(ALL, count) | {"cases": mine, "told": 2 * count}
    assert {name: len(listed.rows) for name, listed in lists.items()} == {
        name: min(SHORT, listed.total) for name, listed in lists.items()
    }
    for listed in lists.values():
        assert [*listed.rows] == listed.of_mine + listed.of_others
    assert page.context["day"].troubles == count
    assert (f"et {lists['entries'].more} autres" in page.content.decode()) == (count > SHORT)


@pytest.mark.parametrize("count", [0, 1, 51])
def test_every_list_has_a_page_of_its_own_in_pages(nora: Client, count: int) -> None:
    fill(count, at=AT)

    for name in [*DayList, "troubles", "coming"]:
        first, second = nora.get(f"/today/{name}"), nora.get(f"/today/{name}?page=2")

        total = first.context["total"]
        assert (first.status_code, second.status_code) == (200, 200)
        assert len(first.context["rows"]) == min(50, total)
        assert len(second.context["rows"]) == min(50, max(0, total - 50))
        assert (first.context["older"], second.context["newer"]) == (2 if total > 50 else None, 1)


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "²"])
def test_a_page_that_is_none_is_the_first_or_the_last_there_can_be(nora: Client, number: str) -> None:
    assert nora.get(f"/today/cases?page={number}").status_code == 200


def test_there_is_no_page_for_a_list_that_is_none(nora: Client) -> None:
    assert nora.get("/today/nothing").status_code == 404


def test_who_stands_in_finds_the_colleagues_work_among_their_own(nora: Client, hugo: Client) -> None:
    assert hugo.get("/").context["lists"]["cases"].total == 0
    period = Period(date(2015, 2, 16), date(2015, 2, 18))
    record_absence(adviser="A-1", period=period, reason=AbsenceReason.LEAVE, by=SYSTEM, at=AT)

    page = hugo.get("/")

    lists = page.context["lists"]
    assert [one.customer for one in lists["cases"].rows] == ["C-2001"]
    assert [one.customer for one in lists["questions"].of_mine] == ["C-2001"]
    assert "Nora Benali revient le 18 février\u00a0: vous répondez" in page.content.decode()


def test_a_promise_that_was_told_is_at_risk_two_days_before_its_day_and_until_somebody_says(nora: Client) -> None:
    fill(1, at=AT)

    seen = {
        today.day: [(one.key, one.state) for one in day.one(DayList.TOLD, "A-1", today=today, limit=9, skip=0).rows]
        for today in (date(2015, 2, 12), date(2015, 2, 15), date(2015, 2, 16))
    }

    passed, coming = ("refund.deposit_by", "unconfirmed"), ("closing_bill.date", "open")
    assert seen == {12: [], 15: [passed], 16: [passed, coming]}


def test_the_overview_leads_to_each_list_that_has_something(nora: Client) -> None:
    page = nora.get("/")

    assert [(one.name, one.total) for one in page.context["overview"]] == [
        ("questions", 1),
        ("cases", 1),
        ("coming", 1),
    ]
    for name in ("questions", "cases", "coming"):
        assert f'href="#{name}"' in page.content.decode()
        assert f'id="{name}"' in page.content.decode()


def test_the_day_of_the_demo_is_said_on_every_page(nora: Client, settings: object) -> None:
    settings.CLOCK_SHIFT_DAYS = 3  # type: ignore[attr-defined]

    assert "Démonstration\u00a0: ici, nous sommes le lundi 16 février 2015" in nora.get("/sending").content.decode()
