"""Ending a contract in a real browser: three activations and no more, with and without an account and JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect
from pytest_django import DjangoDbBlocker

from browser.conftest import DESKTOP
from ligneclaire.contracts.models import TerminationRequest
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.states import WayIn
from ligneclaire.space.door import COOKIE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
SMALL: ViewportSize = {"width": 320, "height": 640}
ColorScheme = Literal["light", "dark"]


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser, whose activations are counted."""

    page: Page
    activations: list[str] = field(default_factory=list)

    def activates(self, thing: Locator) -> None:
        """Press a link or a button."""
        self.activations.append(thing.inner_text())
        thing.click()

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name).first  # the foot of every page has some too

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def types(self, *, surname: str = "Lenoir", line: str = "05 36 49 02 01") -> None:
        """Fill in the form of a guest."""
        self.page.get_by_label("Nom", exact=True).fill(surname)
        self.page.get_by_label("Prénom").fill("Anne")
        self.page.get_by_label("Adresse électronique").fill("anne@example.org")
        self.page.get_by_label("Numéros de téléphone").fill(line)

    def on_the_form(self, *, start: str = "/bienvenue") -> None:
        self.page.goto(start)
        self.activates(self.link("Résilier votre contrat"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Résilier votre contrat")


Arrives = Callable[..., Visitor]


@pytest.fixture
def arrives(filled: int, address: str, browser: Browser, django_db_blocker: DjangoDbBlocker) -> Iterator[Arrives]:
    """Open a browser for a visitor, signed in if a customer is named."""
    contexts: list[BrowserContext] = []

    def arrive(
        *, customer: str = "", javascript: bool = True, viewport: ViewportSize = DESKTOP, colours: ColorScheme = "light"
    ) -> Visitor:
        context = browser.new_context(
            base_url=address,
            java_script_enabled=javascript,
            viewport=viewport,
            color_scheme=colours,
            locale="fr-FR",
            reduced_motion="reduce",
        )
        contexts.append(context)
        if customer:
            with django_db_blocker.unblock():
                at = datetime.now(UTC) + timedelta(days=filled)
                key = open_session(customer=customer, way=WayIn.CODE, device="", by=SYSTEM, at=at)
            context.add_cookies([{"name": COOKIE, "value": key, "url": address}])
        return Visitor(context.new_page())

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def requested(django_db_blocker: DjangoDbBlocker) -> Callable[[], int]:
    """How many requests there are."""

    def count() -> int:
        with django_db_blocker.unblock():
            return TerminationRequest.objects.count()

    return count


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("customer", ["", "C-4001"])
def test_ter_07_three_activations_lead_from_the_start_to_the_notification(
    arrives: Arrives, requested: Callable[[], int], customer: str, *, javascript: bool
) -> None:
    before = requested()
    visitor = arrives(customer=customer, javascript=javascript)
    visitor.on_the_form(start="/espace/" if customer else "/bienvenue")
    if customer:
        contract = "K-FIX-7" if javascript else "K-MOB-42"
        visitor.page.get_by_role("checkbox", name=re.compile(contract)).check()
    else:
        visitor.types(surname="Personne")

    visitor.activates(visitor.button("Continuer vers le récapitulatif"))
    assert requested() == before
    visitor.activates(visitor.button("Notification de la résiliation"))

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Votre résiliation est notifiée")
    expect(visitor.page.locator("time")).to_have_attribute(
        "datetime", re.compile(r"^\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d$")
    )
    assert visitor.activations == [
        "Résilier votre contrat",
        "Continuer vers le récapitulatif",
        "Notification de la résiliation",
    ]
    assert requested() == before + 1


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(arrives: Arrives, *, javascript: bool) -> None:
    visitor = arrives(javascript=javascript)
    visitor.on_the_form()
    visitor.types(line="06 39")
    page = visitor.page
    page.get_by_label("Date de fin souhaitée").fill("31/02/2027")
    page.get_by_label("Justificatifs, en fichiers").set_input_files(
        {"name": "avis.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )

    visitor.button("Continuer vers le récapitulatif").click()

    lines = page.get_by_label("Numéros de téléphone")
    expect(lines).to_have_accessible_description(re.compile(r"«\s06 39\s» n’est pas un numéro"))
    expect(page.get_by_label("Date de fin souhaitée")).to_have_accessible_description(
        re.compile("Écrivez le jour ainsi")
    )
    if javascript:
        expect(lines).to_be_focused()
    for label, value in (("Nom", "Lenoir"), ("Prénom", "Anne"), ("Date de fin souhaitée", "31/02/2027")):
        expect(page.get_by_label(label, exact=True)).to_have_value(value)
    expect(page.get_by_role("group", name="Justificatifs gardés")).to_contain_text("avis.pdf")
    page.get_by_label("Date de fin souhaitée").fill("31/01/2030")
    lines.fill("06 39 98 02 01")
    visitor.button("Continuer vers le récapitulatif").click()
    expect(page.get_by_role("main")).to_contain_text("avis.pdf")
    expect(page.get_by_role("main")).to_contain_text(
        "Votre contrat prend fin le 31 janvier 2030, comme vous le souhaitez."
    )


def test_going_back_changing_and_reloading_lose_nothing(arrives: Arrives, requested: Callable[[], int]) -> None:
    before = requested()
    visitor = arrives()
    page, title = visitor.page, visitor.page.get_by_role("heading", level=1)
    visitor.on_the_form()
    visitor.types(surname="Inconnue")
    # 1. Away to the help and back, before anything was sent.
    visitor.link("Comment se passe un départ").click()
    expect(title).to_have_text(re.compile("^Nous quitter"))
    page.go_back()
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Inconnue")
    visitor.button("Continuer vers le récapitulatif").click()
    # 2. Back from the summary, and by its link to a field.
    expect(title).to_have_text("Récapitulatif de votre résiliation")
    page.go_back()
    expect(page.get_by_label("Prénom")).to_have_value("Anne")
    page.go_forward()
    page.get_by_role("link", name="Modifier · Prénom").click()
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Inconnue")
    page.get_by_label("Prénom").fill("Annie")
    visitor.button("Continuer vers le récapitulatif").click()
    expect(title).to_have_text("Récapitulatif de votre résiliation")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Annie")
    # 3. After the notification every way back leads to it.
    visitor.button("Notification de la résiliation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre résiliation est notifiée")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre résiliation est notifiée")
    assert requested() == before + 1


def test_pressing_twice_makes_one_request(arrives: Arrives, requested: Callable[[], int]) -> None:
    before = requested()
    visitor = arrives()
    visitor.on_the_form()
    visitor.types(surname="Pressée")
    visitor.button("Continuer vers le récapitulatif").click()

    visitor.button("Notification de la résiliation").dblclick()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Votre résiliation est notifiée")
    assert requested() == before + 1


def test_two_tabs_make_two_requests_of_their_own(arrives: Arrives, requested: Callable[[], int]) -> None:
    before = requested()
    first = arrives()
    second = Visitor(first.page.context.new_page())
    for visitor, surname in ((first, "Premier"), (second, "Second")):
        visitor.on_the_form()
        visitor.types(surname=surname)
    for visitor in (second, first):
        visitor.button("Continuer vers le récapitulatif").click()
    for visitor, surname in ((first, "Premier"), (second, "Second")):
        expect(visitor.page.get_by_role("main")).to_contain_text(surname)
        visitor.button("Notification de la résiliation").click()
        expect(visitor.page.get_by_role("main")).to_contain_text(f"Anne {surname}")

    assert requested() == before + 2


def test_a_request_is_taken_back_from_its_confirmation(arrives: Arrives) -> None:
    visitor = arrives(javascript=False)
    visitor.on_the_form()
    visitor.types(surname="Indécise")
    visitor.button("Continuer vers le récapitulatif").click()
    visitor.button("Notification de la résiliation").click()

    visitor.link("Retirer cette demande").click()
    visitor.button("Retirer cette demande").click()

    expect(visitor.page.get_by_role("status")).to_contain_text("Cette demande est retirée")
    expect(visitor.button("Retirer cette demande")).to_have_count(0)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_pages_are_for_everybody_on_the_smallest_screen_too(
    arrives: Arrives, axe: Callable[[Page], list[str]], colours: ColorScheme
) -> None:
    visitor = arrives(viewport=SMALL, colours=colours)
    page = visitor.page
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        faults[name] = axe(page) + (["scrolls sideways"] if wide else [])

    page.goto("/bienvenue")
    look("welcome")
    page.goto("/aide/resiliation")
    look("help")
    visitor.on_the_form()
    look("form")
    visitor.button("Continuer vers le récapitulatif").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("faults")
    visitor.types(surname="Personne")
    visitor.button("Continuer vers le récapitulatif").click()
    look("summary")
    visitor.button("Notification de la résiliation").click()
    look("done")
    visitor.link("Retirer cette demande").click()
    look("request")
    page.goto("/renoncer")
    look("renounce")
    page.goto("/resilier/demandes")
    look("requests")

    assert {name: found for name, found in faults.items() if found} == {}


def test_pages_of_a_customer_are_for_everybody(arrives: Arrives, axe: Callable[[Page], list[str]]) -> None:
    visitor = arrives(customer="C-5001", viewport=SMALL)
    visitor.on_the_form()
    assert axe(visitor.page) == []
    visitor.button("Continuer vers le récapitulatif").click()
    assert axe(visitor.page) == []
    visitor.button("Notification de la résiliation").click()
    visitor.page.goto("/resilier/demandes")
    assert axe(visitor.page) == []
    visitor.on_the_form()
    expect(visitor.page.get_by_role("main")).to_contain_text("Ces contrats prennent déjà fin")
    assert axe(visitor.page) == []
