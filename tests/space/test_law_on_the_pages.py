"""What the law asks of pages and of the acknowledgement, bound to its values."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from contracts.leaving import NOON
from ligneclaire import law
from space.leaving import ANNE, end, opened, send, visitor
from world import World

TODAY = date(2026, 11, 20)
FIELDS = {
    "name": {"surname", "first_name", "company"},
    "acknowledge_to": {"email", "address"},
    "reference": {"references"},
    "wished_on": {"wished_on"},
    "lines": {"lines"},
}
REASON = {"reason", "reason_words"}  # TER-06
ACKNOWLEDGED = {
    "receipt": ("Le 20 novembre 2026 à 12 h, nous avons bien reçu en ligne votre demande",),
    "holder_and_lines": ("Titulaire M. et Mme Lenoir", "Contrat K-ADSL-1", "Ligne 05 36 49 02 01"),
    "end": ("prend fin le 30 novembre 2026", "10 jours après la réception de votre demande"),
    "sums": ("Vous n’avez pas de frais de résiliation à payer.", "la date de la dernière facture"),
    "equipment": ("LB-4471-0093", "TV-2210-7781", "au plus tard le 15 décembre 2026", "étiquette de retour prépayée"),
    "refunds": ("votre dépôt de garantie : 49,00 €", "Ce que vous avez payé d’avance vous est rendu"),
    "number": ("jusqu’au 9 janvier 2027", "votre numéro 05 36 49 02 01 est perdu, sauf si vous l’emportez", "RIO"),
    "mailbox": ("jusqu’au 30 mai 2027 – Votre messagerie électronique, si vous en avez une chez nous, reste ouverte",),
    "taking_back": ("Vous pouvez revenir sur votre demande jusqu’au 30 novembre 2026",),
    "complaints": ("notre service consommateurs", "le médiateur des communications électroniques"),
    "mandate": ("le mandat sert encore à la dernière facture, puis il est révoqué",),
}


def label(rule: str) -> str:
    text = law.value(rule, on=TODAY).of(str)
    return text[:1].upper() + text[1:]


@pytest.mark.django_db
@pytest.mark.usefixtures("friday")
@pytest.mark.parametrize(("rule", "path"), [("TER-03.label", "/resilier"), ("WDR-07.label", "/renoncer")])
def test_ter_03_wdr_07_the_functions_are_called_as_the_law_calls_them(rule: str, path: str) -> None:
    start = visitor().get("/bienvenue").content.decode()
    page = visitor().get(path, follow=True).content.decode()

    assert set(re.findall(rf'<a href="{path}">([^<]+)</a>', start)) == {label(rule)}
    assert re.findall(r"<h1[^>]*>([^<]+)</h1>", page) == [label(rule)]


@pytest.mark.django_db
@pytest.mark.usefixtures("friday")
@pytest.mark.parametrize(
    ("rule", "path", "typed"),
    [
        ("TER-07.label", "/resilier", ANNE),
        ("WDR-07.confirm_label", "/renoncer", ANNE | {"references": "K-FIX-51"}),
    ],
)
def test_ter_07_wdr_07_the_last_button_says_what_it_does(rule: str, path: str, typed: dict[str, str]) -> None:
    client = visitor()
    form = opened(client, path)
    send(client, form, typed)

    page = client.get(f"{form}/resume").content.decode()

    [main] = re.findall(r"<main.*?</main>", page, re.DOTALL)
    buttons = re.findall(r'<button class="btn btn-primary[^>]*>\s*([^<]+?)\s*</button>', main)
    assert buttons == [label(rule)]


@pytest.mark.django_db
@pytest.mark.usefixtures("friday")
def test_ter_05_the_form_asks_what_the_law_names_and_nothing_else() -> None:
    client = visitor()
    asked = law.value("TER-05.fields", on=TODAY).of(tuple)

    page = client.get(opened(client))

    assert set(asked) == set(FIELDS)
    assert set(page.context["form"].fields) == set().union(*(FIELDS[name] for name in asked)) | REASON


@pytest.mark.django_db
def test_ter_08_the_acknowledgement_of_an_online_request_has_everything(
    clock_at: Callable[[datetime], None], settings: Settings, tmp_path: Path
) -> None:
    settings.VAR, settings.SCAN, settings.OUTBOX = tmp_path, "", tmp_path / "outbox"
    world = World()
    world.it_is(NOON)
    clock_at(NOON)
    end(visitor(), ANNE)
    world.it_is(NOON + timedelta(minutes=5))

    [text] = set(world.customer("C-2001").letters())
    assert set(law.value("TER-08.contents", on=TODAY).of(tuple)) == set(ACKNOWLEDGED)
    assert {code for code, phrases in ACKNOWLEDGED.items() if not all(phrase in text for phrase in phrases)} == set()
