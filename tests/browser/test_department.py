"""The screen of a department, with keyboard and file, as its clerk uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from browser.conftest import DESKTOP, ColorScheme, Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE: ViewportSize = {"width": 320, "height": 700}
TABLE = """contract;key;value;effective
K-MOB-2;montant de la dernière facture;12,50;
K-404;closing_bill.amount;12,50;
"""


def is_fine(page: Page, axe: Callable[[Page], list[str]]) -> list[str]:
    """What is wrong with a page by day and by night, wide and narrow."""
    faults = []
    schemes: tuple[ColorScheme, ColorScheme] = ("light", "dark")
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        for colours in schemes:
            page.emulate_media(color_scheme=colours)
            faults += [f"{page.url} {colours} {viewport['width']}: {fault}" for fault in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{page.url} {viewport['width']}: too wide")
    return faults


def test_a_clerk_states_a_fact_and_takes_it_back(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = desk.enter("billing").new_page()
    page.goto("/department")
    faults = is_fine(page, axe)

    page.get_by_label("Numéro du contrat ou du client").fill("K-FIX-3")
    page.get_by_label("De quoi s’agit-il ?").select_option(label="Montant de la dernière facture")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Valeur").fill("beaucoup")
    page.get_by_label("Valeur").press("Enter")
    expect(page.get_by_label("Valeur")).to_be_focused()
    expect(page.get_by_label("Valeur")).to_have_value("beaucoup")
    faults += is_fine(page, axe)
    page.get_by_label("Valeur").fill("59,90")
    page.get_by_label("Valeur").press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Déclaré : Montant de la dernière facture 59,90 €")
    page.get_by_role("link", name="Ce qu’il en advient").click()
    expect(page.get_by_role("main")).to_contain_text("59,90 €")
    faults += is_fine(page, axe)
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("status")).to_contain_text("Retiré : Montant de la dernière facture")
    assert faults == []


def test_a_clerk_sends_a_file_and_sees_what_is_wrong_in_it(
    desk: Desk, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    table = tmp_path / "février.csv"
    table.write_text(TABLE, encoding="cp1252")
    page = desk.enter("billing").new_page()
    page.goto("/department")

    page.get_by_label("Fichier").set_input_files(table)
    page.get_by_role("button", name="Vérifier le fichier").click()
    expect(page.get_by_role("heading", name="1 ligne est à corriger")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Ligne 3, contrat : Aucun contrat n’a ce numéro.")
    faults = is_fine(page, axe)
    page.get_by_role("button", name="Déclarer 1 ligne").click()

    expect(page.get_by_role("status")).to_contain_text("1 ligne est déclarée.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger pour corriger").click()
    assert download.value.suggested_filename == "facts-to-mend.csv"
    assert faults == []
