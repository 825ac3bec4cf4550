"""Letters, scans and attached files on the desk, in a real browser: everybody can use and read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Desk
from browser.test_writing import LENOIR, looked_at
from channels.samples import RECIPIENT, SENDER, in_french
from ligneclaire.channels.letter.render import render
from scanner import blank

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_file_is_attached_seen_and_removed_and_no_word_is_lost(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = desk.enter("nora").new_page()
    page.goto(f"{LENOIR}/write")
    page.get_by_label("Objet").fill("Le plan d’accès")
    page.get_by_label("Votre message").fill("Le voici.")
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": render_a_plan()}
    page.locator("#files").set_input_files(plan)  # type: ignore[arg-type]
    page.get_by_role("button", name="Joindre").click()

    expect(page.get_by_role("link", name="plan.pdf")).to_be_visible()
    expect(page.get_by_label("Votre message")).to_have_value("Le voici.")
    assert looked_at(page, axe) == []
    page.get_by_label("Objet").press("Enter")  # which looks at the message, and removes nothing
    expect(page.get_by_role("img", name="Première page de plan.pdf")).to_be_visible()
    assert looked_at(page, axe) == []

    page.get_by_role("link", name="Revenir au texte").click()
    page.get_by_role("button", name="Supprimer plan.pdf").click()
    expect(page.get_by_role("link", name="plan.pdf")).to_have_count(0)
    page.get_by_role("button", name="Jeter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("M. et Mme Lenoir")


def test_a_scan_without_a_code_is_filed_by_hand(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = desk.enter("nora").new_page()
    page.goto("/scans")
    assert looked_at(page, axe) == []
    scan = {"name": "lettre.png", "mimeType": "image/png", "buffer": blank()}
    page.get_by_label("Numérisation d’une lettre").set_input_files(scan)  # type: ignore[arg-type]
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator("main [role=status]")).to_contain_text("Aucun de nos codes n’a pu y être lu.")
    assert looked_at(page, axe) == []

    page.get_by_label("Numéro du client").fill("C-2001")
    page.get_by_role("button", name="C’est la sienne").click()
    page.get_by_label("Ce qui s’est dit").fill("Conteste la facture.")
    assert looked_at(page, axe) == []
    page.get_by_role("button", name="Noter", exact=True).click()

    expect(page.get_by_role("link", name="La lettre numérisée")).to_be_visible()


@pytest.mark.parametrize("path", ["/letters", "/letters/returned", f"{LENOIR}/address"])
def test_the_pages_of_the_mail_room_can_be_read_by_all(desk: Desk, axe: Callable[[Page], list[str]], path: str) -> None:
    page = desk.enter("nora").new_page()
    page.goto(path)

    assert looked_at(page, axe) == []


def render_a_plan() -> bytes:
    return render(in_french(), sender=SENDER, recipient=RECIPIENT)
