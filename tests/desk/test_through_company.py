"""A real identity provider, certified, between the log-in page and the desk."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.models import CompanyIdentity

PACKAGE = Path(__file__).resolve().parents[2] / "var" / "oidc" / "node_modules" / "oidc-provider" / "lib" / "index.js"
NODE = shutil.which("node")
BACK = "http://testserver/login/company/back"
AT = datetime(2026, 6, 1, 8, tzinfo=UTC)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not (NODE and PACKAGE.is_file()), reason="no npm package oidc-provider here (tools/oidc)"),
]


@pytest.fixture
def issuer(settings: Settings) -> Iterator[str]:
    assert NODE
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = Path(__file__).parents[1] / "provider.mjs"
    command = [NODE, str(script), str(PACKAGE), str(port), BACK]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = f"http://127.0.0.1:{port}", "desk"
    settings.OIDC_CLIENT_SECRET, settings.SECOND_FACTOR = "a secret of some length", "asked"
    yield settings.OIDC_ISSUER
    process.kill()
    process.communicate()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Do not follow."""


def through_its_pages(url: str, name: str) -> str:
    """Say a name and agree on the provider's own pages, as a person does, until it sends the browser back to us."""
    browser = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(CookieJar()))
    data = None
    for _ in range(12):
        try:
            with browser.open(url, data) as page:
                text = page.read().decode()
        except urllib.error.HTTPError as redirected:
            url, data = urljoin(url, redirected.headers["Location"]), None
            if url.startswith(BACK):
                return url
            continue
        fields = dict(re.findall(r'<input[^>]*type="hidden" name="(\w+)" value="(\w+)"', text))
        fields |= {"login": name, "password": "any"} if fields.get("prompt") == "login" else {}
        [action] = re.findall(r'<form[^>]*action="([^"]+)"', text)
        url, data = urljoin(url, action), urlencode(fields).encode()
    raise AssertionError("the provider never sends the browser back")


def test_an_adviser_comes_in_through_a_certified_provider_and_our_second_step(issuer: str) -> None:
    a_world()
    give_login(adviser="A-1", username="nora", password="x", by=SYSTEM, at=AT)
    client = Client(headers={"Accept-Language": "fr"})

    back = urlsplit(through_its_pages(client.get("/login/company")["Location"], "nora.benali"))
    answer = client.get(f"{back.path}?{back.query}")

    assert (answer.status_code, answer["Location"]) == (302, "/login/second")  # it did not ask for two factors
    linked = CompanyIdentity.objects.values_list("user__username", "issuer", "subject")
    assert list(linked) == [("nora", issuer, "nora.benali")]
    assert client.get("/login/company/out")["Location"].startswith(f"{issuer}/session/end?")


def test_whom_only_the_provider_knows_does_not_come_in(issuer: str) -> None:
    a_world()
    client = Client(headers={"Accept-Language": "fr"})

    back = urlsplit(through_its_pages(client.get("/login/company")["Location"], "zoe.petit"))

    assert client.get(f"{back.path}?{back.query}").status_code == 403
    assert not CompanyIdentity.objects.exists()
