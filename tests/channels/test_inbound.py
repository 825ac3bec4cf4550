"""What is read of an e-mail, however it was written."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incoming import PDF, US, an_email, built
from ligneclaire.channels.email import inbound
from ligneclaire.channels.email.inbound import Envelope, File, read

OURS = UUID("0195a000-0000-7000-8000-000000000003")
OTHER = UUID("0195a000-0000-7000-8000-000000000004")


def test_a_plain_email_says_who_wrote_what_to_whom() -> None:
    mail = read(an_email("Bonjour,\n\nQuand passe le technicien ?", sender="Léna Lenoir <Lenoir@Example.org>"))

    assert (mail.sender, mail.sender_name, mail.subject) == ("lenoir@example.org", "Léna Lenoir", "Mon dossier")
    assert (mail.text, mail.quoted, mail.files) == ("Bonjour,\n\nQuand passe le technicien ?", "", ())
    assert (mail.recipients, mail.message_id) == ((US,), "1@mail.example.org")
    assert (mail.is_automatic, mail.is_readable) == (False, True)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Message-ID: <a@b>", "a@b"),
        ("Message-ID: a@b", "a@b"),
        ("Message-ID: <a b@c>", "<a b@c>"),
        ("Message-ID: ", ""),
        ("Message-ID: " + "x" * 300, "x" * 255),
        ("X: y", ""),
    ],
)
def test_a_name_that_is_not_written_as_it_should_be_is_one_all_the_same(written: str, name: str) -> None:
    assert read(written.encode() + b"\r\n\r\nx").message_id == name


def test_copies_and_the_servers_own_words_say_where_it_was_sent() -> None:
    raw = b"Delivered-To: a@op.example\nX-Original-To: b@op.example\n" + an_email(Cc="Nora <c@op.example>, x")

    assert read(raw).recipients == ("a@op.example", "b@op.example", US, "c@op.example")
    blind = read(raw, envelope=Envelope(sender="lenoir@example.org", recipients=("Z+LC@op.example", "a@op.example")))
    assert blind.recipients == ("z+lc@op.example", "a@op.example", "b@op.example", US, "c@op.example")
    assert (read(raw).arrived, blind.arrived) == (("a@op.example",), ("z+lc@op.example", "a@op.example"))
    assert read(an_email()).arrived == ()


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"sender": ""}, ""),
        ({"sender": "undisclosed-recipients:;"}, ""),
        ({"sender": "", "Sender": "Bureau <bureau@example.org>"}, "bureau@example.org"),
        ({"sender": "a@example.org, b@example.org"}, "a@example.org"),
        ({"sender": "x" * 250 + "@example.org"}, ""),
    ],
)
def test_the_sender_is_whom_the_email_names(headers: dict[str, str], sender: str) -> None:
    assert read(an_email(**headers)).sender == sender


def test_an_email_that_names_nobody_is_from_whom_the_server_says() -> None:
    assert read(b"\nBonjour", envelope=Envelope(sender="Lenoir@example.org", recipients=())).sender == (
        "lenoir@example.org"
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1\n\ncaf\xe9", "café"),
        (b"Content-Type: text/plain; charset=iso-8859-1\n\nl\x92eau \x80", "l’eau €"),
        (b"Content-Type: text/plain; charset=utf-8\n\ncaf\xe9", "café"),  # not what it says
        (b"Content-Type: text/plain; charset=us-ascii\n\ncaf\xc3\xa9", "café"),
        (b"Content-Type: text/plain; charset=klingon\n\ncaf\xe9", "café"),
        (b"Content-Type: text/plain; charset=punycode\n\ncaf\xc3\xa9", "café"),
        (b"Content-Type: text/plain; charset=utf-16-le\n\n" + "café".encode("utf-16-le"), "café"),
        (b"\ncaf\x81 \x00\x1b\x07nul", "caf\ufffd nul"),
        (b"\nun\r\ndeux\rtrois", "un\ndeux\ntrois"),
        (b"Content-Transfer-Encoding: base64\n\nQ2Fmw6k", "Café"),
        (b"Content-Transfer-Encoding: quoted-printable\n\nCaf=C3=A9=ZZ", "Café=ZZ"),
        (b"Content-Type: multipart/mixed; boundary=x\n\nNo border anywhere", "No border anywhere"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nIt never ends", "It never ends"),
        (b"Content-Type: text/plain; charset=utf-7\n\n+2AA-", "\ufffd"),
        (b"", ""),
        (b"\xff\xfe", "ÿþ"),
    ],
)
def test_broken_bytes_are_read_as_far_as_they_can_be(raw: bytes, text: str) -> None:
    mail = read(raw)

    assert (mail.text, mail.is_readable) == (text, True)


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("=?iso-8859-1?q?R=E9ponse?=", "Réponse"),
        ("=?klingon?q?abc?=", "abc"),
        ("  Deux \t\x07mots ", "Deux mots"),
        ("x" * 600, "x" * 500),
    ],
)
def test_a_subject_is_one_line(subject: str, said: str) -> None:
    assert read(f"Subject: {subject}\n\nx".encode()).subject == said


def test_a_subject_without_charset_is_read_by_a_likely_one() -> None:
    assert read(b"Subject: R\xe9ponse\n\nx").subject == "Réponse"
    assert read("Subject: Réponse\n\nx".encode()).subject == "Réponse"


def test_the_plain_words_are_preferred_and_html_is_read_where_there_are_none() -> None:
    both, only = built("En clair"), EmailMessage(policy=SMTP)
    both.add_alternative("<p>En <b>HTML</b></p>", subtype="html")
    only.set_content("<p>En <b>HTML</b></p>", subtype="html")
    empty = built("\n")
    empty.add_alternative("<p>Seulement ici</p>", subtype="html")
    nothing = built(" ")
    nothing.add_alternative(" ", subtype="html")

    assert [read(mail.as_bytes()).text for mail in (both, only, empty, nothing)] == [
        "En clair",
        "En HTML",
        "Seulement ici",
        "",
    ]


def test_texts_around_a_picture_are_read_together() -> None:
    mail = built("Avant")
    mail.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="photo.gif", disposition="inline")
    mail.attach(EmailMessage(policy=SMTP))
    mail.get_payload()[2].set_content("Après")  # type: ignore[union-attr, index]

    found = read(mail.as_bytes())

    assert (found.text, [file.name for file in found.files]) == ("Avant\n\nAprès", ["photo.gif"])


def test_everything_else_is_a_file() -> None:
    mail = built()
    mail.add_alternative("BEGIN:VCALENDAR", subtype="calendar", params={"method": "REQUEST"})
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="facture é.pdf")
    mail.add_attachment("notes", filename="C:\\Bureau\\notes\u202e.txt")
    mail.add_attachment(built("À l’intérieur", Subject="Transmis"))

    found = read(mail.as_bytes())

    assert found.text == "Voir ci-joint."
    assert [(file.name, file.kind) for file in found.files] == [
        ("", "text/calendar"),
        ("facture é.pdf", "application/pdf"),
        ("notes.txt", "text/plain"),
        ("", "message/rfc822"),
    ]
    assert found.files[1].content == PDF
    assert b"Subject: Transmis" in found.files[3].content


def test_a_file_without_content_is_an_empty_file() -> None:
    raw = b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"

    assert read(raw).files == (File(name="a.pdf", kind="application/pdf", content=b""),)


def test_what_it_answers_is_known_by_the_names_of_our_messages() -> None:
    mail = read(
        an_email(
            Message_ID=f"<{OTHER}@mail.operator.example>",
            In_Reply_To=f"<{OURS}@mail.operator.example>",
            References=f"<abc@x.example> <{OTHER}@mail.operator.example> <{OURS}@mail.operator.example>",
        )
    )

    assert (mail.answers, mail.own) == ((OURS, OTHER), OTHER)


BOUNCE = f"""From: Mail Delivery System <MAILER-DAEMON@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; lenoir@example.org
Action: failed
--b
Content-Type: {{kind}}

Message-ID: <{OURS}@mail.operator.example>
Subject: Votre contrat prend fin

Bonjour
--b--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_delivery_report_answers_the_message_in_it(kind: str) -> None:
    mail = read(BOUNCE.format(kind=kind).encode())

    assert (mail.answers, mail.is_automatic) == ((OURS,), True)
    assert mail.text == "Your message could not be delivered."
    assert [file.kind for file in mail.files] == ["message/delivery-status", kind]


@pytest.mark.parametrize(
    ("headers", "is_automatic"),
    [
        ({}, False),
        ({"Auto_Submitted": "no"}, False),
        ({"Auto_Submitted": "auto-replied; owner=x"}, True),
        ({"Auto_Submitted": "Auto-Generated"}, True),
        ({"Precedence": "first-class"}, False),
        ({"Precedence": "Bulk"}, True),
        ({"Return_Path": "<lenoir@example.org>"}, False),
        ({"Return_Path": "<>"}, True),
        ({"X_Autoreply": "yes"}, True),
        ({"X_Loop": "reponse@mail.operator.example"}, True),
        ({"List_Id": "<club.example.org>"}, True),
        ({"sender": "MAILER-DAEMON@mx.example"}, True),
    ],
)
def test_a_machine_is_known_by_its_headers(headers: dict[str, str], *, is_automatic: bool) -> None:
    assert read(an_email(**headers)).is_automatic is is_automatic


@pytest.mark.parametrize(("sender", "is_automatic"), [("lenoir@example.org", False), ("", True), ("<>", True)])
def test_an_empty_sender_wants_no_answer(sender: str, *, is_automatic: bool) -> None:
    assert read(an_email(), envelope=Envelope(sender=sender, recipients=())).is_automatic is is_automatic


@pytest.fixture
def little_depth() -> Iterator[None]:
    """A stack that is used up soon."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 120)
    yield
    sys.setrecursionlimit(limit)


DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(200)).encode()
ENDLESS = b"Content-Type: multipart/mixed; boundary=x\n\n" + b"\n--x\n\nx" * 10_001


@pytest.mark.parametrize("raw", [DEEP, ENDLESS], ids=["deep", "endless"])
def test_what_cannot_be_read_says_so(raw: bytes, little_depth: None) -> None:
    envelope = Envelope(sender="Lenoir@example.org", recipients=("a@op.example", "nobody"))

    mail, alone = read(raw, envelope=envelope), read(raw)

    assert (mail.is_readable, mail.is_automatic, mail.text) == (False, False, "")
    assert (mail.sender, mail.recipients) == ("lenoir@example.org", ("a@op.example",))
    assert (alone.is_readable, alone.sender, alone.recipients) == (False, "", ())


def test_a_header_that_breaks_its_reader_is_taken_as_written() -> None:
    mail = read(b"From: " + b"(" * 3000 + b" <lenoir@example.org>\nSubject: x\n\ny")

    assert (mail.is_readable, mail.subject, mail.text) == (True, "x", "y")


def test_long_texts_and_many_files_are_cut_and_the_original_has_the_rest() -> None:
    long = read(b"\n" + b"word " * 30_000)
    many = built()
    for number in range(inbound.MOST_ATTACHMENTS + 1):
        many.add_attachment(b"x", maintype="image", subtype="png", filename=f"{number}.png")

    assert (len(long.text), long.text[-4:]) == (100_004, "\n[…]")
    assert len(read(many.as_bytes()).files) == inbound.MOST_ATTACHMENTS


@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw: bytes) -> None:
    mail = read(raw)

    for text in (mail.text, mail.quoted, mail.subject, mail.sender, mail.sender_name, mail.message_id):
        text.encode()
        assert "\0" not in text
