"""Whose turn it is: what waits for a department, by what customers were promised, and what it answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.busy_day import fill
from ligneclaire.cases.models import Case
from ligneclaire.facts.models import Fact, Payload
from ligneclaire.flow import store
from ligneclaire.flow.engine import Journey, Moved
from ligneclaire.flow.models import Step
from ligneclaire.flow.plan import StepRow
from ligneclaire.flow.states import StepState
from ligneclaire.people.models import Department
from ligneclaire.people.rules.plain import plain
from ligneclaire.promises.models import Promise
from ligneclaire.voice.queries import work
from ligneclaire.voice.queries.work import Only
from ligneclaire.voice.topics import TOPICS
from world import MONDAY

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
TODAY = AT.date()  # a Monday
QUERIES = 4
FORM = UUID(int=7)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def waits(number: int, *, expected: int, promised: int | None = None, handed_over: bool = False) -> None:
    """A closing bill that billing has to make, expected in so many days, and promised for another day."""
    subject = f"contract:K-{number}"
    step = StepRow(
        name="issue_closing_bill",
        department="billing",
        after=(),
        state=StepState.OPEN,
        expected_on=in_days(expected),
        opened_at=AT - timedelta(days=3),
        handed_over_at=AT if handed_over else None,
    )
    journey = Journey(
        uuid=uuid5(UUID(int=0), str(number)),
        kind="termination",
        version=1,
        customer="C-4001",
        subject=subject,
        trigger="mailroom/1",
        started_at=AT - timedelta(days=3),
        steps=(step,),
    )
    store.keep([Moved(journey=journey, untouched=frozenset(), sayings=(), lines=())])
    if promised is not None:
        told(subject, promised)


def told(subject: str, due: int, *, state: str = "open", days_ago: int = 2, key: str = "closing_bill.date") -> None:
    Promise.objects.create(
        customer="C-4001",
        subject=subject,
        key=key,
        matter="value",
        due_on=in_days(due),
        made_by=uuid5(UUID(int=0), f"{subject}{due}{key}"),
        made_at=AT - timedelta(days=days_ago),
        state=state,
        closed_at=None if state == "open" else AT,
    )


@pytest.fixture
def bills(nora: Client) -> None:
    """Five bills to make: two promised, one of them late; of three nothing was told, one is late."""
    waits(1, expected=9, promised=4)
    waits(2, expected=3, promised=-1)
    waits(3, expected=0)
    waits(4, expected=12)
    waits(5, expected=-2, handed_over=True)
    told("contract:K-1", 1, state="moved", days_ago=1)
    told("contract:K-3", 1, key="refund.deposit_by")  # of another step


def numbers(only: Only = Only.ALL, **page: int) -> list[str]:
    rows = work.of("billing", only=only, today=TODAY, **page).rows
    return [row.subject.removeprefix("contract:K-") for row in rows if row.customer == "C-4001"]


@pytest.mark.usefixtures("bills")
def test_what_was_promised_comes_first_by_its_day_then_the_rest_by_theirs() -> None:
    assert numbers() == ["2", "1", "5", "3", "4"]
    assert numbers(limit=2, skip=1) == ["1", "5"]


@pytest.mark.usefixtures("bills")
@pytest.mark.parametrize(
    ("only", "expected"),
    [(Only.LATE, ["2", "5"]), (Only.TODAY, ["3"]), (Only.WEEK, ["1", "3"]), (Only.ALL, ["2", "1", "5", "3", "4"])],
)
def test_late_today_and_this_week_can_be_looked_at_alone(only: Only, expected: list[str]) -> None:
    assert numbers(only) == expected
    assert work.of("billing", today=TODAY).counts[only] == len(expected)


@pytest.mark.usefixtures("bills")
def test_a_row_says_who_what_since_when_and_whose() -> None:
    Case.objects.create(
        reference="LC-9",
        survivor_id="LC-9",
        customer_id="C-4001",
        subject="contract:K-2",
        kind="termination",
        owner_id="A-3",
        opened_at=AT,
    )

    first, second, *_ = work.of("billing", today=TODAY).rows

    assert (first.customer, first.kind, first.name) == ("C-4001", "termination", "issue_closing_bill")
    assert (first.opened_at, first.expected_on, first.promised_on) == (AT - timedelta(days=3), in_days(3), in_days(-1))
    assert (first.is_late, first.tells) == (True, "closing_bill.date")
    assert [one.owner for one in (first, second)] == ["A-3", "A-2"]  # of the case, or else of the customer


@pytest.mark.usefixtures("bills")
def test_every_department_is_listed_with_how_much_waits(nora: Client) -> None:
    found = {code: (load.open, load.late) for code, _, load in nora.get("/turns").context["rows"]}

    assert found["billing"] == (5, 2)
    assert found["mailroom"] == (0, 0)


@pytest.mark.usefixtures("bills")
def test_the_page_leads_to_the_customer_the_plan_and_what_to_state(nora: Client) -> None:
    text = nora.get("/turns/billing?only=late").content.decode()

    assert text.count('<div class="row-link">') == 2
    assert 'href="/customers/C-4001"' in text
    assert f'href="/customers/C-4001/plans/{uuid5(UUID(int=0), "2")}"' in text
    assert 'href="/turns/billing/answer?number=K-2"' in text
    assert 'href="/turns/billing/state?number=K-2&amp;topic=closing_bill.date"' in text
    assert nora.get("/turns/nobody").status_code == 404
    assert nora.get("/turns/nobody.csv").status_code == 404
    assert nora.get("/turns/nobody/answer").status_code == 404


@pytest.mark.usefixtures("bills")
def test_a_department_that_the_house_no_longer_names_keeps_its_list(nora: Client) -> None:
    waits(6, expected=1)
    Step.objects.filter(journey__subject="contract:K-6").update(department="old")

    assert nora.get("/turns/old").context["total"] == 1
    assert ("old", "old") in {(code, name) for code, name, _ in nora.get("/turns").context["rows"]}


@pytest.mark.usefixtures("bills")
def test_the_file_has_every_row_and_no_names(nora: Client) -> None:
    answer = nora.get("/turns/billing.csv?only=late")

    assert answer["Content-Disposition"] == 'attachment; filename="work-billing-2015-02-16.csv"'
    since = "2015-02-13T09:00:00+00:00"
    assert answer.content.decode().splitlines() == [
        "\ufeffcustomer;contract;plan;step;since;expected_on;promised_on;late;owner",
        f"C-4001;K-2;termination;issue_closing_bill;{since};2015-02-19;2015-02-15;yes;A-2",
        f"C-4001;K-5;termination;issue_closing_bill;{since};2015-02-14;;yes;A-2",
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(
    nora: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(count, at=AT)

    with django_assert_num_queries(QUERIES):
        page = nora.get("/turns/billing")
    with django_assert_num_queries(QUERIES):
        nora.get("/turns")

    assert page.context["total"] == count


def sent(**fields: str) -> dict[str, str]:
    return {"form": str(FORM), "number": "K-ADSL-1"} | fields


def stated() -> list[tuple[str, str, str, object]]:
    """What an adviser stated in the name of a department."""
    facts = Fact.objects.filter(by__startswith="adviser:", kind__in=[*TOPICS, "call"]).order_by("pk")
    values = dict(Payload.objects.values_list("fact_id", "value"))
    return [(fact.source, fact.kind, fact.by, values[fact.pk]) for fact in facts]


def test_another_date_is_stated_in_the_departments_name(nora: Client) -> None:
    path = "/turns/billing/state?topic=closing_bill.date&number=K-ADSL-1"
    assert 'value="K-ADSL-1"' in nora.get(path).content.decode()

    for _ in range(2):  # sent twice, it is stated once
        answer = nora.post(path, sent(value="2015-03-20"))
        assert answer["Location"] == "/turns/billing?stated=closing_bill.date"

    assert stated() == [("billing", "closing_bill.date", "adviser:A-1", "2015-03-20")]
    assert "Déclaré\u00a0:" in nora.get(answer["Location"]).content.decode()


def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_stated(nora: Client) -> None:
    answer = nora.post("/turns/billing/state?topic=closing_bill.date", sent(value="soon"))

    assert answer.status_code == 422
    assert "value-fault" in answer.content.decode()
    assert stated() == []
    assert nora.get("/turns/billing/state?topic=nothing")["Location"] == "/turns/billing"


def test_an_answer_with_its_day_is_written_down(nora: Client) -> None:
    page = nora.get("/turns/equipment/answer?number=K-ADSL-1").content.decode()
    assert 'value="K-ADSL-1"' in page
    assert '<option value="equipment.received">' in page

    for _ in range(2):
        answer = nora.post("/turns/equipment/answer", sent(said="Le technicien viendra.", by="2015-02-20"))

    said = {"said": "Le technicien viendra.", "by": "2015-02-20"}
    assert answer["Location"] == "/turns/equipment?stated=call"
    assert stated() == [("equipment", "call", "adviser:A-1", said)]
    assert "La réponse est notée." in nora.get(answer["Location"]).content.decode()


def test_what_is_announced_without_a_day_is_no_answer(nora: Client) -> None:
    answer = nora.post("/turns/equipment/answer", sent(said="Un technicien viendra."))

    assert answer.status_code == 422
    assert "by-fault" in answer.content.decode()
    assert "Un technicien viendra." in answer.content.decode()
    assert stated() == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"said": ""}, "said-fault"),
        ({"said": "x", "by": "soon"}, "by-fault"),
        ({"said": "x", "number": "K-0"}, "number-fault"),
        ({"said": "x", "form": "7"}, 'role="alert"'),
    ],
)
def test_an_answer_that_cannot_be_taken_says_why(nora: Client, fields: dict[str, str], fault: str) -> None:
    answer = nora.post("/turns/equipment/answer", sent(**fields))

    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert stated() == []


def test_another_answer_under_the_same_form_is_refused(nora: Client) -> None:
    nora.post("/turns/equipment/answer", sent(said="Fait."))

    answer = nora.post("/turns/equipment/answer", sent(said="Autre chose."))

    assert answer.status_code == 422
    assert [value for *_, value in stated()] == [{"said": "Fait."}]


def test_departments_stand_in_the_order_of_the_alphabet_those_with_nothing_to_do_last(nora: Client) -> None:
    house = {"eau": "Égouts", "fax": "Facteurs", "zinc": "Zinguerie"}
    for code, name in house.items():
        Department.objects.create(code=code, name=name, changed_at=AT)
    waits(1, expected=3)

    rows = nora.get("/turns").context["rows"]

    busy = [name for _code, name, load in rows if load.open]
    idle = [name for _code, name, load in rows if not load.open]
    assert [name for _code, name, _load in rows] == busy + idle
    assert "Facturation" in busy
    assert idle == sorted(idle, key=plain)
    assert [name for name in idle if name in house.values()] == ["Égouts", "Facteurs", "Zinguerie"]
