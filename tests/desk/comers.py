"""Staff who come to the desk through their company's identity provider, in a test's browser."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from pytest_django.fixtures import Settings

from builders import a_world
from ligneclaire.desk import company
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.models import CompanyIdentity
from provider import CLIENT, SECRET, Provider, provider

AT = datetime(2026, 6, 1, 8, tzinfo=UTC)
EMAIL = {"email": "Nora.Benali@ligneclaire.example", "email_verified": True}
MFA = {"amr": ["pwd", "mfa"]}


@contextmanager
def the_company() -> Iterator[Provider]:
    """Its provider, which knows Nora and asked her for two factors."""
    company._silent_until.clear()
    with provider() as one:
        one.claims = EMAIL | MFA
        yield one


def configure(there: Provider, settings: Settings) -> None:
    """A house whose two advisers have a login, and that believes this provider."""
    a_world()
    give_login(adviser="A-1", username="nora", password="x", by=SYSTEM, at=AT)
    give_login(adviser="A-2", username="hugo", password="x", by=SYSTEM, at=AT)
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = there.issuer, CLIENT, SECRET
    settings.OIDC_NAME, settings.OIDC_SECOND_FACTOR, settings.SECOND_FACTOR = "ACME Télécom", ("mfa",), "asked"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Do not follow."""


def at_the_provider(url: str) -> str:
    """Where the provider sends a browser that comes with this address."""
    try:
        urllib.request.build_opener(_Stay).open(url)
    except urllib.error.HTTPError as redirected:
        return redirected.headers["Location"]
    raise AssertionError("the provider sends nobody anywhere")


def a_browser() -> Client:
    return Client(headers={"Accept-Language": "fr"})


def comes_back(client: Client, *, wanted: str = "") -> Any:
    """Go to the provider and come back with what it says."""
    gone = client.get("/login/company", {"next": wanted} if wanted else {})
    assert gone.status_code == 302
    parts = urlsplit(at_the_provider(gone["Location"]))
    return client.get(f"{parts.path}?{parts.query}")


def who_is_in(client: Client) -> str:
    page = client.get("/")
    return page.context["frame"].me.number if page.status_code == 200 else ""


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def identities() -> list[tuple[str, str]]:
    return list(CompanyIdentity.objects.order_by("pk").values_list("user__username", "subject"))
