"""What a plan states is shown under a name that people read, and what left with its digest."""

from __future__ import annotations

from datetime import datetime

from django.test import Client
from django.urls import reverse

from ligneclaire.channels.queries import messages
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import SYSTEM
from world import World


def test_the_thread_names_the_plan_in_words(nora: Client, monday: World) -> None:
    at = datetime.fromisoformat("2015-02-16T10:00:00+01:00")
    stated = Statement(
        source="journeys",
        source_id="j-1/number",
        kind="number.kept_until",
        customer="C-2001",
        subject="contract:K-ADSL-1",
        value="2015-04-01",
        effective=None,
        at=at,
    )
    record([stated], by=SYSTEM, at=at)
    monday.it_is("2015-02-16T10:01:00+01:00")

    page = nora.get(reverse("desk:customer", args=["C-2001"])).content.decode()

    assert "<strong>le suivi du dossier</strong>" in page
    assert "<strong>journeys</strong>" not in page


def test_the_page_of_a_message_shows_the_digest_of_what_left(nora: Client) -> None:
    [receipt] = messages.of(["C-2001"])

    page = nora.get(reverse("desk:message", args=[receipt.uuid])).content.decode()

    assert f'title="SHA-256 {receipt.digest}"' in page
