"""Whatever is sent to the API, it answers as its description says, and never with an error of ours."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import Case, SerializationContext
from schemathesis.config import SchemathesisConfig

from builders import a_world
from ligneclaire.api import bodies
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_token import give_token

pytestmark = pytest.mark.django_db
DEEP = bool(os.environ.get("DEEP"))
REQUESTS = 1000 if DEEP else 100

# A batch is answered item by item, so that a wrong one is no error of the whole (207).
# What has the right shape may name a customer whom nobody knows (422) or a ticket that is not there (404), or use a
# name again for something else (409).
CHECKS = {
    "negative_data_rejection": {"expected-statuses": [207, 401, 405, 413, 415, 422]},
    "positive_data_acceptance": {"expected-statuses": ["2xx", 404, 409, 422]},
}
schema = schemathesis.openapi.from_wsgi(
    "/api/openapi.json", get_wsgi_application(), config=SchemathesisConfig.from_dict({"checks": CHECKS})
)


@schemathesis.serializer(*bodies.LINES)
def as_lines(_context: SerializationContext, value: object) -> bytes:
    """A body of lines is the text that was made up."""
    return value.encode(errors="surrogatepass") if isinstance(value, str) else json.dumps(value).encode()


@pytest.fixture
def authorization(db: None) -> Iterator[str]:
    """The token of a department, while requests leave the connection of the test open, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    a_world()
    yield f"Bearer {give_token(department='billing', by=SYSTEM, at=clock.now())}"
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.timeout(1200)
@schema.parametrize()
@settings(max_examples=REQUESTS, derandomize=not DEEP, suppress_health_check=list(HealthCheck))
def test_every_request_is_answered_as_described(case: Case[Any], authorization: str) -> None:
    case.call_and_validate(headers={"Authorization": authorization})
