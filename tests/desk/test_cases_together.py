"""Cases are linked, merged after a look at what will happen, split, and taken apart again, on pages of their own."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.cases.actions.close_case import close_case
from ligneclaire.cases.actions.hand_over_case import hand_over_case
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.snooze_case import snooze_case
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.queries import messages
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.ref import reference_of
from ligneclaire.people.queries import operator
from world import World

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def opened(subject: str, customer: str = "C-1001") -> str:
    at = clock.now()
    need = Need(kind=CaseKind.CONVERSATION, owner="A-1", opened_at=at)
    return open_cases(needs={(customer, subject): need}, by=SYSTEM, at=at)[customer, subject].reference


def call(nora: Client, case: str, text: str) -> None:
    said = {"entry": str(uuid4()), "medium": "call", "direction": "in", "text": text, "case": case}
    assert nora.post("/customers/C-1001/log", said).status_code == 302


@pytest.fixture
def two(nora: Client) -> tuple[str, str]:
    """Two cases of one of Nora's customers."""
    return opened("customer:C-1001"), opened("contract:K-X")


def test_what_a_merge_will_do_is_said_before_and_its_reason_after(nora: Client, two: tuple[str, str]) -> None:
    one, other = two
    call(nora, one, "A appelé.")
    hand_over_case(reference=other, to="A-2", note="Suite.", by=SYSTEM, at=clock.now())
    today = operator.current().calendar.date_of(clock.now())
    until = today.replace(day=today.day + 4)
    for case in two:
        snooze_case(reference=case, until=until, note="", today=today, by=SYSTEM, at=clock.now())
    path = f"/cases/{one}/merge"
    assert f'<option value="{other}">' in nora.get(path).content.decode()

    seen = nora.get(path, {"other": other.removeprefix("LC-").lower()})

    page = words(seen)
    assert f"{one} passe dans {other}" in page
    assert "Hugo Marchand répond des deux ; Nora Benali n’en répond plus." in page
    assert "0 message, 1 échange, 0 contradiction." in page
    assert f"{one} n’est plus au repos jusqu’au 20 février 2015" in page
    assert f"{other} est au repos jusqu’au 20 février 2015" in page
    assert f"Le client n’a jamais lu {one} et ne lit rien de la fusion." in page
    missing = nora.post(path, {"other": other, "reason": ""})
    assert missing.context["form"].errors == {"reason": ["Dites pourquoi, en une phrase que d’autres comprendront."]}
    assert nora.post(path, {"other": other, "reason": "Même demande."}, follow=True).redirect_chain == [
        (f"/cases/{one}", 302),
        (f"/cases/{other}", 302),
    ]


def test_the_sentence_that_the_customer_will_read_is_shown_before(nora: Client, monday: World) -> None:
    [told, *_] = {one.case for one in messages.of(["C-2001"])}
    talk = opened("customer:C-2001", customer="C-2001")

    page = words(nora.get(f"/cases/{told}/merge", {"other": talk}))

    assert "Le client lira, une fois :" in page
    assert f"la seule référence à rappeler est {talk}." in page


def test_a_merged_case_is_shown_where_it_is_handled_until_it_is_separated(nora: Client, two: tuple[str, str]) -> None:
    one, other = two
    call(nora, one, "A appelé.")
    nora.post(f"/cases/{one}/merge", {"other": other, "reason": "Même demande."})

    page = words(nora.get(f"/cases/{one}", follow=True))
    assert f"A appelé. {one} · au téléphone" in page
    assert f"A accueilli {one} · Nora Benali" in page
    assert f"{one} (dans {other})" in words(nora.get("/customers/C-1001"))
    for what in ("link", "merge", "split", "close", "snooze"):
        form = {"other": other, "reason": "x", "close-note": "x", "snooze-until": "20/02/2015"}
        late = nora.post(f"/cases/{one}/{what}", form, follow=True)
        assert late.redirect_chain[-1] == (f"/cases/{other}", 302), what

    asked = nora.get(f"/cases/{one}/unmerge")
    assert f"Séparer de nouveau {one} de {other}" in words(asked)
    assert nora.post(f"/cases/{one}/unmerge", {"reason": " "}).status_code == 422
    nora.post(f"/cases/{one}/unmerge", {"reason": "Deux demandes."})

    assert "A appelé. au téléphone" in words(nora.get(f"/cases/{one}"))
    assert nora.get(f"/cases/{one}/unmerge").status_code == 302
    assert f"{one} est de nouveau un dossier à part" in words(nora.get(f"/cases/{other}"))


def test_what_cannot_be_merged_is_explained(nora: Client, two: tuple[str, str]) -> None:
    one, other = two
    theirs = opened("customer:C-2001", customer="C-2001")
    close_case(reference=other, note="Réglé.", by=SYSTEM, at=clock.now())

    faults = {
        "LC-LC": ["Ce n’est pas une référence de dossier, comme LC-7K2M-9QX4."],
        reference_of("nobody"): ["Aucun dossier ne porte cette référence."],
        one: ["C’est un seul et même dossier."],
        theirs: ["Ce dossier est celui d’un autre client. On ne réunit jamais les dossiers de deux clients."],
        other: [f"{other} est clos\u00a0: rouvrez-le d’abord, ou liez les deux."],
    }
    found = {typed: nora.get(f"/cases/{one}/merge", {"other": typed}) for typed in faults}

    assert {typed: page.context["which"].errors.get("other") for typed, page in found.items()} == faults
    assert {page.status_code for page in found.values()} == {422}


def test_linked_cases_are_shown_on_each_other(nora: Client, two: tuple[str, str]) -> None:
    one, other = two
    assert other in nora.get(f"/cases/{one}/link").content.decode()
    missing = nora.post(f"/cases/{one}/link", {"other": "", "reason": ""})
    assert list(missing.context["form"].errors) == ["other", "reason"]

    nora.post(f"/cases/{one}/link", {"other": other, "reason": "Même adresse."})

    for case in two:
        assert "Même adresse. · Nora Benali" in words(nora.get(f"/cases/{case}"))
    again = nora.post(f"/cases/{other}/link", {"other": one, "reason": "x"})
    assert again.context["form"].errors == {"other": ["Les deux sont déjà liés."]}
    gone = f"/cases/{other}/links/{one}/remove"
    assert f"Retirer le lien entre {other} et {one}" in words(nora.get(gone))
    assert nora.post(gone, {"reason": ""}).status_code == 422
    nora.post(gone, {"reason": "Rien à voir."})
    nora.post(gone, {"reason": "encore"})
    assert f"N’est plus lié à {other} · Nora Benali" in words(nora.get(f"/cases/{one}"))
    theirs = opened("customer:C-2001", customer="C-2001")
    assert nora.get(f"/cases/{one}/links/{theirs}/remove").status_code == 404


def test_a_part_of_a_case_becomes_one_of_its_own(nora: Client, two: tuple[str, str]) -> None:
    one, _ = two
    assert "il n’y a rien à scinder" in words(nora.get(f"/cases/{one}/split"))
    call(nora, one, "La ligne grésille.")
    call(nora, one, "Et ma facture ?")
    page = nora.get(f"/cases/{one}/split")
    [bill] = [str(entry.uuid) for _, entry in page.context["boxes"] if "facture" in entry.text]
    assert list(nora.post(f"/cases/{one}/split", {"reason": "x"}).context["form"].errors) == ["entries"]

    done = nora.post(f"/cases/{one}/split", {"entries": [bill], "reason": "La facture."}, follow=True)

    new = done.redirect_chain[-1][0].removeprefix("/cases/")
    assert new not in two
    assert f"Scindé de {one} · Nora Benali" in words(done)
    assert "Et ma facture ?" in words(done)
    before = words(nora.get(f"/cases/{one}"))
    assert f"Scindé : une partie est désormais {new} · Nora Benali" in before
    assert "Et ma facture ?" not in before
    assert [case.owner for case in cards.of("C-1001") if case.reference == new] == ["A-1"]
    for case, shown in ((new, "Et ma facture ?"), (one, "La ligne grésille.")):
        found = words(nora.get(f"/customers/C-1001?case={case}"))
        assert [text for text in ("Et ma facture ?", "La ligne grésille.") if text in found] == [shown]
    gone = nora.post(f"/cases/{one}/split", {"entries": [bill], "reason": "x"})
    assert list(gone.context["form"].errors) == ["entries"]
    assert f"· {new}" in words(nora.get("/customers/C-1001"))


def test_a_page_asks_as_little_with_many_cases_together(
    nora: Client, two: tuple[str, str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, other = two
    nora.get(f"/cases/{other}")
    with django_assert_num_queries(17):
        nora.get(f"/cases/{other}")
    third = opened("contract:K-Y")
    nora.post(f"/cases/{one}/merge", {"other": other, "reason": "x"})
    nora.post(f"/cases/{third}/link", {"other": one, "reason": "x"})
    with django_assert_num_queries(18):  # and the cases that it is linked with
        nora.get(f"/cases/{other}")


def test_pages_of_cases_that_do_not_exist(nora: Client) -> None:
    for what in ("link", "merge", "unmerge", "split", "links/LC-1/remove"):
        assert nora.get(f"/cases/LC-0/{what}").status_code == 404
