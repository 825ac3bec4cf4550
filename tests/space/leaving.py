"""Somebody who ends a contract with a browser, for tests."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contracts.leaving import NOON
from ligneclaire.contracts.models import TerminationRequest
from ligneclaire.contracts.queries import requests
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.states import WayIn
from ligneclaire.space.door import COOKIE

ANNE = {"surname": "Lenoir", "first_name": "Anne", "email": "anne@example.org", "lines": "05 36 49 02 01"}
PDF = b"%PDF-1.7 proof"
SECRETS = re.compile(
    r'(name="csrfmiddlewaretoken" value=")[^"]+|LC-[0-9A-Z]{4}-[0-9A-Z]{4}(:[\w-]+)?|[0-9a-f]{8}-[0-9a-f-]{27}'
    r"|T\d\d:\d\d:\d\d"
)


def visitor(*, customer: str = "", language: str = "fr") -> Client:
    """A browser, signed in if a customer is named."""
    client = Client(headers={"Accept-Language": language})
    if customer:
        client.cookies[COOKIE] = open_session(customer=customer, way=WayIn.CODE, device="", by=SYSTEM, at=NOON)
    return client


def opened(client: Client, path: str = "/resilier") -> str:
    """The address of a form that was just opened."""
    return client.get(path).headers["Location"]


def send(client: Client, form: str, typed: dict[str, Any]) -> Any:
    """Press the button below the form."""
    return client.post(form, typed)


def notify(client: Client, form: str) -> Any:
    """Press the button below the summary."""
    return client.post(f"{form}/resume")


def end(client: Client, typed: dict[str, Any] | None = None, *, path: str = "/resilier") -> str:
    """Go all the way; the address of the page that confirms."""
    form = opened(client, path)
    sent = send(client, form, ANNE if typed is None else typed)
    assert sent.headers.get("Location") == f"{form}/resume", sent.content.decode()
    return str(notify(client, form).headers["Location"])


def bare(response: Any) -> str:
    """A page without what differs from one sending to the next."""
    return SECRETS.sub("*", str(response.content.decode()))


def card() -> requests.RequestCard:
    """The only request."""
    [reference] = TerminationRequest.objects.values_list("reference", flat=True)
    found = requests.by_reference(reference)
    assert found is not None
    return found


def a_file(name: str = "avis.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file to choose."""
    return SimpleUploadedFile(name, content)
