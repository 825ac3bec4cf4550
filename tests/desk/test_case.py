"""The page of a case: who owns it, what was said in it, and what somebody does with it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.models import Message
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.queries import advisers

pytestmark = pytest.mark.django_db

OVER = {"over-to": "A-2", "over-note": "Attend un appel.", "over-tell": "on", "over-sentence": "À bientôt."}


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


@pytest.fixture
def path(nora: Client) -> str:
    """A case of Nora's in which nothing waits."""
    at = clock.now()
    need = Need(kind=CaseKind.CONVERSATION, owner="A-1", opened_at=at)
    key = ("C-1001", "customer:C-1001")
    return f"/cases/{open_cases(needs={key: need}, by=SYSTEM, at=at)[key].reference}"


def test_a_case_shows_its_owner_and_what_was_said_in_it(nora: Client, path: str) -> None:
    nora.post(
        "/customers/C-1001/log",
        {
            "entry": str(uuid4()),
            "medium": "call",
            "direction": "in",
            "text": "A appelé.",
            "case": path.removeprefix("/cases/"),
        },
    )

    page = words(nora.get(path))

    assert "Échange LC-" in page
    assert "Nora Benali, depuis le 16 février 2015" in page
    assert "A appelé. au téléphone" in page
    assert path in nora.get("/customers/C-1001").content.decode()
    assert [one.reference for one in nora.get("/").context["lists"]["cases"].rows] == [
        cards.of("C-2001")[0].reference,
        path.removeprefix("/cases/"),
    ]


def test_a_case_is_handed_over_with_a_word_to_both(nora: Client, hugo: Client, path: str) -> None:
    missing = nora.post(f"{path}/hand-over", OVER | {"over-note": ""})
    assert missing.context["over"].errors == {"note": ["Dites ce que votre collègue doit savoir."]}
    assert missing.context["over"]["sentence"].value() == "À bientôt."

    nora.post(f"{path}/hand-over", OVER)

    page = words(hugo.get(path))
    assert "Hugo Marchand, depuis" in page
    assert "Confié à Hugo Marchand · Nora Benali" in page
    assert "Votre dossier LC-" in page
    assert "va partir e-mail · lundi 16 février" in page


def test_nobody_is_chosen_before_and_who_is_away_comes_last(nora: Client, path: str) -> None:
    at = clock.now()
    for adviser, back in (("A-2", date(2015, 3, 1)), ("A-3", None)):
        record_absence(adviser=adviser, period=Period(date(2015, 2, 16), back), reason=None, by=SYSTEM, at=at)

    over = nora.get(path).context["over"]
    there = [one.name for one in advisers.serving() if one.number not in {"A-1", "A-2", "A-3"}]
    assert [name for _number, name in over.fields["to"].choices] == [
        *("choisir", *there),
        *("Hugo Marchand (absence, retour le 1er mars)", "Inès Caron (absence)"),
    ]

    refused = nora.post(f"{path}/hand-over", OVER | {"over-to": ""})
    assert refused.context["over"].errors == {"to": ["Choisissez un collègue."]}


def test_it_may_be_handed_over_in_silence(nora: Client, path: str) -> None:
    silent = {name: value for name, value in OVER.items() if name != "over-tell"}
    nora.post(f"{path}/hand-over", silent)

    assert Message.objects.filter(customer="C-1001").count() == 0


def test_a_case_cannot_go_to_whom_it_is_already(nora: Client, path: str) -> None:
    page = nora.post(f"{path}/hand-over", OVER | {"over-to": "A-1"})

    assert page.status_code == 422
    assert list(page.context["over"].errors) == ["to"]


def test_a_case_rests(nora: Client, path: str) -> None:
    past = nora.post(f"{path}/snooze", {"snooze-until": "16/02/2015", "snooze-note": "Pièce"})
    assert past.context["snooze"].errors == {"until": ["Choisissez un jour à venir."]}

    nora.post(f"{path}/snooze", {"snooze-until": "20/02/2015", "snooze-note": "Pièce attendue"})

    page = words(nora.get(path))
    assert "au repos jusqu’au 20 février 2015" in page
    assert "Au repos jusqu’au 20 février 2015 · Nora Benali" in page
    assert path.removeprefix("/cases/") not in [one.reference for one in nora.get("/").context["lists"]["cases"].rows]


def test_a_case_is_closed_and_opens_again(nora: Client, path: str) -> None:
    nora.post(f"{path}/close", {"close-note": "Réglé au téléphone."})
    assert "Réglé et clos · Nora Benali" in words(nora.get(path))

    late = nora.post(f"{path}/close", {"close-note": "Réglé."})
    assert (late.status_code, late.context["came_too_late"]) == (422, True)
    nora.post(f"{path}/reopen", {"reopen-note": "Rien n’est réglé."})
    nora.post(f"{path}/reopen", {"reopen-note": "encore"})

    assert "Rouvert · Nora Benali" in words(nora.get(path))
    nora.post(f"{path}/close", {"close-note": "Réglé."})
    key = ("C-1001", "customer:C-1001")
    need = Need(kind=CaseKind.CONVERSATION, owner="A-1", opened_at=clock.now())
    other = open_cases(needs={key: need}, by=SYSTEM, at=clock.now())[key].reference
    refused = nora.post(f"{path}/reopen", {"reopen-note": ""})
    assert refused.context["reopen"].errors == {"note": [f"Le même sujet a déjà un dossier ouvert\u00a0: {other}."]}


def test_what_still_waits_is_said(nora: Client) -> None:
    reference = cards.of("C-2001")[0].reference

    page = nora.post(f"/cases/{reference}/close", {"close-note": "Réglé."})

    assert page.context["close"].errors == {"note": ["Une contradiction attend\u00a0: tranchez d’abord."]}


def test_a_case_that_does_not_exist_has_no_page(nora: Client) -> None:
    assert nora.get("/cases/LC-0").status_code == 404
    for what in ("hand-over", "snooze", "close", "reopen"):
        assert nora.post(f"/cases/LC-0/{what}", {}).status_code == 404
