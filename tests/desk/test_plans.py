"""What a plan states is shown under a name that people read, and what left with its digest."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from django.test import Client
from django.urls import reverse

from ligneclaire.channels.queries import messages
from ligneclaire.desk import fact_words, visit_words
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.visits import facts
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


def test_a_plan_is_one_line_that_says_what_comes_next_until_it_is_opened(nora: Client) -> None:
    page = nora.get(reverse("desk:customer", args=["C-2001"]))

    [drawing] = page.context["screen"].plans
    assert drawing.ahead == next(bar for bar in drawing.by_date if bar.drawn.state in {"waiting", "open"})
    [summary] = re.findall(r'<details id="plan-1">\s*<summary>(.*?)</summary>', page.content.decode(), re.DOTALL)
    line = " ".join(unescape(re.sub(r"<[^>]*>", " ", summary)).split())
    assert line.startswith(
        f"{drawing.plan.title} Prochaine étape : {drawing.ahead.drawn.what}, {drawing.ahead.drawn.when}"
    )


def test_every_fact_of_ours_has_words_and_one_that_nobody_knows_says_so() -> None:
    said = {"purpose": "repair", "from": "2015-02-17T08:00:00+01:00", "to": "2015-02-17T10:00:00+01:00"}
    kinds = [value for name, value in vars(facts).items() if name.isupper() and value.startswith("visits.")]

    assert set(visit_words.KINDS) == set(kinds)
    assert fact_words.kind(facts.BOOKED) == "Rendez-vous pris"
    assert "{" not in fact_words.value(facts.BOOKED, said)
    assert fact_words.value(facts.BOOKED, said).startswith("Réparer la ligne, ")
    assert fact_words.kind("loyalty.goal.set") == "Inconnu ici\u00a0: loyalty.goal.set"
    assert fact_words.value("offer.call", {"at": None, "to": ["a", {"b": 1}]}) == "at\u00a0: –, to\u00a0: a, b\u00a0: 1"
