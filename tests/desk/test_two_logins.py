"""Two kinds of login open the desk, and each opens its own pages only: every address is tried with both."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from ligneclaire.cases.queries import cards
from ligneclaire.channels.queries import messages
from ligneclaire.desk.urls import urlpatterns
from ligneclaire.facts.models import Fact
from ligneclaire.people.models import Login
from ligneclaire.voice.models import Upload
from ligneclaire.voice.queries import rules, troubles

pytestmark = pytest.mark.django_db
SAMPLES = {"str": "C-2001", "int": 1, "uuid": UUID(int=0)}
OPEN_TO_BOTH = {
    *("login", "logout", "language", "company", "company-back", "company-out", "company-ended"),
    *("second-step", "second-step-set-up", "second-step-key", "second-step-key-options"),
}
HEARD = {"news"}  # a stream, which answers in its own way


def name_of(pattern: URLPattern) -> str:
    assert pattern.name
    return pattern.name


def address(pattern: URLPattern) -> str:
    kinds = {"UUIDConverter": "uuid", "IntConverter": "int", "StringConverter": "str", "PathConverter": "str"}
    converters = pattern.pattern.converters
    values = {name: SAMPLES[kinds[type(one).__name__]] for name, one in converters.items()}
    return reverse(f"desk:{pattern.name}", kwargs=values)


CLERKS = {
    *("department", "state", "fact", "change", "withdraw"),
    *("template", "send", "upload", "state_upload", "wrong"),
}
OF_TECHNICIANS = {"visit_leave", "visit_close", "visit_miss"}
OURS = [one for one in urlpatterns if one.name not in OPEN_TO_BOTH | HEARD]
OF_CLERKS = [one for one in OURS if one.name in CLERKS]
OF_ADVISERS = [one for one in OURS if one.name not in CLERKS]


def kept() -> tuple[object, ...]:
    facts, uploads = Fact.objects.count(), Upload.objects.count()
    return facts, uploads, cards.open_questions(), rules.changes(), messages.of(["C-2001"]), troubles.newest(limit=99)


def let_in(client: Client, patterns: list[URLPattern], start: str) -> list[str]:
    """The pages that do more than lead to one's own start, and those where a deed or a part is not refused."""
    return [name_of(one) for one in patterns if not _is_shut(client, address(one), start)]


def _is_shut(client: Client, path: str, start: str) -> bool:
    looked, part = client.get(path), client.get(path, headers={"HX-Request": "true"})
    done = client.post(path, {"fact": 1, "note": "x", "mode": "stop", "reason": "x"})
    leads_away = looked.status_code == 405 or (looked.status_code, looked.get("Location")) == (302, start)
    return leads_away and (part.status_code, done.status_code) in {(403, 403), (403, 405), (405, 403)}


def test_a_clerk_opens_no_page_of_advisers(clerk: Client) -> None:
    before = kept()

    assert let_in(clerk, OF_ADVISERS, "/department") == []
    assert kept() == before


def test_an_adviser_opens_no_page_of_clerks(nora: Client) -> None:
    before = kept()

    assert let_in(nora, OF_CLERKS, "/") == []
    assert kept() == before


def test_a_stranger_opens_none_and_an_account_of_nobody_neither(nobody: Client) -> None:
    before, stranger = kept(), Client()
    for path in map(address, OURS):
        assert {stranger.get(path).status_code, stranger.post(path).status_code} <= {302, 405}, path
        assert {nobody.get(path).status_code, nobody.post(path).status_code} <= {403, 405}, path
    assert kept() == before


def test_each_opens_their_own_pages(clerk: Client, nora: Client) -> None:
    Login.objects.filter(adviser__number="A-1").update(is_supervisor=True)  # who may also look after the others

    theirs = [name_of(one) for one in OF_ADVISERS]
    assert let_in(nora, OF_ADVISERS, "/") == [name for name in theirs if name not in OF_TECHNICIANS]
    assert let_in(clerk, OF_CLERKS, "/department") == [name_of(one) for one in OF_CLERKS]


def test_every_page_of_clerks_is_there() -> None:
    assert {one.name for one in OF_CLERKS} == CLERKS


def test_a_clerk_hears_no_news(clerk: Client) -> None:
    assert clerk.get("/news").status_code == 204


def test_each_is_led_to_their_own_start_after_logging_in(clerk: Client, nora: Client) -> None:
    assert clerk.get("/", follow=True).redirect_chain == [("/department", 302)]
    assert "Facturation" in clerk.get("/department").content.decode()
    assert nora.get("/").status_code == 200


def test_a_clerk_sees_neither_customers_nor_sending(clerk: Client) -> None:
    page = clerk.get("/department").content.decode()

    assert "Marie Petit" in page
    assert [word for word in ("Lenoir", "/sending", "/customers", "data-news") if word in page] == []
