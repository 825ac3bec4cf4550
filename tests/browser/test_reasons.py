"""Deciding on a reason, on the desk in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from browser.conftest import DESKTOP, ColorScheme, Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
SMALL: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def asked(desk: Desk) -> str:
    """Where the desk shows the request of Mme Aubert, who is over-indebted and bound for two years."""
    with desk.browser.new_context(base_url=desk.url, locale="fr-FR") as guest:
        page = guest.new_page()
        page.goto("/resilier")
        page.get_by_label("Nom", exact=True).fill("Aubert")
        page.get_by_label("Prénom").fill("Claire")
        page.get_by_label("Adresse électronique").fill("claire@example.org")
        page.get_by_label("Numéros de téléphone").fill("06 39 98 03 01")
        page.get_by_label("Motif légitime").select_option("over_indebtedness")
        page.locator("main button.btn-primary").click()
        page.get_by_role("button", name="Notification de la résiliation").click()
    with desk.enter("nora") as context:
        page = context.new_page()
        page.goto("/requests")
        return page.locator("a[href^='/requests/']").first.get_attribute("href") or ""


@pytest.mark.parametrize("viewport", [DESKTOP, SMALL])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_reason_is_decided_by_everybody(
    desk: Desk, asked: str, axe: Callable[[Page], list[str]], viewport: ViewportSize, colours: ColorScheme
) -> None:
    with desk.enter("nora", colours=colours) as context:
        page = context.new_page()
        page.set_viewport_size(viewport)
        page.goto(asked)
        expect(page.get_by_role("heading", name="Le motif")).to_be_visible()
        page.get_by_role("button", name="Accepter le motif").click()

        expect(page.get_by_role("alert")).to_contain_text("Indiquez le jour où la commission a reçu le dossier")
        expect(page.get_by_label("Jour où la commission")).to_be_focused()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
