"""A customer has a line moved and reports a fault in a real browser: on a telephone, by day and by night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django import DjangoDbBlocker

from browser.conftest import DESKTOP
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.states import WayIn
from ligneclaire.space.door import COOKIE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
SMALL: ViewportSize = {"width": 320, "height": 640}
ColorScheme = Literal["light", "dark"]
Arrives = Callable[..., Page]


@pytest.fixture
def arrives(filled: int, address: str, browser: Browser, django_db_blocker: DjangoDbBlocker) -> Iterator[Arrives]:
    """Open a browser in which a customer is signed in."""
    contexts: list[BrowserContext] = []

    def arrive(customer: str, *, viewport: ViewportSize, colours: ColorScheme, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=address,
            java_script_enabled=javascript,
            viewport=viewport,
            color_scheme=colours,
            locale="fr-FR",
            reduced_motion="reduce",
        )
        contexts.append(context)
        with django_db_blocker.unblock():
            at = datetime.now(UTC) + timedelta(days=filled)
            key = open_session(customer=customer, way=WayIn.CODE, device="", by=SYSTEM, at=at)
        context.add_cookies([{"name": COOKIE, "value": key, "url": address}])
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def asked(django_db_blocker: DjangoDbBlocker) -> Callable[[str], int]:
    """How often something was asked for in the space."""

    def count(kind: str) -> int:
        with django_db_blocker.unblock():
            return Fact.objects.filter(source="space", kind=kind).count()

    return count


def fits(page: Page) -> bool:
    """Nothing sticks out of the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def takes_it_back(page: Page, look: Callable[[str], None]) -> None:
    """The customer does not move after all."""
    title = page.get_by_role("heading", level=1)
    page.goto("/espace/")
    page.get_by_role("link", name="Vous ne déménagez plus ?").click()
    expect(title).to_have_text("Annuler un déménagement")
    look("to take back")
    page.get_by_role("button", name="Annuler le déménagement").dblclick()
    expect(title).to_have_text("Votre déménagement est annulé")
    look("taken back")


@pytest.mark.parametrize(("customer", "viewport", "colours"), [("C-5001", SMALL, "light"), ("C-2001", DESKTOP, "dark")])
def test_a_line_moves_and_the_plan_is_there(
    arrives: Arrives,
    axe: Callable[[Page], list[str]],
    asked: Callable[[str], int],
    filled: int,
    customer: str,
    viewport: ViewportSize,
    colours: ColorScheme,
) -> None:
    before = asked("move.requested")
    page = arrives(customer, viewport=viewport, colours=colours)
    title = page.get_by_role("heading", level=1)
    found: dict[str, tuple[list[str], bool]] = {}

    def look(name: str) -> None:
        found[name] = (axe(page), fits(page))

    page.goto("/aide/ligne")
    look("help")
    page.goto("/espace/")
    look("home")
    page.get_by_role("link", name="Déménager une ligne").click()
    expect(title).to_have_text("Déménager une ligne")
    look("form")
    expect(page.get_by_role("radio", name="Elle reste jusqu’à ce que la nouvelle fonctionne")).to_be_checked()
    page.get_by_role("button", name="Continuer vers le récapitulatif").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Commune")).to_have_accessible_description("Indiquez la commune.")
    look("faults")

    page.get_by_label("Numéro et voie").fill("3 rue du Four")
    page.get_by_label("Code postal").fill("63510")
    page.get_by_label("Commune").fill("Malintrat")
    day = datetime.now(UTC) + timedelta(days=filled + 30)
    page.get_by_label("Date à laquelle la ligne doit fonctionner").fill(f"{day:%d/%m/%Y}")
    if customer == "C-2001":
        page.get_by_role("radio", name="K-FIX-3").check()
    page.get_by_role("button", name="Continuer vers le récapitulatif").click()
    expect(title).to_have_text("Récapitulatif de votre déménagement")
    look("summary")
    page.get_by_role("link", name="Modifier · Votre ancienne ligne").click()
    expect(page.get_by_label("Commune")).to_have_value("Malintrat")
    page.get_by_role("radio", name="Elle est coupée à la date que je souhaite").check()
    page.get_by_role("button", name="Continuer vers le récapitulatif").click()
    expect(page.get_by_role("main")).to_contain_text("Je demande que mon ancienne ligne soit coupée le")
    assert asked("move.requested") == before

    page.get_by_role("button", name="Signer et envoyer").dblclick()
    expect(title).to_have_text("Votre demande de déménagement est reçue")
    assert asked("move.requested") == before + 1
    while page.get_by_role("link", name="Actualiser").count():
        page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_role("heading", name="Le déménagement de votre contrat")).to_be_visible()
    look("done")
    page.goto("/espace/")
    look("home with a plan")
    page.get_by_role("link", name="Déménager une ligne").click()
    expect(page.get_by_role("heading", name="Le déménagement de votre contrat")).to_be_visible()
    look("under way")
    page.get_by_role("link", name="Choisir votre rendez-vous").click()
    expect(title).to_have_text("La visite de votre technicien")
    takes_it_back(page, look)

    assert {name: faults for name, faults in found.items() if faults != ([], True)} == {}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_fault_is_reported_on_one_page_with_and_without_javascript(
    arrives: Arrives, axe: Callable[[Page], list[str]], asked: Callable[[str], int], *, javascript: bool
) -> None:
    before = asked("fault.reported")

    def faults(page: Page) -> list[str]:
        return axe(page) if javascript else []

    viewport, customer = (SMALL, "C-5001") if javascript else (DESKTOP, "C-4001")
    page = arrives(customer, viewport=viewport, colours="dark", javascript=javascript)
    page.goto("/espace/contrats")
    page.get_by_role("link", name="Elle ne fonctionne pas").first.click()
    assert (faults(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Signaler la panne").click()
    expect(page.get_by_role("group", name="Qu’est-ce qui ne fonctionne pas")).to_have_accessible_description(
        "Choisissez ce qui ne fonctionne pas."
    )
    assert (faults(page), fits(page)) == ([], True)

    page.get_by_role("radio", name="Internet ne fonctionne pas").check()
    page.get_by_role("button", name="Signaler la panne").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre panne est signalée")
    assert asked("fault.reported") == before + 1
    assert (faults(page), fits(page)) == ([], True)
    page.goto("/espace/panne")
    expect(page.get_by_role("main")).to_contain_text("Nous le savons déjà et nous nous en occupons.")
    assert (faults(page), fits(page)) == ([], True)
