"""What advisers do at the desk, in a real browser."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from itertools import product
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from browser.conftest import DESKTOP, PASSWORD, Desk, give_password

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
PHONE: ViewportSize = {"width": 390, "height": 844}
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LENOIR = "/customers/C-2001"
STEPS = {"joining an app": "ines", "the second step": "nora"}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
BY = "On compte les jours de l'avis recommandé"


def open_page(context: BrowserContext, path: str) -> Page:
    page = context.new_page()
    page.goto(path)
    return page


def test_a_wrong_password_is_refused_and_the_name_stays(desk: Desk) -> None:
    context = desk.browser.new_context(base_url=desk.url, locale="fr-FR")
    page = open_page(context, LENOIR)
    page.get_by_label("Nom d’utilisateur").fill("nora")
    page.get_by_label("Mot de passe").fill("faux")

    page.get_by_role("button", name="Se connecter").click()

    expect(page.get_by_role("alert")).to_contain_text("Le nom d’utilisateur ou le mot de passe n’est pas le bon.")
    expect(page.get_by_label("Nom d’utilisateur")).to_have_value("nora")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_label("Les six chiffres que montre votre application").fill(desk.recovery["nora"].pop())
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("M. et Mme Lenoir")
    context.close()


def test_a_passkey_is_added_and_is_then_the_second_step(desk: Desk) -> None:
    by_name = desk.url.replace("127.0.0.1", "localhost")  # browsers make no passkeys for an address of numbers
    context = desk.browser.new_context(base_url=by_name, locale="fr-FR")
    page = context.new_page()
    tool = context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    give_password(page, "hugo")
    page.locator("#code").fill(desk.recovery["hugo"].pop())
    page.locator("#code").press("Enter")
    page.wait_for_url(f"{by_name}/")
    # 1. It stands in the list.
    page.goto("/account")
    page.get_by_label("Nom d’une nouvelle clé d’accès").fill("Mon ordinateur")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(page.get_by_role("region", name="Clés d’accès")).to_contain_text("Mon ordinateur")
    # 2. It opens the desk after the password.
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    give_password(page, "hugo")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url(f"{by_name}/")
    context.close()


def test_an_adviser_with_nothing_in_hand_comes_in_by_one_click(desk: Desk) -> None:
    nora = desk.enter("nora")
    page = open_page(nora, "/customers/C-5001")
    expect(page.get_by_role("heading", level=1)).to_have_text("Qu’est-ce qui vous amène ?")

    page.get_by_role("button", name="Le client est au téléphone").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("M. Perrin")
    nora.close()


def test_a_settlement_changes_the_letter_on_every_screen(desk: Desk) -> None:
    nora, hugo = desk.enter("nora"), desk.enter("hugo")
    # 1. Nora sees the contradiction at the start of her day and opens the customer.
    page = open_page(nora, "/")
    page.get_by_role("region", name="À trancher par vous").get_by_role("link", name="M. et Mme Lenoir").click()
    sheet = page.locator("#waiting .sheet")
    expect(page.get_by_role("group", name="Qu’est-ce qui est vrai ?").get_by_role("radio")).to_have_count(2)
    expect(sheet).to_contain_text("nous vous dirons le délai qui suit une mise en demeure")
    expect(page.locator("#waiting")).to_contain_text("Attend une décision : délai après la mise en demeure")
    # 2. Her second tab and Hugo's screen show the same; Hugo begins to answer too.
    tab, other = open_page(nora, LENOIR), open_page(hugo, LENOIR)
    other.get_by_label("7 jours").check()
    other.get_by_label("Pourquoi ?").fill("Je crois que")
    # 3. Without a reason nothing is settled, and the choice stays.
    page.bring_to_front()
    page.get_by_label("10 jours").check()
    page.get_by_role("button", name="Trancher").click()
    expect(page.get_by_label("Pourquoi ?")).to_have_accessible_description(re.compile("Dites pourquoi"))
    expect(page.get_by_label("Pourquoi ?")).to_be_focused()
    expect(page.get_by_label("10 jours")).to_be_checked()
    # 4. With one it is, everywhere, without loading a page again.
    page.get_by_label("Pourquoi ?").fill(BY)
    page.get_by_role("button", name="Trancher").click()
    for screen in (page, tab):
        expect(screen.get_by_role("button", name="Trancher")).to_have_count(0)
        expect(screen.locator("#questions")).to_contain_text("10 jours · Nora Benali")
        expect(screen.locator("#waiting .sheet")).to_contain_text("10 jours")
        expect(screen.locator("#waiting .sheet")).not_to_contain_text("nous vous dirons le délai")
        expect(screen.locator("#thread")).to_contain_text(BY)
        expect(screen.locator("#thread")).to_contain_text("Écarté par une décision")
    # 5. What Hugo typed is still there; he learns that it was settled, by whom, and reads his own words again.
    expect(other.locator("#thread")).to_contain_text(BY)
    expect(other.get_by_label("Pourquoi ?")).to_have_value("Je crois que")
    other.get_by_role("button", name="Trancher").click()
    expect(other.locator("#questions")).to_contain_text("Vous aviez écrit : « Je crois que »")
    expect(other.locator("#questions")).to_contain_text("10 jours · Nora Benali")
    nora.close()
    hugo.close()


def test_whoever_stops_sending_says_why_and_everybody_sees_it(desk: Desk) -> None:
    nora, hugo = desk.enter("nora"), desk.enter("hugo")
    other = open_page(hugo, LENOIR)
    page = open_page(nora, "/sending")

    page.get_by_role("button", name="Arrêter les envois maintenant").click()
    expect(page.get_by_label("Pourquoi")).to_have_accessible_description(re.compile("Dites pourquoi"))
    expect(other.locator("#voice-bar")).to_have_text("")
    page.get_by_label("Pourquoi").fill("Un tarif faux")
    page.get_by_role("button", name="Arrêter les envois maintenant").click()

    for screen in (page, other):
        expect(screen.locator("#voice-bar")).to_contain_text("Les envois sont arrêtés : rien ne part. Nora Benali")
        expect(screen.locator("#voice-bar")).to_contain_text("Un tarif faux")
    expect(other.locator("#waiting")).to_contain_text("La voix est arrêtée : rien ne part.")
    page.get_by_label("Pourquoi").fill("Le tarif est corrigé")
    page.get_by_role("button", name="Reprendre les envois").click()
    expect(other.locator("#voice-bar")).to_have_text("")
    expect(other.locator("#waiting")).not_to_contain_text("La voix est arrêtée")
    nora.close()
    hugo.close()


def test_what_was_not_understood_is_ticked_off_and_nothing_typed_is_lost(desk: Desk) -> None:
    nora = desk.enter("nora")
    page = open_page(nora, "/")
    region = page.get_by_role("region", name="Pas compris ou mis de côté")
    gone, kept = (region.locator("details[id^=trouble]").nth(place).get_attribute("id") for place in (0, 1))
    first = page.locator(f"#{gone}")
    # 1. What is open or being typed in is not drawn again by news.
    first.locator("summary").click()
    first.get_by_label("Qu’en a-t-il été ?").fill("Vu avec eux")
    page.evaluate("htmx.trigger(document.body, 'news')")
    page.wait_for_timeout(1000)
    expect(first.get_by_label("Qu’en a-t-il été ?")).to_have_value("Vu avec eux")
    # 2. Without a word nothing is ticked off.
    first.get_by_label("Qu’en a-t-il été ?").fill("")
    first.get_by_role("button", name="Classer").click()
    expect(first.get_by_label("Qu’en a-t-il été ?")).to_have_accessible_description(
        re.compile("Dites ce qu’il en a été")
    )
    # 3. With one it leaves the list, and who said it can be read.
    first.get_by_label("Qu’en a-t-il été ?").fill("Vu avec eux")
    first.get_by_role("button", name="Classer").click()
    expect(page.locator(f"#{gone}")).to_have_count(0)
    expect(page.locator(f"#{kept}")).to_be_visible()
    region.get_by_text("Traités récemment").click()
    expect(region).to_contain_text("Vu avec eux")
    expect(region).to_contain_text("Nora Benali")
    nora.close()


def test_a_session_that_ended_loses_nothing_that_was_typed(desk: Desk) -> None:
    nora = desk.enter("nora")
    page = open_page(nora, "/customers/C-1001")
    nora.clear_cookies(name="sessionid")

    page.evaluate("htmx.trigger(document.body, 'news')")

    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Famille Delmas")
    nora.close()


def test_the_keyboard_reaches_search_and_content(desk: Desk) -> None:
    nora = desk.enter("nora")
    page = open_page(nora, LENOIR)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Chercher un client")).to_be_focused()
    page.keyboard.type("05 36 49 02 01")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("M. et Mme Lenoir")
    page.locator("details.menu summary").press("Enter")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_hidden()
    nora.close()


def test_a_customer_is_found_without_a_mouse(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    nora = desk.enter("nora")
    page = open_page(nora, "/sending")
    box, suggested = page.get_by_role("searchbox", name="Chercher un client"), page.locator("#suggestions a")
    # 1. Ctrl-K goes to the box from wherever one writes; a misspelled name is suggested while it is typed.
    page.get_by_label("Pourquoi").focus()
    page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    page.keyboard.type("lenior")
    expect(suggested).to_have_count(1)
    expect(suggested.first).to_contain_text("nom proche")
    expect(page.get_by_role("status").filter(has_text="1 suggestion")).to_have_count(1)
    assert axe(page) == []
    # 2. Escape closes what is suggested and keeps what was typed.
    page.keyboard.press("Escape")
    expect(suggested).to_have_count(0)
    expect(box).to_have_value("lenior")
    expect(box).to_be_focused()
    # 3. Arrows walk through links, and back into the box; a link opens by Enter.
    page.keyboard.press("Control+k")
    page.keyboard.type("mme")
    expect(suggested).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(suggested.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(suggested.last).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(suggested.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("M. et Mme Lenoir")
    # 4. Leaving the box closes the list; words of a message lead to it.
    page.keyboard.press("Control+k")
    page.keyboard.type("resiliation")
    expect(suggested).not_to_have_count(0)
    page.get_by_role("link", name="Ligne Claire").focus()
    expect(suggested).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("region", name="Les mots du fil, les plus récents d’abord").locator("mark").first
    ).to_be_visible()
    nora.close()


def test_colours_follow_the_device_until_somebody_chooses(desk: Desk) -> None:
    nora = desk.enter("nora", colours="dark")
    page = open_page(nora, "/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")

    page.locator("details.menu summary").click()
    page.get_by_label("Couleurs").select_option("Clair")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    nora.close()


def test_a_stopped_voice_is_announced_accessibly(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    nora = desk.enter("nora")
    page = open_page(nora, "/sending")
    page.get_by_label("Pourquoi").fill("Un essai")
    page.get_by_role("button", name="Marche à blanc").click()
    expect(page.locator("#voice-bar")).to_contain_text("Un essai")

    page.reload()

    assert axe(page) == []
    page.get_by_label("Pourquoi").fill("Fini")
    page.get_by_role("button", name="Reprendre les envois").click()
    expect(page.locator("#voice-bar")).to_have_text("")
    nora.close()


PAGES = ("/login", "joining an app", "the second step")  # the others: tests/browser/test_pages.py


@pytest.mark.parametrize("path", PAGES)
def test_every_page_before_the_desk_is_accessible_and_fits(
    desk: Desk, axe: Callable[[Page], list[str]], path: str
) -> None:
    nora = desk.enter("nora")
    page = nora.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    nora.clear_cookies()
    if path in STEPS:
        give_password(page, STEPS[path])
    else:
        page.goto(path)
    faults = []
    for colours, viewport in product(COLOURS, (DESKTOP, PHONE)):
        page.emulate_media(color_scheme=colours)
        page.set_viewport_size(viewport)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", colours)
        faults += [f"{colours} {viewport['width']}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"wider than {viewport['width']}")

    assert faults == []
    assert complaints == []
    nora.close()


def test_open_pages_hold_no_connection_to_the_database(desk: Desk) -> None:
    nora = desk.enter("nora")
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in nora.cookies())
    streams = [http.client.HTTPConnection(urlsplit(desk.url).netloc, timeout=10) for _ in range(30)]
    for stream in streams:
        stream.request("GET", "/news?customer=C-2001", headers={"Cookie": cookies})
    answers = [stream.getresponse() for stream in streams]

    page = open_page(nora, LENOIR)

    assert {(answer.status, answer.headers["Content-Type"]) for answer in answers} == {(200, "text/event-stream")}
    expect(page.get_by_role("heading", level=1)).to_have_text("M. et Mme Lenoir")
    for stream in streams:
        stream.close()
    nora.close()
