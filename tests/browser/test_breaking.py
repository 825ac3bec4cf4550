"""What breaks while somebody answers: the server, the connection, a colleague's or one's own other tab."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import Demo, Desk
from browser.parts import Parts, running
from incoming import an_email
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.channels.models import Message
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
AUBERT = "/customers/C-3001"
WORDS = "Il y vaut, mais les appels se paient."


@pytest.fixture(scope="module")
def parts(filled: int, place: Path) -> Iterator[Parts]:
    with running(place, filled, "worker") as parts:
        yield parts


@pytest.fixture(autouse=True)
def _all_at_work(parts: Parts) -> None:
    if "serve" not in parts.at_work:
        parts.start("serve")


@pytest.fixture
def advisers(demo: Demo, parts: Parts, browser: Browser) -> Desk:
    return Desk(url=parts.url, browser=browser, sessions=demo.sessions, recovery=demo.recovery)


@pytest.fixture
def entry(parts: Parts, request: pytest.FixtureRequest) -> str:
    """What a customer wrote, which waits for an answer."""
    return comes("Mon forfait vaut-il au Brésil ?", request.node.name, parts)


def comes(text: str, name: str, parts: Parts) -> str:
    raw = an_email(text, sender="aubert@example.org", Message_ID=f"<{name}@aubert.example>")
    return str(receive_mail(raw=raw, envelope=None, by=SYSTEM, at=clock.now() + timedelta(days=parts.days)).mail)


def begin(page: Page, entry: str, text: str = WORDS) -> None:
    page.goto(f"{AUBERT}/write?answers={entry}")
    page.get_by_label("Objet").fill("Votre forfait au Brésil")
    page.get_by_label("Votre message").fill(text)


def look(page: Page) -> None:
    page.get_by_role("button", name="Voir tel qu’il partira").click()
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer").click()


def send_in_vain(page: Page) -> None:
    """Presses the button, and waits until the browser has put up its own page: nobody answered."""
    with page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")):
        send(page)


def again(page: Page) -> dict[str, str | float | bool]:
    """What a browser sends that kept the page, and is asked to send it once more."""
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    return {"csrfmiddlewaretoken": token, "seen": "whatever was seen"}


def answers_to(entry: str) -> int:
    return Message.objects.filter(answers=entry).exclude(state="undone").count()


def test_what_is_typed_while_the_server_is_gone_is_kept_once_it_is_back(
    advisers: Desk, parts: Parts, entry: str
) -> None:
    page = advisers.enter("nora").new_page()
    begin(page, entry, "Bonjour")
    parts.kill("serve")

    page.get_by_label("Votre message").press_sequentially(", je vous réponds.")
    expect(page.get_by_text("Cela n’a pas marché. Votre saisie est toujours là")).to_be_visible()
    parts.start("serve")

    expect(page.get_by_text("Cela n’a pas marché. Votre saisie est toujours là")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Votre message")).to_have_value("Bonjour, je vous réponds.")


def test_a_server_killed_while_it_is_asked_to_send_is_asked_again_and_sends_once(
    advisers: Desk, parts: Parts, entry: str
) -> None:
    page = advisers.enter("nora").new_page()
    begin(page, entry)
    look(page)
    path = page.url
    parts.kill("serve")
    send_in_vain(page)
    assert answers_to(entry) == 0

    parts.start("serve")
    page.goto(path)
    send(page)

    expect(page.get_by_role("button", name="Reprendre ce message")).to_be_visible()
    assert answers_to(entry) == 1


def test_pressed_again_after_the_answer_was_lost_it_is_sent_once(advisers: Desk, entry: str) -> None:
    page = advisers.enter("nora").new_page()
    begin(page, entry)
    look(page)

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    path = page.url
    page.route("**/check*", lose, times=1)
    send_in_vain(page)
    assert answers_to(entry) == 1

    page.goto(path)

    expect(page.get_by_role("button", name="Reprendre ce message")).to_be_visible()
    assert page.context.request.post(path, form=again(page)).url == page.url
    assert answers_to(entry) == 1


def test_who_answers_second_is_shown_the_first_answer_and_keeps_their_words(advisers: Desk, entry: str) -> None:
    nora, hugo = advisers.enter("nora").new_page(), advisers.enter("hugo").new_page()
    begin(nora, entry)
    look(nora)
    begin(hugo, entry, "Je regarde cela.")
    expect(hugo.get_by_text("Nora Benali écrit à ce client").first).to_be_visible()
    look(hugo)
    send(nora)
    expect(nora.get_by_role("button", name="Reprendre ce message")).to_be_visible()

    send(hugo)

    expect(hugo.get_by_role("alert").filter(has_text="Pas envoyé : Nora Benali a déjà répondu.")).to_be_visible()
    expect(hugo.get_by_role("link", name="Votre forfait au Brésil")).to_be_visible()
    hugo.get_by_role("link", name="Revenir au texte").click()
    expect(hugo.get_by_label("Votre message")).to_have_value("Je regarde cela.")
    assert answers_to(entry) == 1


def test_two_tabs_of_one_adviser_send_one_answer_and_mix_no_words(advisers: Desk, entry: str) -> None:
    nora = advisers.enter("nora")
    first, second = nora.new_page(), nora.new_page()
    begin(first, entry, "Du premier onglet.")
    begin(second, entry, "Du second onglet.")
    look(first)
    look(second)
    send(second)
    expect(second.get_by_role("button", name="Reprendre ce message")).to_be_visible()

    send(first)

    expect(first.get_by_role("alert").filter(has_text="Pas envoyé : Nora Benali a déjà répondu.")).to_be_visible()
    first.get_by_role("link", name="Revenir au texte").click()
    expect(first.get_by_label("Votre message")).to_have_value("Du premier onglet.")
    assert answers_to(entry) == 1


def test_a_page_catches_up_with_what_came_while_the_server_was_gone(advisers: Desk, parts: Parts) -> None:
    page = advisers.enter("nora").new_page()
    page.goto(AUBERT)
    page.evaluate("window.isTheSame = true")
    parts.kill("serve")
    comes("Pendant la panne", "while it is gone", parts)

    parts.start("serve")

    expect(page.locator("#thread")).to_contain_text("Pendant la panne")
    assert page.evaluate("window.isTheSame") is True


def test_a_page_whose_stream_was_refused_asks_for_it_again(advisers: Desk, parts: Parts) -> None:
    page = advisers.enter("nora").new_page()
    page.route("**/news?*", lambda route: route.fulfill(status=503), times=1)  # as a proxy before a server that is gone
    page.goto(AUBERT)
    comes("Après le refus", "after it was refused", parts)

    expect(page.locator("#thread")).to_contain_text("Après le refus")


def test_a_page_whose_session_ended_says_so_and_asks_no_more(advisers: Desk) -> None:
    context = advisers.enter("nora")
    page = context.new_page()
    page.goto(AUBERT)
    context.clear_cookies(name="sessionid")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/news?" in request.url else None)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("#signed-out")).to_be_visible()
    so_far = len(asked)
    page.wait_for_timeout(500)
    assert len(asked) == so_far <= 2
