"""E-mails on the desk: read as text, their files saved, the stray ones given to a customer or set aside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from incoming import AUBERT, LENOIR, PDF, STRANGER, an_email, built, plus
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.cases.queries import cards, unmatched
from ligneclaire.channels import mailbox
from ligneclaire.channels.actions.record_verdict import record_verdict
from ligneclaire.channels.models import Attachment, Entry, Mail
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def came(raw: bytes) -> UUID:
    return receive_mail(raw=raw, envelope=None, by=SYSTEM, at=now()).mail


def stray(name: str = "1", **headers: str) -> UUID:
    return came(an_email(**{"sender": f"Ève <{STRANGER}>", "Message_ID": f"<{name}@x.example>", **headers}))


def the_case() -> str:
    [case] = [case for case in cards.of("C-2001") if case.state == "open"]
    return case.reference


def test_the_day_shows_how_many_wait_and_the_list_all_of_them(nora: Client) -> None:
    assert "E-mails à rattacher" not in nora.get("/").content.decode()
    for number in range(12):
        stray(str(number))
    machine = stray("machine", Auto_Submitted="auto-replied", Subject="")

    page, listed = nora.get("/"), nora.get("/mails")

    assert "E-mails à rattacher à un client 13 Mon dossier Ève · lundi 16 février, 10:00" in words(page)
    assert (len(page.context["mails"]), len(listed.context["mails"])) == (10, 13)
    assert listed.context["mails"][-1].mail == machine
    assert "E-mail sans objet automatique Ève" in words(listed)


def test_a_stray_mail_is_read_as_text_and_never_as_html(nora: Client) -> None:
    mail = built("<script>alert(1)</script>\n\n> Bonjour", sender=STRANGER, Subject="<b>Gras</b>")
    mail.add_attachment(b"<script>", maintype="text", subtype="html", filename="<i>.html")

    page = nora.get(f"/mails/{came(mail.as_bytes())}")

    source = page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source
    assert ("<script>alert" in source, "<b>Gras" in source, "<i>" in source) == (False, False, False)
    assert "Ce qu’il reprend d’e-mails précédents &gt; Bonjour" in words(page)
    assert "De inconnue@example.com À reponse@mail.operator.example Reçu 16 février 2015, 10:00" in words(page)
    assert "Aucun client n’écrit de cette adresse" in words(page)


def test_a_file_is_saved_and_never_opened(nora: Client) -> None:
    mail = built()
    for kind, name in (("pdf", "avis é.pdf"), ("x-html", "page.html"), ("octet-stream", "")):
        mail.add_attachment(PDF, maintype="application", subtype=kind, filename=name or None)
    path = f"/mails/{came(mail.as_bytes())}"

    pdf, page, unnamed = (nora.get(f"{path}/files/{position}") for position in (1, 2, 3))

    assert (pdf.content, pdf.headers["Content-Type"]) == (PDF, "application/pdf")
    assert page.headers["Content-Type"] == unnamed.headers["Content-Type"] == "application/octet-stream"
    assert [one.headers["Content-Disposition"] for one in (pdf, page, unnamed)] == [
        "attachment; filename*=utf-8''avis%20%C3%A9.pdf",
        'attachment; filename="page.html"',
        'attachment; filename="3.bin"',
    ]
    assert (page.headers["X-Content-Type-Options"], page.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert nora.get(f"{path}/files/4").status_code == 404
    (mailbox.folder() / Attachment.objects.values_list("place", flat=True)[0]).unlink()
    assert nora.get(f"{path}/files/1").status_code == 404


def test_the_original_is_saved_as_it_came(nora: Client) -> None:
    raw = an_email()
    mail = came(raw)

    saved = nora.get(f"/mails/{mail}/original.eml")

    assert (saved.content, saved.headers["Content-Type"]) == (raw, "application/octet-stream")
    assert saved.headers["Content-Disposition"] == f'attachment; filename="{mail}.eml"'


def test_a_broken_mail_says_that_it_is(nora: Client) -> None:
    mail = came(b"Content-Type: multipart/mixed; boundary=x\n\n" + b"\n--x\n\nx" * 10_001)

    assert "Cet e-mail est abîmé et ne peut pas être lu ici. L’original est conservé." in words(
        nora.get(f"/mails/{mail}")
    )
    assert "Il ne contient pas de texte." in words(nora.get(f"/mails/{came(b'Subject: x')}"))


def test_the_one_who_may_be_meant_is_chosen_already(nora: Client) -> None:
    reference = the_case()
    mail = stray(to=plus(reference))

    page = nora.get(f"/mails/{mail}")

    assert [(one.customer.number, one.case) for one in page.context["suggested"]] == [
        ("C-2001", reference),
        ("C-2001", ""),
    ]
    given = nora.post(f"/mails/{mail}/match", {"suggested": reference, "number": ""})
    assert given.headers["Location"] == "/customers/C-2001"
    assert Entry.objects.values_list("customer", "case", "recorded_by").get() == ("C-2001", reference, "adviser:A-1")


@pytest.mark.parametrize(
    ("typed", "customer", "has_case"),
    [({"number": " c-3001 "}, "C-3001", False), ({"suggested": "C-2001"}, "C-2001", False), ({}, "C-2001", True)],
)
def test_a_number_or_a_reference_may_be_typed(
    nora: Client, typed: dict[str, str], customer: str, *, has_case: bool
) -> None:
    nora.post(f"/mails/{stray()}/match", typed or {"number": the_case().lower()})

    assert Entry.objects.values_list("customer", "case").get() == (customer, the_case() if has_case else "")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({}, "Choisissez-en un ou saisissez-le."),
        ({"number": "C-404"}, "Il n’y a ni client ni dossier C-404."),
        ({"number": "LC-0000-0000"}, "Il n’y a ni client ni dossier LC-0000-0000."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(nora: Client, typed: dict[str, str], fault: str) -> None:
    page = nora.post(f"/mails/{stray()}/match", typed)

    assert (page.status_code, page.context["match_fault"]) == (422, fault)
    assert f'value="{typed.get("number", "")}" aria-describedby="match-fault"' in page.content.decode()
    assert (Entry.objects.count(), len(unmatched.waiting())) == (0, 1)


def test_it_is_set_aside_with_a_reason(nora: Client) -> None:
    mail = stray()

    page = nora.post(f"/mails/{mail}/set-aside", {"reason": " "})
    assert (page.status_code, len(unmatched.waiting())) == (422, 1)
    assert "Dites pourquoi, en une phrase que d’autres comprendront." in words(page)

    done = nora.post(f"/mails/{mail}/set-aside", {"reason": "Publicité"})
    assert (done.headers["Location"], len(unmatched.waiting())) == ("/mails", 0)
    shown = words(nora.get(f"/mails/{mail}"))
    assert "Clos 16 février 2015, 10:00 · Nora Benali « Publicité »" in shown
    assert "De qui est-il ?" not in shown


def test_who_comes_second_learns_it(nora: Client, hugo: Client) -> None:
    mail = stray()
    nora.post(f"/mails/{mail}/match", {"number": "C-2001"})

    for what, said in (("match", {"number": "C-3001"}), ("set-aside", {"reason": "x"})):
        page = hugo.post(f"/mails/{mail}/{what}", said)
        assert (page.status_code, Entry.objects.count()) == (422, 1)
        assert "quelqu’un a été plus rapide" in page.content.decode()


def test_a_mail_stands_in_the_thread_with_its_files(nora: Client) -> None:
    mail = built("Voici mon RIB.", to=plus(the_case()), Auto_Submitted="auto-replied")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="rib.pdf")
    mail.add_attachment(PDF, maintype="application", subtype="pdf")
    uuid = came(mail.as_bytes())

    page = nora.get("/customers/C-2001")

    assert (
        f"Le client a écrit un e-mail lundi 16 février, 10:00 · {the_case()} automatique"
        " Mon dossier Voici mon RIB. rib.pdf Fichier 2" in words(page)
    )
    for path in (f"/mails/{uuid}", f"/mails/{uuid}/files/1", f"/mails/{uuid}/files/2"):
        assert f'href="{path}"' in page.content.decode()
    shown = words(nora.get(f"/mails/{uuid}"))
    assert f"Dossier {the_case()}" in shown
    assert "De qui est-il ?" not in shown


def test_a_mail_that_does_not_exist_has_no_page(nora: Client) -> None:
    came(an_email(sender=AUBERT))
    nobody = f"/mails/{uuid4()}"
    for path in ("", "/files/1", "/original.eml"):
        assert nora.get(nobody + path).status_code == 404
    assert nora.post(f"{nobody}/match", {"number": "C-2001"}).status_code == 404
    assert nora.post(f"{nobody}/set-aside", {"reason": "x"}).status_code == 404


def test_more_mails_take_no_more_queries(nora: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    stray("1")
    with django_assert_num_queries(5):
        nora.get("/mails")
    uuids = [stray("2"), stray("3", to=plus(the_case())), came(an_email(sender=LENOIR))]
    with django_assert_num_queries(5):
        nora.get("/mails")
    for uuid, queries in zip(uuids, (6, 7, 9), strict=True):
        with django_assert_num_queries(queries):
            nora.get(f"/mails/{uuid}")
    assert Mail.objects.count() == 4


def test_what_the_virus_scanner_finds_or_has_not_seen_is_not_given_out(
    nora: Client, settings: Any, tmp_path: Path
) -> None:
    mail = built(sender=STRANGER)
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="avis.pdf")
    mail.add_attachment(b"other", maintype="application", subtype="pdf", filename="autre.pdf")
    uuid = came(mail.as_bytes())
    settings.CLAMAV = str(tmp_path / "clamd")
    paths = [f"/mails/{uuid}/files/1", f"/mails/{uuid}/files/2", f"/mails/{uuid}/original.eml"]

    early = [nora.get(path) for path in paths]
    assert [page.status_code for page in early] == [422] * 3
    assert "Notre antivirus n’a pas encore contrôlé ce fichier." in words(early[0])
    assert words(early[0]).count("pas encore contrôlé contre les virus") == 2
    for row, found in zip(Attachment.objects.order_by("position"), ("stream: Eicar FOUND", ""), strict=True):
        record_verdict(sha256=row.sha256, found=found, by=SYSTEM, at=now())
    record_verdict(sha256=Mail.objects.get(uuid=uuid).sha256, found="", by=SYSTEM, at=now())

    infected, clean, original = (nora.get(path) for path in paths)

    assert [page.status_code for page in (infected, clean, original)] == [422, 200, 422]
    assert clean.content == b"other"
    for page in (infected, original):
        assert "Ce fichier n’est pas remis. Notre antivirus dit : stream: Eicar FOUND" in words(page)
        assert PDF not in page.content
    assert "avis.pdf non remis : antivirus autre.pdf" in words(nora.get(f"/mails/{uuid}"))
