"""Writing, calls and cases on the desk, in a real browser: nothing typed is lost, and everybody can read it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from browser.conftest import DESKTOP, Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
PHONE: ViewportSize = {"width": 360, "height": 740}
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LENOIR = "/customers/C-2001"


def looked_at(page: Page, axe: Callable[[Page], list[str]]) -> list[str]:
    """What is wrong with a page on both widths and in both colours."""
    faults = []
    for viewport, colours in product((DESKTOP, PHONE), COLOURS):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=colours)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        faults += [f"{colours} {viewport['width']}: {fault}" for fault in axe(page) + ["sideways"] * wide]
    return faults


def test_words_are_kept_as_they_are_typed_seen_as_they_leave_and_taken_back(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    page = desk.enter("nora").new_page()
    page.goto(LENOIR)
    page.get_by_role("link", name="Écrire", exact=True).click()
    page.get_by_label("Objet").fill("Votre question")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 204):
        page.get_by_label("Votre message").fill("Le technicien passe le 3 mars 2031.")
    page.reload()
    expect(page.get_by_label("Votre message")).to_have_value("Le technicien passe le 3 mars 2031.")
    assert looked_at(page, axe) == []

    page.get_by_role("button", name="Voir tel qu’il partira").click()
    expect(page.locator("main [role=status]")).to_contain_text("Le client ne l’a jamais appris : 3 mars 2031.")
    assert looked_at(page, axe) == []
    page.get_by_role("button", name="Promettre : 3 mars 2031").click()
    expect(page.get_by_text("Promis : Le technicien passe le 3 mars 2031., 3 mars 2031")).to_be_visible()
    assert looked_at(page, axe) == []
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_role("button", name="Reprendre ce message").click()

    expect(page.get_by_label("Votre message")).to_have_value("Le technicien passe le 3 mars 2031.")
    page.get_by_role("button", name="Jeter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("M. et Mme Lenoir")


def test_a_call_with_a_promise_is_written_down_and_closed(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = desk.enter("nora").new_page()
    page.goto(f"{LENOIR}/log")
    page.get_by_label("Ce qui s’est dit").fill("Demande où en est son dossier.")
    page.get_by_label("Ce que vous avez promis").fill("Rappeler demain matin")
    page.get_by_role("button", name="Noter").click()
    expect(page.get_by_label("Pour quel jour")).to_have_accessible_description(
        "Par exemple 31/01/2027. Dites pour quel jour : une promesse a une date."
    )
    assert looked_at(page, axe) == []
    page.get_by_label("Pour quel jour").fill("31/12/2031")
    page.get_by_role("button", name="Noter").click()

    page.get_by_role("link", name="Rappeler demain matin").click()
    assert looked_at(page, axe) == []
    page.get_by_role("button", name="Fait").click()
    expect(page.locator("#promises")).to_contain_text("tenue")


def test_a_case_can_be_read_by_everybody(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = desk.enter("nora").new_page()
    page.goto(LENOIR)
    page.locator("a[href^='/cases/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Résiliation LC-")

    page.get_by_role("button", name="Clore").click()

    expect(page.get_by_label("Comment il a été réglé")).to_have_accessible_description("Dites comment il a été réglé.")
    assert looked_at(page, axe) == []
