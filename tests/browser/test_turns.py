"""Whose turn it is, on a wide screen and on a telephone, by day and by night; and an answer that is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from browser.conftest import DESKTOP, ColorScheme, Desk
from ligneclaire.journeys.queries import plans

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """Nora's screen."""
    context = desk.enter("nora")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["wide", "phone"])
def test_a_plan_is_lanes_where_there_is_room_and_a_list_where_there_is_not(
    page: Page, filled: int, axe: Callable[[Page], list[str]], viewport: ViewportSize, colours: ColorScheme
) -> None:
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=colours)
    [card] = plans.of(["C-2001"], {})["C-2001"]

    page.goto(f"/customers/C-2001/plans/{card.uuid}")

    is_wide = viewport is DESKTOP
    expect(page.locator("table.lanes")).to_be_visible(visible=is_wide)
    expect(page.locator("ol.plan")).to_be_visible(visible=not is_wide)
    assert axe(page) == []
    page.goto("/turns/equipment")
    assert axe(page) == []


def test_from_whose_turn_it_is_to_the_answer_and_to_another_date(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="À qui le tour").first.click()
    page.get_by_role("link", name="Équipements", exact=True).click()
    expect(page.get_by_role("link", name="M. et Mme Lenoir")).to_be_visible()

    page.get_by_role("link", name="Noter une réponse").first.click()
    expect(page.get_by_label("Numéro du contrat ou du client")).to_have_value("K-ADSL-1")
    page.get_by_role("button", name="Déclarer").click()
    expect(page.get_by_text("Notez ce qui a été répondu.")).to_be_visible()
    page.get_by_label("Ce qui a été répondu").fill("Le colis est attendu.")
    page.get_by_label("Pour quel jour").fill("2026-12-15")
    page.get_by_role("button", name="Déclarer").click()
    expect(page.get_by_text("La réponse est notée.")).to_be_visible()

    page.get_by_role("link", name="Déclarer une autre date").first.click()
    page.get_by_label("Valeur").fill("2026-12-21")
    page.get_by_role("button", name="Déclarer").click()
    expect(page.get_by_text("Déclaré :")).to_be_visible()
