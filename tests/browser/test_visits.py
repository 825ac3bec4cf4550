"""A visit is chosen, booked and moved on a telephone, with the keyboard, by day and by night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from django.core.signing import Signer
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import DjangoDbBlocker

from browser.parts import SECRET
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.visits.actions.ask_visit import ask_visit
from ligneclaire.visits.queries import links
from ligneclaire.visits.states import Purpose
from ligneclaire.visits.values import NeedEntry

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
PHONE: ViewportSize = {"width": 360, "height": 740}
ColorScheme = Literal["light", "dark"]
Opens = Callable[[ColorScheme], Page]


@pytest.fixture
def opens(filled: int, address: str, browser: Browser, django_db_blocker: DjangoDbBlocker) -> Iterator[Opens]:
    """Open the link of a repair on a telephone."""
    contexts = []

    def opened(colours: ColorScheme) -> Page:
        with django_db_blocker.unblock():
            need = ask_visit(
                need=NeedEntry(
                    contract="K-FIX-9",
                    purpose=Purpose.REPAIR if colours == "light" else Purpose.EQUIPMENT,
                    customer="C-4002",
                    skill="copper",
                    territory="63",
                    place="5 RUE DU FOUR, 63510 MALINTRAT",
                ),
                by=SYSTEM,
                at=datetime.now(UTC) + timedelta(days=filled),
            )
        context = browser.new_context(
            base_url=address, viewport=PHONE, color_scheme=colours, locale="fr-FR", reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        token = Signer(key=SECRET, salt=links.SIGNER.salt).sign(need)
        page.goto(f"/visits/{token}/")
        return page

    yield opened
    for context in contexts:
        context.close()


def fits(page: Page) -> bool:
    """Nothing sticks out of the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_visit_is_chosen_held_booked_and_moved(
    opens: Opens, axe: Callable[[Page], list[str]], colours: ColorScheme
) -> None:
    page = opens(colours)
    windows = page.locator('button[name="choose"]')
    expect(page.get_by_role("heading", level=1)).to_have_text("La visite de votre technicien")
    last = windows.last.text_content() or ""
    assert (axe(page), fits(page)) == ([], True)

    windows.last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Confirmez ce créneau")).to_be_visible()
    expect(windows).to_have_count(0)
    assert (axe(page), fits(page)) == ([], True)

    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", name="Votre rendez-vous est pris")).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)
    with page.expect_download() as file:
        page.get_by_role("link", name="Ajouter à votre agenda").click()
    assert file.value.suggested_filename == "visit.ics"

    page.get_by_role("link", name="Choisir un autre créneau").click()
    expect(windows.first).to_be_visible()
    windows.first.click()
    expect(page.get_by_role("heading", name="Déplacer le rendez-vous à ce créneau")).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Déplacer le rendez-vous").click()
    expect(page.get_by_role("heading", name="Votre rendez-vous est pris")).to_be_visible()
    assert last.split(",")[0] not in page.locator("main").inner_text()

    page.get_by_text("Annuler le rendez-vous").click()
    page.get_by_role("button", name="Oui, l’annuler").click()
    expect(page.get_by_text("Ce rendez-vous est annulé")).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)
