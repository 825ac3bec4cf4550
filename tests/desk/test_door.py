"""Who may come in, and what every answer carries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.test import Client

from ligneclaire.cases.queries import cards
from ligneclaire.channels.queries import messages
from ligneclaire.facts.models import Fact
from ligneclaire.voice.queries import rules

pytestmark = pytest.mark.django_db
SOME = UUID(int=0)
READ = [
    "/",
    "/customers",
    "/customers/C-2001",
    "/customers/C-2001/live",
    "/customers/C-2001/thread",
    "/customers/C-2001/letter.pdf",
    f"/messages/{SOME}",
    f"/messages/{SOME}/letter.pdf",
    "/mails",
    f"/mails/{SOME}",
    f"/mails/{SOME}/files/1",
    f"/mails/{SOME}/original.eml",
    "/sending",
    "/sending/bar",
]
WRITE = [
    "/customers/C-2001/settle",
    "/customers/C-2001/occasion",
    f"/mails/{SOME}/match",
    f"/mails/{SOME}/set-aside",
    "/sending",
    "/facts/tick-off",
    "/facts/try-again",
]


@pytest.mark.parametrize("path", READ)
def test_a_stranger_is_sent_to_log_in_and_then_back(monday: object, path: str) -> None:
    response = Client().get(path)

    assert (response.status_code, response["Location"]) == (302, f"/login?next={path}")


@pytest.mark.parametrize("path", READ)
def test_an_account_without_adviser_sees_nothing(nobody: Client, path: str) -> None:
    response = nobody.get(path)

    assert response.status_code == 403
    assert "Lenoir" not in response.content.decode()


@pytest.mark.parametrize("path", WRITE)
@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_nobody_else_changes_anything(nobody: Client, path: str, who: str) -> None:
    before = (Fact.objects.count(), cards.open_questions(), rules.changes(), messages.of(["C-2001"]))
    client = nobody if who == "nobody" else Client()

    response = client.post(
        path,
        {
            "question": 1,
            "subject": "contract:K-ADSL-1",
            "key": "equipment.days_after_formal_notice",
            "chosen": "10",
            "mode": "stop",
            "reason": "because",
            "fact": Fact.objects.order_by("pk")[0].pk,
            "note": "because",
        },
    )

    assert response.status_code == (403 if who == "nobody" else 302)
    assert (Fact.objects.count(), cards.open_questions(), rules.changes(), messages.of(["C-2001"])) == before


def test_a_part_of_a_page_says_that_nobody_is_logged_in_without_leaving_the_page(monday: object) -> None:
    response = Client().get("/customers/C-2001/live", headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (401, b"")


@pytest.mark.parametrize("path", WRITE)
def test_what_changes_something_needs_the_token_of_the_page(nora: Client, path: str) -> None:
    nora.handler.enforce_csrf_checks = True

    assert nora.post(path, {"mode": "stop", "reason": "because"}).status_code == 403
    assert rules.changes() == ()


@pytest.mark.parametrize(
    "path", ["/customers/C-2001/settle", "/customers/C-2001/occasion", "/logout", "/facts/tick-off", "/facts/try-again"]
)
def test_what_changes_something_is_never_asked_for_by_a_link(nora: Client, path: str) -> None:
    assert nora.get(path).status_code == 405


def test_pages_allow_only_what_comes_from_here(nora: Client) -> None:
    policy = nora.get("/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_stranger_hears_no_news() -> None:
    # In a thread of its own: this one may have a loop already, for a browser.
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(lambda: Client().get("/news").status_code).result() == 204


@pytest.mark.parametrize("path", ["/customers/C-404", "/customers/C-404/thread", "/customers/C-2001/thread?before=x"])
def test_what_is_not_there_is_said_so(nora: Client, path: str) -> None:
    assert nora.get(path).status_code == 404
