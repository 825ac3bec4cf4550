"""What machines ask is answered truly, and every request can be traced."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from structlog.processors import JSONRenderer
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from ligneclaire.kernel.request import request_id
from ligneclaire.ops.logs import ADDED


def served_under(_request: HttpRequest, number: str) -> HttpResponse:
    logging.getLogger("ligneclaire.test").warning("inside")
    return HttpResponse(request_id())


urlpatterns = [path("served-under/<str:number>", served_under)]


@pytest.fixture
def json_log() -> Iterator[io.StringIO]:
    """What machines read of the log of this test."""
    last: list[Processor] = [ProcessorFormatter.remove_processors_meta, JSONRenderer()]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ProcessorFormatter(processors=last, foreign_pre_chain=ADDED))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_the_process_answers_without_a_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_ready_means_reachable_migrated_and_protected(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True, "faults": []})


@pytest.mark.django_db
def test_a_missing_migration_is_named(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["faults"] == ["migrations are missing, run `ligneclaire migrate`: sessions.0001_initial"]


@pytest.mark.urls("ops.test_health")
@pytest.mark.parametrize(("given", "used"), [("req-42", "req-42"), ("", None), ("a b\n", None), ("x" * 65, None)])
def test_a_request_keeps_its_id_or_gets_one(client: Client, given: str, used: str | None) -> None:
    response = client.get("/served-under/7", headers={"X-Request-ID": given})

    inside = response.content.decode()
    assert response.headers["X-Request-ID"] == inside
    assert inside == used or (used is None and len(inside) == 32)
    assert request_id() == ""


@pytest.mark.urls("ops.test_health")
def test_every_log_line_of_a_request_carries_its_id(client: Client, json_log: io.StringIO) -> None:
    client.get("/served-under/7?secret=1", headers={"X-Request-ID": "req-42"})

    lines = [json.loads(line) for line in json_log.getvalue().splitlines()]
    assert [(line["event"], line["request"]) for line in lines] == [("inside", "req-42"), ("request", "req-42")]
    assert (lines[1]["path"], lines[1]["status"]) == ("/served-under/7", 200)
    assert "secret" not in str(lines)
