"""The same message as an e-mail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from channels.samples import SENDER, in_english, in_french
from ligneclaire.channels.content import Contact, Content, Detail, Labels, Section, Step, Todo
from ligneclaire.channels.email.html import html_of
from ligneclaire.channels.email.outbound import compose, deliver
from ligneclaire.channels.email.text import text_of
from ligneclaire.channels.outgoing import Earlier, Outgoing

RIGHTS = Section(title="Vos droits", lines=("Vous pouvez revenir sur votre demande.", "Le médiateur est gratuit."))
TAG = '"><img src=x onerror=alert(1)>'
FRENCH = """\
Madame, Monsieur,

Nous avons bien reçu votre lettre du 9 février. Votre contrat prend fin le
20 février 2015, sans frais de résiliation. Votre ligne est passée chez votre
nouvel opérateur le 13 février.

Voici, en une seule lettre, tout ce qui va se passer et la seule chose que
vous avez à faire.

Ce que vous avez à faire
========================
- avant le 6 mars 2015 – Nous rendre la box (n°\u00a0LB-4471-0093) et le décodeur
  TV (n°\u00a0TV-2210-7781), avec l’étiquette de retour gratuite jointe à cette
  lettre, dans n’importe quel bureau de poste. Gardez le reçu qui vous sera
  remis.

Ce qui va se passer
-------------------
- 13 février 2015 – Votre ligne fixe a été reprise par votre nouvel opérateur.
  C’est lui qui vous dépanne désormais sur cette ligne.
- 20 février 2015 – Votre contrat prend fin.
- 5 mars 2015 – Nous établissons votre dernière facture.
- 10 jours après le retour – Votre dépôt de garantie de 49,00 € vous est
  remboursé.
- 20 août 2015 – Fermeture de votre messagerie. Jusqu’à cette date, vous
  pouvez y lire gratuitement votre courrier.

Ce qui continue sans changement
-------------------------------
- Votre contrat Mobile Pro Europe, 06 39 98 02 01.
- Votre ligne fixe d’Arcachon, 05 36 49 02 02.

Si le matériel ne nous revient pas
----------------------------------
Nous vous écrirons d’abord une mise en demeure. Dix jours plus tard seulement,
300,00 € vous seraient facturés ; ils vous seraient rendus dès le retour du
matériel.

Merci de votre confiance pendant toutes ces années. Pour toute question, sur
ce contrat ou sur ceux qui continuent, je suis à votre disposition.

Je vous prie d’agréer, Madame, Monsieur, mes salutations les meilleures.

Nora Benali
votre conseillère

Pour me joindre
01 99 00 01 01
nora.benali@ligneclaire.example
Télécom Ligne Claire
Nora Benali
TSA 10090
59000 Lille

Votre référence LC-7K2M-9QX4
Client C-2001
Contrat K-ADSL-1, Internet et téléphone ADSL
Ligne 05 36 49 02 01
"""


def an_email(content: Content) -> Outgoing:
    return Outgoing(
        id=UUID("0195a000-0000-7000-8000-000000000001"),
        to=("lenoir@example.org",),
        sender=SENDER,
        content=content,
        sent_at=datetime(2015, 2, 17, 8, 0, tzinfo=ZoneInfo("Europe/Paris")),
    )


def received(path: str) -> EmailMessage:
    mail = message_from_bytes(Path(path).read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def read(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_text_says_everything_in_the_order_of_the_letter() -> None:
    written = text_of(in_french())

    assert written.subject == "La fin de votre ligne internet et téléphone, le 20 février 2015 (LC-7K2M-9QX4)"
    assert written.body == FRENCH


def test_what_changed_is_said_before_what_is_to_do() -> None:
    content = replace(
        in_french(),
        opening=(),
        changes=Section(title="Ce qui change", lines=("Le 9 mars, et non le 5.",)),
        todo=(Todo(what="Rien ne presse.", by=""),),
        steps=(Step(when="", what="Une date viendra."),),
        sections=(),
    )

    body = text_of(content).body.partition("Merci")[0]
    assert body == (
        "Madame, Monsieur,\n\n"
        "Ce qui change\n-------------\nLe 9 mars, et non le 5.\n\n"
        "Ce que vous avez à faire\n========================\n- Rien ne presse.\n\n"
        "Ce qui va se passer\n-------------------\n- Une date viendra.\n\n"
    )


def test_a_short_receipt_has_no_empty_part() -> None:
    receipt = replace(
        in_english(),
        opening=("I have your letter.",),
        todo=(),
        steps=(),
        sections=(Section(title="", lines=("I will write again.",)),),
        closing=("Yours sincerely,",),
        contact=replace(in_english().contact, role="", postal=()),
        details=(),
    )

    assert text_of(receipt).body == (
        "Dear Mr and Mrs Lenoir,\n\nI have your letter.\n\nI will write again.\n\nYours sincerely,\n\nNora Benali\n\n"
        "How to reach me\n01 99 00 01 01\nnora.benali@ligneclaire.example\n\nYour reference LC-7K2M-9QX4\n"
    )


@pytest.mark.parametrize("content", [in_french(), in_english()], ids=["fr", "en"])
def test_no_line_is_longer_than_78_characters(content: Content) -> None:
    long = replace(content, subject="mot " * 99, opening=("x" * 400,), details=content.details * 9)

    assert max(map(len, text_of(long).body.splitlines())) == 78


def test_the_file_is_a_complete_email(tmp_path: Path) -> None:
    path = deliver(an_email(in_french()), outbox=tmp_path)
    mail = received(path)

    assert path == str(tmp_path / "email" / "0195a000-0000-7000-8000-000000000001.eml")
    assert dict(mail.items()) == {
        "From": '"Nora Benali, Télécom Ligne Claire" <nora.benali@ligneclaire.example>',
        "To": "lenoir@example.org",
        "Subject": "La fin de votre ligne internet et téléphone, le 20 février 2015 (LC-7K2M-9QX4)",
        "Date": "Tue, 17 Feb 2015 08:00:00 +0100",
        "Message-ID": "<0195a000-0000-7000-8000-000000000001@ligneclaire.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_0195a000000070008000000000000001"',
        "Content-Language": "fr",
    }
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert read(mail, "plain") == FRENCH
    assert Path(path).read_bytes().isascii()


def test_the_page_says_the_same_words_in_the_same_order_as_the_text() -> None:
    content = in_french()
    dressed = replace(content, changes=Section(title="Ce qui change", lines=("Le 9 mars.",)), rights=RIGHTS)
    page = unescape(re.sub(r"<head>.*</head>|<h1.*</h1>|<[^>]+>", " ", html_of(dressed), flags=re.DOTALL))
    text = re.sub(r"[-=]{3,}|^- | – ", " ", text_of(dressed).body, flags=re.MULTILINE)

    assert page.split() == text.split()


def test_the_page_loads_nothing_and_leads_to_the_adviser_only() -> None:
    page = html_of(in_french())

    assert re.findall(r'(?:href|src|action|background)="([^"]*)"', page) == [
        "tel:0199000101",
        "mailto:nora.benali@ligneclaire.example",
    ]
    assert re.findall(r"<(img|link|script|style|iframe|form|object|base)\b|url\(|@import", page) == []
    assert re.search(r"(?<!-)color:(?!inherit)", page) is None  # a colour of ours would not be read in the dark


@pytest.mark.parametrize(
    "content",
    [
        replace(in_french(), subject=TAG, salutation=TAG, opening=(TAG,), closing=(TAG,), reference=TAG),
        replace(in_french(), todo_title=TAG, todo=(Todo(what=TAG, by=TAG),), steps=(Step(when=TAG, what=TAG),)),
        replace(in_french(), sections=(Section(title=TAG, lines=(TAG, TAG)),), rights=Section(title=TAG, lines=(TAG,))),
        replace(
            in_french(),
            details=(Detail(name=TAG, value=TAG),),
            labels=Labels(reference=TAG, contact=TAG, page=TAG, code=TAG),
        ),
        replace(in_french(), contact=Contact(name=TAG, role=TAG, phone=TAG, email=TAG, postal=(TAG,)), language=TAG),
    ],
)
def test_nothing_that_somebody_wrote_becomes_code(content: Content) -> None:
    page = html_of(content)

    assert TAG not in page
    assert "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;" in page


def test_an_answer_comes_back_to_its_matter_by_the_address_and_by_the_thread() -> None:
    earlier = tuple(Earlier(id=UUID(int=place), sender_address="hugo@autre.example") for place in range(1, 13))
    mail = compose(replace(an_email(in_french()), earlier=earlier), reply_base="reponse@mail.operator.example")

    assert mail["Reply-To"] == ('"Nora Benali, Télécom Ligne Claire" <reponse+LC-7K2M-9QX4@mail.operator.example>')
    last = "<00000000-0000-0000-0000-00000000000c@autre.example>"
    assert mail["In-Reply-To"] == last
    references = mail["References"].split()
    assert references[0] == "<00000000-0000-0000-0000-000000000001@autre.example>"
    assert references[1] == "<00000000-0000-0000-0000-000000000004@autre.example>"
    assert (references[-1], len(references)) == (last, 10)


def test_the_first_of_two_refers_to_nothing_and_the_second_to_the_first() -> None:
    first = compose(an_email(in_french()))
    second = compose(replace(an_email(in_french()), earlier=(Earlier(id=UUID(int=1), sender_address="a@b.example"),)))

    assert (first["References"], first["In-Reply-To"], first["Reply-To"]) == (None, None, None)
    assert second["References"] == second["In-Reply-To"] == "<00000000-0000-0000-0000-000000000001@b.example>"


def test_a_subject_cannot_add_a_header(tmp_path: Path) -> None:
    mail = received(deliver(an_email(replace(in_french(), subject="Bonjour\r\nBcc: x@example.org")), outbox=tmp_path))

    assert mail["Subject"] == "Bonjour Bcc: x@example.org (LC-7K2M-9QX4)"
    assert mail["Bcc"] is None


def test_the_same_email_again_is_the_same_file(tmp_path: Path) -> None:
    first = deliver(an_email(in_french()), outbox=tmp_path)
    written = Path(first).read_bytes()

    assert deliver(an_email(in_french()), outbox=tmp_path) == first
    assert [path.read_bytes() for path in (tmp_path / "email").iterdir()] == [written]


def test_a_telephone_number_and_a_day_are_not_cut_in_two() -> None:
    opening = "Comme vous l’avez demandé, votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01) prend fin."

    body = text_of(replace(in_french(), opening=(opening,))).body

    assert "(ligne\n05 36 49 02 01) prend fin." in body


def test_what_the_law_grants_stands_last() -> None:
    body = text_of(replace(in_french(), rights=RIGHTS)).body

    assert body.endswith(
        "\n\nVos droits\n----------\n- Vous pouvez revenir sur votre demande.\n- Le médiateur est gratuit.\n"
    )
