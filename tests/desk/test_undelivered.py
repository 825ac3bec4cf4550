"""A message that could not be delivered is work for the owner of its case: tick it off, or send it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from ligneclaire.channels.actions.mark_delayed import mark_delayed
from ligneclaire.channels.actions.mark_undeliverable import mark_undeliverable
from ligneclaire.channels.models import Message
from ligneclaire.channels.queries import messages
from ligneclaire.kernel.actor import SYSTEM
from world import MONDAY, World

pytestmark = pytest.mark.django_db
ANSWER = "550 5.1.1 <lenoir@example.org>: no such mailbox"
NOTE = "Je les ai appelés, ils savent tout."
PART = {"HX-Request": "true"}
AT = datetime.fromisoformat(MONDAY)


@pytest.fixture
def queued(monday: World) -> UUID:
    """A message that is about to leave."""
    monday.department("space").passes_on("termination.requested", received_by="online", of="K-MOB-2")
    monday.voice_decides("2015-02-16T10:00:01+01:00")
    return messages.waiting_to_leave()[0].uuid


@pytest.fixture
def refused(queued: UUID) -> UUID:
    """A message that the mail server refused for good."""
    mark_undeliverable(message=queued, answer=ANSWER, by=SYSTEM, at=AT)
    return queued


def post(client: Client, what: str, uuid: object, note: str = "", **headers: str) -> Any:
    return client.post(f"/messages/{uuid}/{what}", {"note": note}, headers=headers)


def states() -> list[str]:
    return sorted(Message.objects.filter(sent_at=None).values_list("state", flat=True))


def test_the_owner_reads_the_servers_words_and_so_do_others_below_their_own(
    nora: Client, hugo: Client, refused: UUID
) -> None:
    for client in (nora, hugo):
        page = client.get("/").content.decode()
        assert "Messages qui n’ont pas pu être remis" in page
        assert "550 5.1.1 &lt;lenoir@example.org&gt;: no such mailbox" in page
        assert "suivi par Nora Benali" in page
    for path in ("/customers/C-2001", f"/messages/{refused}"):
        page = nora.get(path).content.decode()
        assert "n’a pas pu être remis" in page
        assert "no such mailbox" in page


def test_what_is_only_late_is_counted_with_the_servers_words(nora: Client, queued: UUID) -> None:
    mark_delayed(message=queued, answer="451 4.3.0 try later", by=SYSTEM, at=AT)

    page = nora.get("/").content.decode()

    assert "1 message n’a pas encore pu être remis\u202f; un nouvel essai suit tout seul." in page
    assert '<code class="wrap">451 4.3.0 try later</code>' in page
    assert "Renvoyer" not in page
    assert "n’a pas encore pu être remis" in nora.get("/customers/C-2001").content.decode()


def test_where_all_is_well_nothing_is_said(nora: Client) -> None:
    assert "remis" not in nora.get("/").content.decode()


@pytest.mark.parametrize("headers", [{}, PART])
def test_ticked_off_it_leaves_the_list_and_the_message_says_why(
    nora: Client, refused: UUID, headers: dict[str, str]
) -> None:
    response = post(nora, "tick-off", refused, NOTE, **headers)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert "remis" not in nora.get("/").content.decode()
    assert NOTE in nora.get(f"/messages/{refused}").content.decode()


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("  ", "Dites ce qu’il en a été, en une phrase que d’autres comprendront."),
        ("x" * 501, "500 caractères au plus."),
    ],
)
def test_without_a_note_it_stays_and_what_was_typed_too(nora: Client, refused: UUID, note: str, fault: str) -> None:
    response = post(nora, "tick-off", refused, note)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="note-fault-{refused}">{fault}' in page
    assert f'id="undelivered-{refused}" data-holds open' in page
    assert f">{note}</textarea>" in page
    assert Message.objects.get(uuid=refused).ticked_off_at is None


def test_sent_again_it_waits_for_its_job(nora: Client, refused: UUID) -> None:
    response = post(nora, "send-again", refused)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert states() == ["queued"]


@pytest.mark.parametrize("what", ["tick-off", "send-again"])
def test_whoever_comes_too_late_reads_their_own_words_again(nora: Client, queued: UUID, what: str) -> None:
    response = post(nora, what, queued, NOTE)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Quelqu’un a été plus rapide\u00a0: ce message n’attend plus." in page
    assert NOTE in page
    assert states() == ["queued"]
