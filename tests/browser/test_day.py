"""An adviser's day as it is: e-mails by a real mail server, paper, a call, a contradiction, a colleague away."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import DESKTOP, Demo, give_password
from browser.parts import Parts, running
from incoming import US, an_email
from ligneclaire.channels.queries import messages
from ligneclaire.kernel import clock
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.queries import letters
from mail_relay import is_possible, relay
from post_office import PostOffice, free_port, post_office
from scanner import scanned

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]
AUBERT, LENOIR = "/customers/C-3001", "/customers/C-2001"
PROMISE = "Rappeler avec le prix pour le Brésil"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A customer's mail program: what we sent is in its box, and it hands what it writes to a server."""

    office: PostOffice
    door: int
    is_lmtp: bool  # no mail server between the customer and us

    def write(self, raw: bytes) -> None:
        mail = message_from_bytes(raw, policy=SMTP)
        with (smtplib.LMTP if self.is_lmtp else smtplib.SMTP)("127.0.0.1", self.door, timeout=30) as server:
            assert server.sendmail(str(mail["From"]), [str(mail["To"])], raw) == {}

    def next(self, so_far: int) -> EmailMessage:
        """What arrives after so many."""
        end = time.monotonic() + 90
        while len(self.office.accepted) <= so_far:
            assert time.monotonic() < end, "it never arrives"
            time.sleep(0.1)
        return message_from_bytes(self.office.mails()[so_far], policy=default)

    def answer(self, mail: EmailMessage, text: str) -> None:
        """Press Reply, and send."""
        to, name = str(mail["Reply-To"] or mail["From"]).rpartition("<")[2].rstrip(">"), str(mail["Message-ID"])
        self.write(
            an_email(text, sender="aubert@example.org", to=to, Message_ID="<2@aubert.example>", In_Reply_To=name)
        )


@contextmanager
def by_mail(lmtp: int) -> Iterator[tuple[Mail, str]]:
    """The world's mail, by Postfix where it is there; and by which server we send."""
    with ExitStack() as stack:
        office = stack.enter_context(post_office())
        if not is_possible():
            yield Mail(office=office, door=lmtp, is_lmtp=True), f"smtp://127.0.0.1:{office.port}"
            return
        domain = US.partition("@")[2]
        server = stack.enter_context(relay(free_port(), world=office.port, lmtp=lmtp, domain=domain))
        yield Mail(office=office, door=server.port, is_lmtp=False), f"smtp://127.0.0.1:{server.port}"


@pytest.fixture
def mail_and_parts(demo: Demo, filled: int, place: Path) -> Iterator[tuple[Mail, Parts]]:
    lmtp = free_port()
    more = {"LIGNECLAIRE_LMTP": f"127.0.0.1:{lmtp}", "LIGNECLAIRE_REPLY_ADDRESS": US}
    with (
        by_mail(lmtp) as (mail, server),
        running(place, filled, "worker", "mail", LIGNECLAIRE_SMTP_URL=server, **more) as parts,
    ):
        yield mail, parts


def logged_in(page: Page, demo: Demo) -> None:
    give_password(page, "nora")
    page.locator("#code").fill(demo.recovery["nora"].pop())
    page.locator("#code").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aujourd’hui")


def listed(page: Page, heading: str) -> Locator:
    return page.get_by_role("region", name=heading, exact=True).get_by_role("listitem")


def hand_in(page: Page, scan: bytes) -> None:
    file = {"name": "lettre.png", "mimeType": "image/png", "buffer": scan}
    page.get_by_label("Numérisation d’une lettre").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Déposer").click()


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


def begins(page: Page, demo: Demo) -> None:
    """She logs in. A colleague is away, so what he promised is hers today; and a contradiction is."""
    logged_in(page, demo)
    expect(listed(page, "Rappels à heure dite").filter(has_text="Mme Roussel · Hugo Marchand")).to_be_visible()
    expect(listed(page, "Promis pour aujourd’hui").filter(has_text="le détail de la facture")).to_be_visible()
    expect(page.get_by_role("region", name="À trancher par vous")).to_contain_text("M. et Mme Lenoir")


def is_written_to(page: Page, mail: Mail) -> None:
    """A customer writes: it appears while she looks, and the page is never loaded again."""
    page.evaluate("window.isTheSame = true")
    mail.write(
        an_email("Mon forfait vaut-il au Brésil ?", sender="aubert@example.org", Message_ID="<1@aubert.example>")
    )
    waiting = listed(page, "En attente d’une réponse")
    expect(waiting.filter(has_text="Brésil")).to_be_visible()
    assert page.evaluate("window.isTheSame") is True


def answers(page: Page, mail: Mail) -> None:
    """She answers; while it can still be taken back she goes on with the letters."""
    listed(page, "En attente d’une réponse").filter(has_text="Brésil").get_by_role("link").click()
    page.get_by_label("Objet").fill("Votre forfait au Brésil")
    page.get_by_label("Votre message").fill("Il y vaut, mais les appels se paient à la minute.")
    page.get_by_role("button", name="Voir tel qu’il partira").click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("button", name="Reprendre ce message")).to_be_visible()
    assert mail.office.accepted == []


def files_what_has_our_code(page: Page) -> None:
    """Our own letter came back with a word on it: its code says whose it is and which matter."""
    ours = next(card for card in messages.of(["C-2001"]) if card.channel == "letter")
    content = letters.of_message(ours.uuid)
    assert content
    page.goto("/scans")
    hand_in(page, scanned(content))
    expect(page.get_by_label("Dossier")).to_have_value(ours.case)
    page.get_by_label("Ce qui s’est dit").fill("Demande un délai pour la box.")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("M. et Mme Lenoir")
    expect(page.locator("#thread").get_by_text("Demande un délai pour la box.")).to_be_visible()


def files_what_has_none(page: Page) -> None:
    """Another has no code: she reads it, and files it by hand."""
    page.goto("/scans")
    page.get_by_role("link", name="letter-without-a-code.png").click()
    page.get_by_label("Numéro du client").fill("C-1001")
    page.get_by_role("button", name="C’est la sienne").click()
    page.get_by_label("Ce qui s’est dit").fill("Mettre en attente la ligne du fils.")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Famille Delmas")
    page.goto("/scans")
    expect(page.get_by_text("Aucune numérisation n’attend.")).to_be_visible()


def settles(page: Page) -> None:
    """The contradiction is settled."""
    page.goto(LENOIR)
    page.get_by_label("10 jours").check()
    page.get_by_label("Pourquoi ?").fill("On compte les jours de l’avis recommandé")
    page.get_by_role("button", name="Trancher").click()
    expect(page.locator("#questions")).to_contain_text("10 jours · Nora Benali")


def is_answered(page: Page, mail: Mail) -> None:
    """Her answer has left. The customer answers it: in the same matter, before her eyes."""
    answer = mail.next(0)
    assert answer["To"] == "aubert@example.org"
    assert ("(Postfix)" in str(answer["Received"])) is not mail.is_lmtp
    assert "Il y vaut, mais les appels se paient à la minute." in text_of(answer)
    page.goto(AUBERT)
    page.evaluate("window.isTheSame = true")
    mail.answer(answer, "Et combien la minute ?")
    came = page.locator("#thread .moment.talk").filter(has_text="Et combien la minute ?")
    expect(came).to_be_visible()
    case = next(card.case for card in messages.of(["C-3001"]))
    expect(came).to_contain_text(case)
    assert page.evaluate("window.isTheSame") is True


def calls_and_promises(page: Page, tomorrow: date) -> None:
    """She calls instead of writing, promises a price for tomorrow, and says why no answer is needed."""
    page.goto(f"{AUBERT}/log")
    page.get_by_label("Ce qui s’est dit").fill("Elle veut le prix de la minute.")
    page.get_by_label("Ce que vous avez promis").fill(PROMISE)
    page.get_by_label("Pour quel jour").fill(f"{tomorrow:%d/%m/%Y}")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#promises")).to_contain_text(PROMISE)
    page.locator("#thread .moment.talk").filter(has_text="la minute ?").get_by_role("link", name="Répondre").click()
    page.get_by_label("Pourquoi ?").fill("Dit au téléphone")
    page.get_by_role("button", name="Retirer de la liste").click()


def has_done_what_was_due(page: Page) -> None:
    """What was promised for today is done. Of all this nothing waits any more."""
    page.goto("/")
    for heading, words in (("Promis pour aujourd’hui", "détail"), ("Rappels à heure dite", "passage")):
        listed(page, heading).get_by_role("link").filter(has_text=words).click()
        page.get_by_role("button", name="Fait").click()
        page.goto("/")
    expect(page.locator("#today")).to_contain_text("En attente d’une réponse")
    for done in ("Rappels à heure dite", "Promis pour aujourd’hui", "Commencé, pas encore envoyé"):
        expect(page.get_by_role("region", name=done, exact=True)).to_have_count(0)
    expect(page.get_by_role("region", name="À trancher par vous").get_by_role("link")).to_have_count(0)
    expect(listed(page, "En attente d’une réponse").filter(has_text="Mme Aubert")).to_have_count(0)


def finds_the_promise(page: Page, demo: Demo) -> None:
    """The night passes. In the morning what she promised stands first, and nobody had to call."""
    logged_in(page, demo)
    promised = listed(page, "Promis pour aujourd’hui").filter(has_text=PROMISE)
    expect(promised).to_contain_text("Mme Aubert")
    promised.get_by_role("link", name=PROMISE).click()
    page.get_by_role("button", name="Fait").click()
    page.goto("/")
    expect(page.locator("#today").get_by_text(PROMISE)).to_have_count(0)


def test_a_day(demo: Demo, mail_and_parts: tuple[Mail, Parts], browser: Browser) -> None:
    mail, parts = mail_and_parts
    tomorrow = Calendar().date_of(clock.now() + timedelta(days=parts.days + 1))
    page = browser.new_context(base_url=parts.url, locale="fr-FR", viewport=DESKTOP).new_page()
    begins(page, demo)
    is_written_to(page, mail)
    answers(page, mail)
    files_what_has_our_code(page)
    files_what_has_none(page)
    settles(page)
    is_answered(page, mail)
    calls_and_promises(page, tomorrow)
    has_done_what_was_due(page)
    parts.stop()
    parts.days += 1
    parts.start("serve", "worker", "mail")
    page.context.clear_cookies()
    finds_the_promise(page, demo)
