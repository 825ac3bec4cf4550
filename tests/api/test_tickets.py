"""A department brings a case with its first message, under the trade's own names; the customer is told at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from builders import a_world
from ligneclaire.api.tasks import acknowledge
from ligneclaire.api.tickets import PLACE
from ligneclaire.cases.actions.add_words import add_words
from ligneclaire.cases.actions.bring_case import Brought, Matter
from ligneclaire.cases.actions.close_case import close_case
from ligneclaire.cases.actions.merge_cases import merge_cases
from ligneclaire.cases.actions.snooze_case import snooze_case
from ligneclaire.cases.models import Brought as BroughtRow
from ligneclaire.cases.models import Case
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.models import Entry, Message
from ligneclaire.channels.states import Channel, Medium
from ligneclaire.facts.models import Fact
from ligneclaire.hooks.actions.subscribe import subscribe
from ligneclaire.hooks.models import Posting
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.ref import reference_of
from ligneclaire.people.access.roles import NotAllowed
from ligneclaire.people.access.scopes import ALL, Scope
from ligneclaire.people.actions.give_token import give_token
from ligneclaire.people.models import ContactPoint, Customer
from ligneclaire.voice.actions.take_case import take_case
from people.persons import merge

pytestmark = pytest.mark.django_db

URL = f"/api{PLACE}"
NOW = datetime(2015, 2, 16, 9, 0, tzinfo=UTC)
WORDS = "Ma box clignote en rouge depuis hier soir."
TICKET = {
    "externalId": "crm-1",
    "relatedParty": [{"id": "C-2001", "role": "customer"}],
    "channel": {"name": "call"},
    "description": WORDS,
    "name": "Box en panne",
    "ticketType": "fault",
    "severity": "Major",
}


class Systems(Client):
    """The systems of a department."""

    def __init__(self, department: str = "equipment", scopes: frozenset[Scope] = ALL) -> None:
        token = give_token(department=department, name=f"{department} tickets", scopes=scopes, by=SYSTEM, at=NOW)
        super().__init__(headers={"Authorization": f"Bearer {token}"})

    def brings(self, /, **changes: object) -> tuple[int, Any]:
        response = self.post(URL, json.dumps(TICKET | changes), content_type="application/json")
        return response.status_code, response.json()

    def looks(self, address: str = "", **query: str | int) -> tuple[int, Any]:
        response = self.get(f"{URL}{address}", query)
        return response.status_code, response.json()

    def adds(self, reference: str, *notes: tuple[str, str]) -> tuple[int, Any]:
        body = {"note": [{"id": name, "text": text} for name, text in notes]}
        response = self.patch(f"{URL}/{reference}", json.dumps(body), content_type="application/json")
        return response.status_code, response.json()


@pytest.fixture
def systems(clock_at: Callable[[datetime], None]) -> Systems:
    clock_at(NOW)
    a_world()
    return Systems()


def written() -> tuple[int, int, int, int, int]:
    """How many cases, entries, facts, jobs and names of other systems there are."""
    counted = (Case, Entry, Fact, ProcrastinateJob, BroughtRow)
    return tuple(model.objects.count() for model in counted)  # type: ignore[return-value]


def test_the_owner_is_the_adviser_of_who_is_meant_by_the_number(systems: Systems) -> None:
    merge("C-2001", "C-4001", at=NOW)
    assert Customer.objects.get(number="C-4001").adviser_id == "A-2"

    status, ticket = systems.brings()

    assert (status, ticket["relatedParty"][1]["id"]) == (201, "A-2")
    case = Case.objects.get()
    assert (case.customer_id, case.owner_id) == ("C-2001", "A-2")


def test_a_ticket_is_a_case_with_its_first_message_and_an_owner(systems: Systems) -> None:
    status, ticket = systems.brings()

    assert status == 201
    reference = ticket.pop("id")
    assert datetime.fromisoformat(ticket.pop("creationDate")).date() == NOW.date()
    assert ticket == {
        "href": f"{URL}/{reference}",
        "externalId": "crm-1",
        "status": "inProgress",
        "name": "Box en panne",
        "description": WORDS,
        "ticketType": "fault",
        "severity": "Major",
        "channel": {"name": "call"},
        "relatedParty": [
            {"id": "C-2001", "role": "customer", "name": None},
            {"id": "A-1", "role": "owner", "name": "Nora Benali"},
        ],
        "ticketRelationship": [],
        "note": [],
    }
    case = Case.objects.get()
    assert (case.reference, case.customer_id, case.owner_id, case.state, case.kind, case.subject) == (
        *(reference, "C-2001", "A-1", "open"),
        *("conversation", f"case:{reference}"),
    )
    entry = Entry.objects.get()
    assert (entry.customer, entry.case, entry.medium, entry.direction, entry.text, entry.recorded_by) == (
        *("C-2001", reference, "call", "in"),
        *(f"Box en panne\n\n{WORDS}", "department:equipment"),
    )
    assert [(fact.source, fact.kind, fact.customer) for fact in Fact.objects.all()] == [
        ("cases", "cases.contact_logged", "C-2001")
    ]


def test_the_customer_is_told_the_reference_and_who_looks_after_it(systems: Systems) -> None:
    _, ticket = systems.brings()
    (job,) = ProcrastinateJob.objects.filter(task_name="api.acknowledge")
    assert (job.queue_name, job.args) == ("live-in", {"case": ticket["id"]})

    acknowledge(**job.args)
    acknowledge(**job.args)

    message = Message.objects.get()
    assert (message.customer, message.case, message.channel, message.adviser, message.subject) == (
        *("C-2001", ticket["id"]),
        *(Channel.EMAIL, "A-1", f"Votre demande {ticket['id']}"),
    )
    assert message.content["opening"][0] == (
        f"Votre demande est bien arrivée. Je m’en occupe, sous la référence {ticket['id']}."
    )
    assert message.content["reference"] == ticket["id"]


def test_who_can_be_reached_by_no_way_still_has_a_case(systems: Systems) -> None:
    ContactPoint.objects.filter(customer__number="C-2001").delete()

    _, ticket = systems.brings()
    acknowledge(case=ticket["id"])

    assert (Case.objects.get().reference, Message.objects.count()) == (ticket["id"], 0)


def test_the_same_again_is_the_same_ticket(systems: Systems) -> None:
    _, first = systems.brings()
    before = written()

    status, again = systems.brings()

    assert (status, again) == (200, first)
    assert written() == before


def test_another_content_under_the_same_name_is_refused_and_names_both(systems: Systems) -> None:
    _, first = systems.brings()
    before = written()

    status, conflict = systems.brings(description="Tout autre chose.", severity="", channel={"name": "email"})

    assert (status, conflict["id"], conflict["externalId"]) == (409, first["id"], "crm-1")
    assert conflict["reason"] == "this name was used for another content"
    assert conflict["differences"] == [
        {"field": "channel", "kept": "call", "sent": "email"},
        {"field": "severity", "kept": "Major", "sent": ""},
        {"field": "description", "kept": WORDS, "sent": "Tout autre chose."},
    ]
    assert written() == before


def test_another_customer_under_the_same_name_is_refused(systems: Systems) -> None:
    systems.brings()

    status, conflict = systems.brings(relatedParty=[{"id": "C-1001", "role": "customer"}])

    assert status == 409
    assert conflict["differences"] == [{"field": "relatedParty", "kept": "C-2001", "sent": "C-1001"}]


def test_two_departments_have_their_own_names(systems: Systems) -> None:
    _, first = systems.brings()
    status, second = Systems("billing").brings()

    assert status == 201
    assert second["id"] != first["id"]


def test_another_name_is_another_case_of_the_same_customer(systems: Systems) -> None:
    _, first = systems.brings()
    status, second = systems.brings(externalId="crm-2")

    assert status == 201
    assert set(Case.objects.values_list("reference", flat=True)) == {first["id"], second["id"]}


def test_a_reference_that_is_taken_is_not_given_again(systems: Systems) -> None:
    reference = reference_of("brought", "equipment", "crm-1")
    Case.objects.create(
        reference=reference,
        survivor_id=reference,
        customer_id="C-1001",
        subject="customer:C-1001",
        kind=CaseKind.CONVERSATION,
        owner_id="A-1",
        opened_at=NOW,
    )

    status, ticket = systems.brings()

    assert (status, ticket["id"]) == (201, reference_of("brought", "equipment", "crm-1", salt=1))


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        (
            {"relatedParty": [{"id": "C-9", "role": "customer"}]},
            "relatedParty.0.id",
            "no customer has the number 'C-9'",
        ),
        ({"relatedParty": []}, "relatedParty", "List should have at least 1 item after validation, not 0"),
        ({"relatedParty": [{"id": "C-2001", "role": "owner"}]}, "relatedParty.0.role", "Input should be 'customer'"),
        ({"externalId": ""}, "externalId", "String should have at least 1 character"),
        ({"description": " \n"}, "description", "says nothing"),
        ({"description": "x" * 9_501}, "description", "String should have at most 9500 characters"),
        (
            {"description": "\x00"},
            "description",
            "has a character that cannot be kept (NUL or half a surrogate pair)",
        ),
        (
            {"channel": {"name": "fax"}},
            "channel.name",
            "Input should be 'call', 'shop', 'visit', 'letter', 'email' or 'sms'",
        ),
        ({"priority": "high"}, "priority", "Extra inputs are not permitted"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(
    systems: Systems, changes: dict[str, object], field: str, reason: str
) -> None:
    before = written()

    assert systems.brings(**changes) == (422, {"field": field, "reason": reason})
    assert written() == before


def test_a_body_that_is_no_json_is_refused(systems: Systems) -> None:
    response = systems.post(URL, b"{", content_type="application/json")

    assert (response.status_code, response.json()["field"]) == (422, "body")


def test_a_token_without_the_scope_brings_nothing_and_sees_nothing(systems: Systems) -> None:
    _, ticket = systems.brings()
    before = written()
    poor = Systems("billing", scopes=frozenset({Scope.FACTS_WRITE}))

    assert poor.brings()[0] == 403
    assert poor.looks()[0] == 403
    assert poor.looks(f"/{ticket['id']}")[0] == 403
    assert poor.adds(ticket["id"], ("n-1", "Encore."))[0] == 403
    assert written() == before


def test_a_department_sees_its_own_tickets_only(systems: Systems) -> None:
    _, ticket = systems.brings()
    others = Systems("billing")
    before = written()

    assert systems.looks(f"/{ticket['id'].lower()}") == (200, ticket)
    not_here = (404, {"field": "id", "reason": "your department brought no such ticket"})
    assert others.looks(f"/{ticket['id']}") == not_here
    assert others.looks("/LC") == not_here
    assert others.looks() == (200, [])
    assert others.adds(ticket["id"], ("n-1", "Encore.")) == not_here
    assert written() == before


def test_what_was_said_further_is_added_once(systems: Systems) -> None:
    _, ticket = systems.brings()

    status, shown = systems.adds(ticket["id"], ("n-1", "Elle est éteinte."), ("n-2", "Elle est revenue."))
    again = systems.adds(ticket["id"], ("n-2", "Elle est revenue."))

    assert (status, [note["text"] for note in shown["note"]]) == (200, ["Elle est éteinte.", "Elle est revenue."])
    assert again == (200, shown)
    assert set(Entry.objects.values_list("case", "medium")) == {(ticket["id"], "call")}


def test_another_text_under_the_same_note_is_refused_with_all_that_came_along(systems: Systems) -> None:
    _, ticket = systems.brings()
    systems.adds(ticket["id"], ("n-1", "Elle est éteinte."))
    before = written()

    status, refusal = systems.adds(ticket["id"], ("n-2", "Neuf."), ("n-1", "Elle fume."))

    assert (status, refusal) == (
        409,
        {"field": "note", "reason": "'n-1' was 'Elle est éteinte.' before, not 'Elle fume.'"},
    )
    assert written() == before


def test_that_it_is_settled_the_owner_alone_says(systems: Systems) -> None:
    _, ticket = systems.brings()

    response = systems.patch(f"{URL}/{ticket['id']}", json.dumps({"status": "closed"}), content_type="application/json")

    assert (response.status_code, response.json()["field"]) == (422, "note")
    assert Case.objects.get().state == "open"


def test_a_ticket_tells_where_its_case_stands(systems: Systems) -> None:
    adviser = Actor(ActorKind.ADVISER, "A-1")
    names = ["held", "closed", "merged", "into"]
    held, closed, merged, into = (systems.brings(externalId=name)[1]["id"] for name in names)
    snooze_case(reference=held, until=date(2015, 3, 1), today=NOW.date(), note="", by=adviser, at=NOW)
    close_case(reference=closed, note="La box marche.", by=adviser, at=NOW)
    merge_cases(reference=merged, into=into, reason="Une seule panne.", by=adviser, at=NOW)

    _, tickets = systems.looks()

    assert [(one["externalId"], one["status"], one["ticketRelationship"]) for one in tickets] == [
        ("into", "inProgress", []),
        ("merged", "inProgress", [{"id": into, "relationshipType": "mergedInto"}]),
        ("closed", "closed", []),
        ("held", "held", []),
    ]
    assert [one["id"] for one in systems.looks(status="closed")[1]] == [closed]


def test_a_list_is_read_page_by_page(systems: Systems) -> None:
    given = [systems.brings(externalId=f"crm-{number}")[1]["id"] for number in range(5)]

    seen, address = [], f"{URL}?limit=2"
    while address:
        response = systems.get(address)
        seen.append([ticket["id"] for ticket in response.json()])
        address = response.headers.get("Link", "").partition(">")[0].removeprefix("<")

    assert seen == [[given[4], given[3]], [given[2], given[1]], [given[0]]]


def test_the_next_page_is_of_the_same_list(systems: Systems) -> None:
    for number in range(3):
        systems.brings(externalId=f"crm-{number}")
    systems.brings(externalId="other", relatedParty=[{"id": "C-1001", "role": "customer"}])

    response = systems.get(URL, {"customer": "C-2001", "limit": 2})  # type: ignore[arg-type]

    last = response.json()[-1]["id"]
    assert response.headers["Link"] == f'<{URL}?after={last}&limit=2&customer=C-2001>; rel="next"'
    assert [one["externalId"] for one in systems.looks(externalId="crm-1")[1]] == ["crm-1"]


def test_a_parameter_that_nobody_knows_is_refused(systems: Systems) -> None:
    assert systems.looks(offset=20) == (422, {"field": "offset", "reason": "is not known here"})


def test_a_page_after_something_that_is_no_reference_is_refused(systems: Systems) -> None:
    assert systems.looks(after="x") == (422, {"field": "after", "reason": "is no reference of a ticket"})


@pytest.mark.parametrize("tickets", [1, 3])
def test_a_list_takes_two_queries(
    systems: Systems, tickets: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(tickets):
        systems.brings(externalId=f"crm-{number}")

    with django_assert_num_queries(2):
        assert len(systems.looks()[1]) == tickets


def test_bringing_takes_few_queries(systems: Systems, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    systems.brings()

    with django_assert_num_queries(12):
        systems.brings(externalId="crm-2")


def test_other_systems_hear_of_the_case(systems: Systems) -> None:
    subscribe(name="crm", url="https://crm.example", kinds=["cases.opened"], by=SYSTEM, at=NOW)

    _, ticket = systems.brings()
    systems.brings()

    posting = Posting.objects.get()
    assert (posting.kind, posting.subject) == ("cases.opened", f"C-2001/{ticket['id']}")


@pytest.mark.django_db(transaction=True)
def test_the_same_from_four_sides_at_once_is_one_ticket(clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOW)
    a_world()
    matter = Matter(customer="C-2001", name="crm-1", medium=Medium.CALL, text=WORDS)

    def bring(_: int) -> Brought:
        try:
            return take_case(matter=matter, by=Actor(ActorKind.DEPARTMENT, "equipment"), at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        taken = list(hands.map(bring, range(4)))

    assert sorted(one.is_new for one in taken) == [False, False, False, True]
    assert len({one.reference for one in taken}) == 1
    assert (Case.objects.count(), Entry.objects.count()) == (1, 1)


def test_who_is_no_department_brings_no_case(systems: Systems) -> None:
    matter = Matter(customer="C-2001", name="crm-1", medium=Medium.CALL, text=WORDS)
    customer = Actor(ActorKind.CUSTOMER, "C-2001")
    before = written()

    with pytest.raises(NotAllowed):
        take_case(matter=matter, by=customer, at=NOW)
    with pytest.raises(NotAllowed):
        add_words(reference="LC-0000-0000", words=[("n-1", "Encore.")], by=customer, at=NOW)

    assert written() == before
