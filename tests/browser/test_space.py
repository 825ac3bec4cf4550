"""What customers do in their space, in a real browser."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from browser.conftest import DESKTOP, Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
PHONE: ViewportSize = {"width": 320, "height": 640}
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SHOTS = os.environ.get("LIGNECLAIRE_SHOTS", "")
LENOIR, DELMAS = "lenoir@example.org", "delmas@example.org"


@pytest.fixture(scope="module")
def url(desk: Desk) -> str:
    """The space by a name: browsers make no passkeys for an address of numbers."""
    return desk.url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def outbox(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running server puts down its codes."""
    return max(tmp_path_factory.getbasetemp().glob("desk*")) / "outbox"


@pytest.fixture
def device(desk: Desk, url: str) -> Iterator[Callable[..., BrowserContext]]:
    """Devices in which nobody is signed in."""
    opened: list[BrowserContext] = []

    def new(**more: Any) -> BrowserContext:
        opened.append(
            desk.browser.new_context(base_url=url, viewport=DESKTOP, locale="fr-FR", reduced_motion="reduce", **more)
        )
        return opened[-1]

    yield new
    for context in opened:
        context.close()


def newest_code(outbox: Path, *, after: float) -> str:
    """The code in the e-mail that came last."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        fresh = [path for path in outbox.glob("email/*.eml") if path.stat().st_mtime >= after]
        for path in fresh:
            if found := re.search(r"\b[0-9]{6}\b", path.read_text()):
                return found[0]
        time.sleep(0.1)
    raise AssertionError("no code was put down")


def sign_in(context: BrowserContext, outbox: Path, who: str = LENOIR) -> Page:
    page = context.new_page()
    page.goto("/espace/")
    asked_at = time.time() - 0.1
    page.get_by_label("Adresse e-mail, numéro de mobile ou numéro de client").fill(who)
    page.keyboard.press("Enter")
    page.get_by_label("Les six chiffres du code").fill(newest_code(outbox, after=asked_at))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    return page


@pytest.fixture(scope="module")
def signed_in(desk: Desk, url: str, outbox: Path) -> Any:
    """What a device keeps in which the Lenoirs are signed in: their codes are few, so they share it."""
    context = desk.browser.new_context(base_url=url, locale="fr-FR")
    sign_in(context, outbox)
    kept = context.storage_state()
    context.close()
    return kept


def test_a_wrong_code_is_said_beside_the_field_and_the_right_one_opens_the_space(
    device: Callable[..., BrowserContext], outbox: Path
) -> None:
    page = device().new_page()
    page.goto("/espace/contrats")
    asked_at = time.time() - 0.1
    page.get_by_role("button", name="M’envoyer un code").click()
    field = page.get_by_label("Adresse e-mail, numéro de mobile ou numéro de client")
    expect(field).to_have_accessible_description(re.compile("Indiquez votre adresse e-mail"))
    field.fill(DELMAS)
    page.get_by_role("button", name="M’envoyer un code").click()
    code = newest_code(outbox, after=asked_at)
    field = page.get_by_label("Les six chiffres du code")
    field.fill(f"{(int(code) + 1) % 1_000_000:06}")
    page.get_by_role("button", name="Se connecter").click()
    expect(field).to_have_accessible_description(re.compile("Vous pouvez essayer encore 4 fois"))
    expect(field).to_be_focused()
    field.fill(code)
    page.get_by_role("button", name="Se connecter").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Mes contrats")


def test_somebody_without_javascript_signs_in_and_out(device: Callable[..., BrowserContext], outbox: Path) -> None:
    page = sign_in(device(java_script_enabled=False), outbox, "garnier@example.org")
    expect(page.get_by_text("Hugo Marchand").first).to_be_visible()

    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()

    page.goto("/espace/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre espace client")


def test_a_passkey_is_made_and_then_signs_in(device: Callable[..., BrowserContext], outbox: Path) -> None:
    context = device()
    page = context.new_page()
    tool = context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/espace/")
    asked_at = time.time() - 0.1
    page.locator("#who").fill("perrin@example.org")
    page.keyboard.press("Enter")
    page.locator("#code").fill(newest_code(outbox, after=asked_at))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    # 1. It gets a name and stands in the list.
    page.goto("/espace/securite")
    page.get_by_label("Nom d’une nouvelle clé d’accès").fill("Mon ordinateur")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_role("status")).to_contain_text("Votre clé d’accès est ajoutée")
    expect(page.get_by_role("region", name="Vos clés d’accès")).to_contain_text("Mon ordinateur")
    # 2. It is enough to come back in, to where somebody wanted to go.
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/espace/securite")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sécurité")
    expect(page.get_by_role("region", name="Qui s’est connecté, et quand")).to_contain_text("avec une clé d’accès")
    # 3. Once removed, it opens nothing.
    page.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("region", name="Vos clés d’accès")).to_contain_text("Vous n’en avez pas encore.")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(page.get_by_text("Cela n’a pas marché. Essayez encore, ou demandez un code.")).to_be_visible()


def test_a_device_that_is_shut_out_is_out(device: Callable[..., BrowserContext], signed_in: Any, outbox: Path) -> None:
    page = device(storage_state=signed_in).new_page()
    other = sign_in(device(user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari/604.1"), outbox)

    page.goto("/espace/securite")
    page.get_by_role("button", name=re.compile("^Déconnecter \\(Safari sur iPhone")).click()

    expect(page.get_by_role("status")).to_contain_text("Cet appareil est déconnecté.")
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("Votre espace client")


def test_the_language_changes_at_once_and_for_good(device: Callable[..., BrowserContext], signed_in: Any) -> None:
    page = device(storage_state=signed_in).new_page()
    page.goto("/espace/contrats")
    for button, heading in (("English", "My contracts"), ("Français", "Mes contrats")):
        page.locator("details.menu summary").click()
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_keyboard_reaches_everything_in_order(device: Callable[..., BrowserContext], signed_in: Any) -> None:
    page = device(storage_state=signed_in).new_page()
    page.goto("/espace/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Télécom Ligne Claire")).to_be_focused()
    for name in ("Accueil", "Messages", "Contrats", "Documents", "Sécurité"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


def test_a_message_on_paper_is_the_message_alone(device: Callable[..., BrowserContext], signed_in: Any) -> None:
    page = device(storage_state=signed_in, color_scheme="dark").new_page()
    page.goto("/espace/messages")
    page.locator(".rows a").first.click()
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible()

    page.emulate_media(media="print")

    for gone in (".top", ".space-foot", "h1"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_customer_asks_for_everything_about_them_and_downloads_it(
    device: Callable[..., BrowserContext], signed_in: Any, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    page = device(storage_state=signed_in, accept_downloads=True).new_page()
    page.goto("/espace/securite")
    page.get_by_role("link", name="Mes données").click()
    page.get_by_role("button", name="Préparer mon fichier").click()
    expect(page.get_by_text("Nous vous écrivons dès qu’il est prêt.")).to_be_visible()
    faults = looked_at(page, axe, "being prepared")
    end = time.monotonic() + 150  # the job comes by each minute
    while page.get_by_role("button", name="Télécharger").count() == 0 and time.monotonic() < end:
        time.sleep(1)
        page.get_by_role("link", name="Actualiser").click()

    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger").click()

    kept = tmp_path / "kept.zip"
    download.value.save_as(kept)
    assert download.value.suggested_filename == "mes-donnees.zip"
    assert "donnees/readings.csv" in ZipFile(kept).namelist()
    page.reload()
    expect(page.get_by_role("region", name="Quand il a été téléchargé")).to_contain_text("Chrome")
    faults += looked_at(page, axe, "ready")
    page.goto("/espace/consultations")
    expect(page.get_by_role("region", name="Vos propres téléchargements")).to_be_visible()
    assert faults + looked_at(page, axe, "readings") == []


def looked_at(page: Page, axe: Callable[[Page], list[str]], name: str) -> list[str]:
    """What is wrong with a page in both widths and colours; `LIGNECLAIRE_SHOTS=folder` keeps pictures."""
    faults = []
    for colours, viewport in product(COLOURS, (DESKTOP, PHONE)):
        page.emulate_media(color_scheme=colours)
        page.set_viewport_size(viewport)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", colours)
        faults += [f"{colours} {viewport['width']}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"wider than {viewport['width']}")
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name} {viewport['width']} {colours}.png", full_page=True)
    return faults


GUEST = ("/espace/connexion", "the code")
PAGES = (
    "/espace/",
    "/espace/messages",
    "the message",
    "/espace/contrats",
    "/espace/documents",
    "/espace/securite",
    "/espace/consultations",
    "/espace/mes-donnees",
    "/espace/nulle-part",
)


@pytest.mark.parametrize("path", [*GUEST, *PAGES])
def test_every_page_is_accessible_and_fits(
    device: Callable[..., BrowserContext], signed_in: Any, axe: Callable[[Page], list[str]], path: str
) -> None:
    page = device(**({} if path in GUEST else {"storage_state": signed_in})).new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    if path == "the message":
        page.goto("/espace/messages")
        page.locator(".rows a").first.click()
    elif path == "the code":
        page.goto("/espace/connexion")
        page.locator("#who").fill("personne@example.org")
        page.keyboard.press("Enter")
        page.locator("#code").fill("000000")
        page.keyboard.press("Enter")
    else:
        page.goto(path)

    assert looked_at(page, axe, path.strip("/").replace("/", " ")) == []
    assert [line for line in complaints if "404" not in line and "422" not in line] == []
