"""Departments state facts, each as itself; every item is answered, and no item spoils another."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from builders import a_world
from ligneclaire.api import bodies
from ligneclaire.facts.models import Delivery, Fact, Intake, Payload
from ligneclaire.facts.stated import Priority
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.actions.give_token import give_token
from ligneclaire.people.actions.revoke_token import revoke_token
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.wording.explain import topic_name
from voice.items import ITEMS

pytestmark = pytest.mark.django_db

JSON, LINES = "application/json", "application/x-ndjson"
EVENT, EVENTS = "application/cloudevents+json", "application/cloudevents-batch+json"
AN_ITEM = {
    "id": "e4",
    "at": "2015-02-14T07:30:00+01:00",
    "source": "billing",
    "customer": "C-2001",
    "contract": "K-ADSL-1",
    "event": "fact",
    "data": {"key": "closing_bill.date", "value": "2015-03-05"},
}
AN_EVENT = {
    "specversion": "1.0",
    "id": "e4",
    "source": "https://operator.example/departments/billing",
    "type": "fact",
    "time": "2015-02-14T07:30:00+01:00",
    "subject": "C-2001/K-ADSL-1",
    "data": {"key": "closing_bill.date", "value": "2015-03-05"},
}


class Billing(Client):
    """The systems of the department `billing`."""

    def __init__(self) -> None:
        super().__init__(
            headers={"Authorization": f"Bearer {give_token(department='billing', by=SYSTEM, at=clock.now())}"}
        )

    def states(self, body: object, *, kind: str = JSON, **headers: str) -> tuple[int, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.post("/api/facts", content, content_type=kind, headers=headers)
        return response.status_code, response.json()


@pytest.fixture
def billing() -> Billing:
    a_world()
    return Billing()


def an_item(name: str = "e4", /, **changes: object) -> dict[str, Any]:
    return AN_ITEM | {"id": name} | changes


def an_event(name: str = "e4", /, **changes: object) -> dict[str, Any]:
    return AN_EVENT | {"id": name} | changes


def without(item: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in names}


def accepted(index: int = 0, name: str | None = "e4") -> dict[str, object]:
    return {"index": index, "id": name, "status": "accepted", "field": None, "reason": None}


def known(index: int = 0, name: str | None = "e4") -> dict[str, object]:
    return accepted(index, name) | {"status": "already known"}


def refused(field: str, reason: str, index: int = 0, name: str | None = "e4") -> dict[str, object]:
    return accepted(index, name) | {"status": "refused", "field": field, "reason": reason}


def recorded() -> list[str]:
    return list(Fact.objects.order_by("id").values_list("source_id", flat=True))


def nothing_is_written() -> bool:
    return not any(model.objects.exists() for model in (Intake, Fact, Payload, Delivery))


def test_one_fact_is_recorded_as_the_departments(billing: Billing) -> None:
    response = billing.states(an_item(), **{"X-Request-ID": "req-7"})

    assert response == (HTTPStatus.OK, accepted())
    [fact] = Fact.objects.values_list("source", "source_id", "kind", "subject", "by", "request")
    assert fact == ("billing", "e4", "closing_bill.date", "contract:K-ADSL-1", "department:billing", "req-7")
    assert Payload.objects.get().value == "2015-03-05"
    assert Delivery.objects.get().priority == Priority.LIVE


def test_a_department_need_not_say_who_it_is(billing: Billing) -> None:
    assert billing.states(without(an_item(), "source")) == (HTTPStatus.OK, accepted())

    assert Fact.objects.get().source == "billing"


@pytest.mark.parametrize("source", ["equipment", "", "BILLING", None, 7, ["billing"]])
def test_a_department_speaks_only_as_itself(billing: Billing, source: object) -> None:
    reason = f"this token speaks for 'billing' only, not for {source!r}"

    assert billing.states(an_item(source=source)) == (422, refused("source", reason))

    assert nothing_is_written()


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        pytest.param(an_item(customer="C-9"), refused("customer", "unknown customer 'C-9'"), id="customer"),
        pytest.param(an_item(contract="K-9"), refused("contract", "unknown contract 'K-9'"), id="contract"),
        pytest.param(
            an_item(data={"key": "closing_bill.date", "value": 5}),
            refused("data.value", "expected a date like 2015-02-20, got 5"),
            id="type",
        ),
        pytest.param(
            an_item(at="9999-01-01T00:00:00Z"),
            refused("at", "expected a time with its offset like 2015-02-10T09:12:00+01:00, got '9999-01-01T00:00:00Z'"),
            id="future",
        ),
        pytest.param(without(an_item(), "id"), refused("id", "is missing", name=None), id="no id"),
        pytest.param(an_item(id=4), refused("id", "expected a text that is not empty", name=None), id="id"),
        pytest.param(
            an_item("e\ud800"),
            refused("data", "has a character that cannot be kept (NUL or half a surrogate pair)", name="e?"),
            id="half a character",
        ),
        pytest.param(
            an_item("x" * 1000), refused("id", "expected at most 200 characters, got 1000", name="x" * 200), id="long"
        ),
        pytest.param(7, refused("line", "expected an object, got int", name=None), id="no object"),
    ],
)  # fmt: skip
def test_a_single_refused_object_is_an_error(billing: Billing, item: object, answer: object) -> None:
    assert billing.states(item) == (422, answer)

    assert nothing_is_written()


def test_the_same_again_is_known_and_other_content_is_refused(billing: Billing) -> None:
    billing.states(an_item())

    assert billing.states(an_item()) == (HTTPStatus.OK, known())
    assert billing.states(an_item(data={"key": "closing_bill.date", "value": "2015-03-06"})) == (
        422,
        refused("id", 'billing/e4 was stated before with other content: value "2015-03-05" then, "2015-03-06" now'),
    )
    assert recorded() == ["e4"]


def test_a_batch_is_answered_item_by_item(billing: Billing) -> None:
    batch = [an_item("e1"), an_item("e2", source="equipment"), "e3", an_item("e1"), without(an_item("e5"), "source")]

    status, answers = billing.states(batch)

    assert status == HTTPStatus.MULTI_STATUS
    assert answers == [
        accepted(0, "e1"),
        refused("source", "this token speaks for 'billing' only, not for 'equipment'", 1, "e2"),
        refused("line", "expected an object, got str", 2, None),
        known(3, "e1"),
        accepted(4, "e5"),
    ]
    assert recorded() == ["e1", "e5"]


def test_a_batch_that_is_taken_whole_is_a_success(billing: Billing) -> None:
    assert billing.states([an_item("e1"), an_item("e2")]) == (HTTPStatus.OK, [accepted(0, "e1"), accepted(1, "e2")])
    assert billing.states([an_item("e1"), an_item("e2")]) == (HTTPStatus.OK, [known(0, "e1"), known(1, "e2")])
    assert billing.states([]) == (HTTPStatus.OK, [])


@pytest.mark.parametrize("kind", [LINES, "application/jsonl", "application/x-ndjson; charset=UTF-8"])
def test_lines_are_answered_one_by_one(billing: Billing, kind: str) -> None:
    lines = [json.dumps(an_item("e1")), "", "{", json.dumps(an_item("e2")), '{"id": "e3", "id": "e3"}', "x" * 70_000]

    status, answers = billing.states("\r\n".join(lines).encode(), kind=kind)

    assert status == HTTPStatus.MULTI_STATUS
    assert answers == [
        accepted(0, "e1"),
        refused("line", "not JSON at column 2: Expecting property name enclosed in double quotes", 1, None),
        accepted(2, "e2"),
        refused("line", "the key 'id' stands twice in one object", 3, None),
        refused("line", "longer than 65536 bytes", 4, None),
    ]
    assert recorded() == ["e1", "e2"]


def test_bytes_that_are_no_text_spoil_only_their_line(billing: Billing) -> None:
    lines = b"\n".join([b'{"id": "\xff"}', json.dumps(an_item("e2")).encode()])

    assert billing.states(lines, kind=LINES) == (
        207,
        [refused("line", "not UTF-8 at byte 8", 0, None), accepted(1, "e2")],
    )


@pytest.mark.parametrize(
    "source", ["billing", "/billing", "urn:department:billing", "https://operator.example/billing"]
)
def test_a_cloud_event_is_a_statement(billing: Billing, source: str) -> None:
    assert billing.states(an_event(source=source), kind=EVENT) == (HTTPStatus.OK, accepted())

    assert billing.states(an_item()) == (HTTPStatus.OK, known())


@pytest.mark.parametrize("subject", ["/K-ADSL-1", "C-2001/K-ADSL-1"])
def test_the_subject_of_a_cloud_event_is_customer_or_contract(billing: Billing, subject: str) -> None:
    assert billing.states(an_event(subject=subject), kind=EVENT)[0] == HTTPStatus.OK

    assert Fact.objects.values_list("customer", "subject").get() == ("C-2001", "contract:K-ADSL-1")


@pytest.mark.parametrize(
    ("event", "answer"),
    [
        (an_event(specversion="0.3"), refused("specversion", 'expected "1.0"')),
        (without(an_event(), "specversion"), refused("specversion", 'expected "1.0"')),
        (an_event(datacontenttype="text/xml"), refused("datacontenttype", "expected data as JSON")),
        (an_event(data_base64="e30="), refused("datacontenttype", "expected data as JSON")),
        (an_event(subject=["C-2001"]), refused("subject", "expected a text like C-2001/K-ADSL-1")),
        (an_event(subject="C-9"), refused("subject", "is missing: this topic is about a contract")),
        (an_event(subject="C-9/K-ADSL-1"), refused("subject", "unknown customer 'C-9'")),
        (without(an_event(), "time"), refused("time", "is missing")),
        (without(an_event(), "type"), refused("type", "is missing")),
        (an_event(source="/equipment"), refused("source", "this token speaks for 'billing' only, not for 'equipment'")),
        ([], refused("line", "expected an object, got list", name=None)),
    ],
)
def test_a_wrong_cloud_event_is_refused_in_its_own_words(billing: Billing, event: object, answer: object) -> None:
    assert billing.states(event, kind=EVENT) == (422, answer)

    assert nothing_is_written()


def test_cloud_events_may_say_that_their_data_is_json(billing: Billing) -> None:
    kinds = ["application/json", "application/vnd.operator+json", "application/json; charset=utf-8"]

    batch = [an_event(str(place), datacontenttype=kind) for place, kind in enumerate(kinds)]

    assert billing.states(batch, kind=EVENTS) == (HTTPStatus.OK, [accepted(0, "0"), accepted(1, "1"), accepted(2, "2")])


def test_a_batch_of_cloud_events_is_answered_one_by_one(billing: Billing) -> None:
    status, answers = billing.states([an_event("e1"), an_event("e2", source="/equipment"), an_event("e3")], kind=EVENTS)

    assert (status, [answer["status"] for answer in answers]) == (207, ["accepted", "refused", "accepted"])
    assert recorded() == ["e1", "e3"]


def test_a_cloud_event_may_stand_in_the_headers(billing: Billing) -> None:
    headers = {f"ce-{name}": value for name, value in without(an_event("e%C3%A9"), "data").items()}

    assert billing.states(an_event()["data"], **headers) == (HTTPStatus.OK, accepted(name="eé"))

    assert Fact.objects.values_list("source_id", "kind", "subject").get() == (
        "eé",
        "closing_bill.date",
        "contract:K-ADSL-1",
    )


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b" ", JSON, "not JSON at column 2: Expecting value"),
        (b'[{"id": "e1"},', JSON, "not JSON at column 15: Expecting value"),
        (b"[" * 100_000, JSON, "nested too deeply"),
        (b'{"id": "\xff"}', EVENT, "not UTF-8 at byte 8"),
        (b"{}", EVENTS, "expected an array of CloudEvents"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_as_a_whole(
    billing: Billing, body: bytes, kind: str, reason: str
) -> None:
    assert billing.states(body, kind=kind) == (422, {"field": "body", "reason": reason})

    assert nothing_is_written()


def test_data_in_the_body_of_a_cloud_event_must_be_json(billing: Billing) -> None:
    assert billing.states(b"{", **{"ce-specversion": "1.0"})[0] == 422

    assert nothing_is_written()


@pytest.mark.parametrize(
    ("kind", "headers", "field"),
    [
        ("text/plain", {}, "Content-Type"),
        ("application/x-www-form-urlencoded", {}, "Content-Type"),
        ("application/json; charset=latin-1", {}, "Content-Type"),
        ("application/json", {"Content-Encoding": "gzip"}, "Content-Encoding"),
    ],
)
def test_other_forms_are_not_taken(billing: Billing, kind: str, headers: dict[str, str], field: str) -> None:
    status, refusal = billing.states(an_item(), kind=kind, **headers)

    assert (status, refusal["field"]) == (415, field)
    assert nothing_is_written()


def test_too_long_a_body_is_not_taken(billing: Billing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_LIMIT", 1000)

    assert billing.states(b" " * 1000 + b"[]") == (413, {"field": "body", "reason": "longer than 1000 bytes"})
    assert billing.states(b" " * 998 + b"[]") == (HTTPStatus.OK, [])


def test_a_long_value_spoils_no_other(billing: Billing) -> None:
    batch = [an_item("e1"), an_item("e2", data={"key": "tea.time", "value": "x" * 10_000_000}), an_item("e3")]

    status, answers = billing.states(batch)

    assert (status, answers[1]["field"]) == (207, "data")
    assert answers[1]["reason"] == "10000157 characters; at most 65536 are taken"
    assert recorded() == ["e1", "e3"]


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer lc_wrong", "Basic YmlsbGluZzo=", "Bearer é"])
def test_nobody_else_states_anything(billing: Billing, authorization: str) -> None:
    response = Client().post("/api/facts", an_item(), content_type=JSON, headers={"Authorization": authorization})

    unknown = "This token is unknown, or was taken back."
    challenge, detail = (
        (f'Bearer realm="ligneclaire", error="invalid_token", error_description="{unknown}"', unknown)
        if authorization in {"Bearer lc_wrong", "Bearer é", "Bearer"}
        else ('Bearer realm="ligneclaire"', "Expected `Authorization: Bearer TOKEN` with a department's token.")
    )
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, challenge)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json() == {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": detail}
    assert nothing_is_written()


def test_a_token_taken_back_opens_nothing(billing: Billing) -> None:
    revoke_token(department="billing", by=SYSTEM, at=clock.now())

    assert billing.states(an_item())[0] == 401
    assert nothing_is_written()


def test_a_token_that_ended_says_when(billing: Billing) -> None:
    given_at = clock.now() - timedelta(days=366)
    token = give_token(department="billing", by=SYSTEM, at=given_at)
    headers = {"Authorization": f"Bearer {token}"}

    response = Client().post("/api/facts", an_item(), content_type=JSON, headers=headers)

    assert response.status_code == 401
    assert response.json()["detail"] == f"This token ended at {given_at + timedelta(days=365):%Y-%m-%dT%H:%M:%SZ}."
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    assert nothing_is_written()


@pytest.mark.parametrize(
    ("scope", "missing", "answers"),
    [(Scope.TOPICS_READ, "facts:write", (403, 200)), (Scope.FACTS_WRITE, "topics:read", (200, 403))],
)
def test_a_token_without_the_scope_is_told_which(scope: Scope, missing: str, answers: tuple[int, int]) -> None:
    a_world()
    token = give_token(department="billing", scopes={scope}, by=SYSTEM, at=clock.now())
    there = Client(headers={"Authorization": f"Bearer {token}"})

    stated, listed = there.post("/api/facts", an_item(), content_type=JSON), there.get("/api/topics")

    assert (stated.status_code, listed.status_code) == answers
    refused = stated if stated.status_code == 403 else listed
    assert refused.headers["WWW-Authenticate"] == (
        f'Bearer realm="ligneclaire", error="insufficient_scope", scope="{missing}", '
        f'error_description="This token lacks the scope {missing}."'
    )
    assert refused.json() == {
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
        "detail": f"This token lacks the scope {missing}.",
        "scope": missing,
    }
    assert nothing_is_written() == (stated.status_code == 403)


def test_a_large_batch_goes_behind_live_news(billing: Billing) -> None:
    status, answers = billing.states([an_item(str(number)) for number in range(501)])

    assert (status, {answer["status"] for answer in answers}) == (HTTPStatus.OK, {"accepted"})
    assert (Fact.objects.count(), Delivery.objects.get().priority) == (501, Priority.BULK)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    billing: Billing, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    items = [an_item(str(number)) for number in range(count)]

    billing.get("/api/topics")  # its day of last use is written now
    # token, contracts, customers, intake, mark, record, wake, announce; two savepoints
    with django_assert_num_queries(9):
        billing.states(items)


def test_what_can_be_told_is_listed(billing: Billing) -> None:
    topics = {topic.pop("key"): topic for topic in billing.get("/api/topics").json()}

    assert list(topics) == list(TOPICS)
    names = topics["closing_bill.date"].pop("name")
    assert topics["closing_bill.date"] == {
        "in_charge": [["billing"], ["contracts"], ["journeys"]],
        "value": "date",
        "leaves": "a day after the last news on its subject",
    }
    assert names == {code: topic_name("closing_bill.date", language=code) for code in ("fr", "en")}
    assert Client().get("/api/topics").status_code == 401


def test_the_description_names_every_form_and_answer(client: Client) -> None:
    described = client.get("/api/openapi.json").json()

    state = described["paths"]["/api/facts"]["post"]
    assert described["openapi"].startswith("3.1")
    assert list(state["requestBody"]["content"]) == [JSON, LINES, "application/jsonl", EVENT, EVENTS]
    assert sorted(map(str, state["responses"])) == ["200", "207", "401", "403", "413", "415", "422"]
    assert state["security"] == [{"DepartmentToken": []}]
    assert described["components"]["securitySchemes"]["DepartmentToken"] == {"type": "http", "scheme": "bearer"}


def test_the_page_of_the_description_loads_nothing_from_outside(client: Client) -> None:
    page = client.get("/api/docs").content.decode()

    assert "http://" not in page
    assert "https://" not in page
    assert '"validatorUrl": null' in page
    assert connection.queries == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(bodies.TAKEN),
    body=st.binary() | st.builds(lambda body: json.dumps(body).encode(), ITEMS | st.lists(ITEMS, max_size=3)),
)
def test_any_body_is_answered(billing: Billing, kind: str, body: bytes) -> None:
    status, answer = billing.states(body, kind=kind)

    expected = {200, 207, 422} if isinstance(answer, list) or "index" in answer else {415, 422}
    assert status in expected


@pytest.mark.parametrize("path", ["/api/", "/api/fact", "/api/facts/e1/no"])
def test_an_address_that_is_none_is_answered_as_programs_read_it(path: str) -> None:
    stranger = Client(enforce_csrf_checks=True)
    said = [stranger.get(path), stranger.post(path, "{}", content_type=JSON)]

    assert [one.status_code for one in said] == [HTTPStatus.NOT_FOUND] * 2
    assert [one["Content-Type"] for one in said] == ["application/problem+json"] * 2
    assert [one.json() for one in said] == [
        {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": f"There is no {path}; what there is stands in /api/openapi.json.",
        }
    ] * 2
