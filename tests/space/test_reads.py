"""A customer sees who read their record, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.cases.actions.name_occasion import name_occasion
from ligneclaire.cases.actions.open_record import open_record
from ligneclaire.cases.states import Basis, OccasionKind, ReadPage
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.space import words
from space.conftest import a_browser_of, a_guest

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 16, 8, 7, tzinfo=UTC)
NORA, HUGO = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.ADVISER, "A-2")
READS = "/espace/consultations"


def reads_of(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    page = client.get(f"{READS}{query}")
    return [(line.who, line.what, line.why) for line in page.context["list"].lines]


def says(customer: str, kind: OccasionKind, text: str = "", *, day: int = 16) -> None:
    name_occasion(customer=customer, kind=kind, words=text, day=date(2015, 2, day), by=HUGO, at=NOW)


def test_a_customer_reads_who_when_what_and_why(lenoir: Client, aubert: Client) -> None:
    assert reads_of(aubert) == []
    assert "Personne n’a encore ouvert votre dossier." in aubert.get(READS).content.decode()
    says("C-3001", OccasionKind.OTHER, "<b>Elle</b> a rappelé")
    open_record(customer="C-3001", page=ReadPage.RECORD, by=NORA, at=NOW)
    open_record(customer="C-3001", page=ReadPage.LABEL, by=HUGO, at=NOW + timedelta(hours=1))

    page = aubert.get(READS).content.decode()

    assert reads_of(aubert) == [
        ("Hugo M.", "une étiquette de retour", "a indiqué\u00a0: «\u00a0<b>Elle</b> a rappelé\u00a0»"),
        ("Nora B.", "votre dossier", "vous suit habituellement"),
    ]
    assert "16 février 2015, 10:07" in page.replace("\xa0", " ")
    assert ("<b>Elle</b>" in page, "&lt;b&gt;Elle&lt;/b&gt;" in page) == (False, True)
    assert reads_of(lenoir) == []


def test_the_reason_of_a_case_names_its_reference(lenoir: Client) -> None:
    open_record(customer="C-2001", page=ReadPage.RECORD, by=NORA, at=NOW)

    [(who, what, why)] = reads_of(lenoir)

    assert (who, what) == ("Nora B.", "votre dossier")
    assert why.startswith("s’occupe de votre dossier LC-")


def test_the_page_is_found_from_security_and_documents_and_by_nobody_else(lenoir: Client, nora: Client) -> None:
    for page in ("/espace/securite", "/espace/documents"):
        assert f'href="{READS}"' in lenoir.get(page).content.decode()
    for other in (a_guest(), nora):
        assert other.get(READS)["Location"].startswith("/espace/connexion")
    assert lenoir.post(READS).status_code == 405


def test_long_lists_have_pages_and_take_the_same_queries(
    aubert: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    open_record(customer="C-3001", page=ReadPage.RECORD, by=NORA, at=NOW)
    with django_assert_num_queries(4):
        aubert.get(READS)
    says("C-3001", OccasionKind.PHONE)
    for quarter in range(1, 52):
        at = NOW + quarter * timedelta(minutes=15)
        open_record(customer="C-3001", page=ReadPage.RECORD, by=HUGO if quarter == 1 else NORA, at=at)

    with django_assert_num_queries(4):
        first = aubert.get(READS)

    assert len(first.context["list"].lines) == 50
    assert 'href="?page=2"' in first.content.decode()
    assert reads_of(aubert, "?page=2") == [
        ("Hugo M.", "votre dossier", "a indiqué que vous étiez au téléphone"),
        ("Nora B.", "votre dossier", "vous suit habituellement"),
    ]
    assert 'href="?page=1"' in aubert.get(f"{READS}?page=2").content.decode()


def test_every_page_basis_and_occasion_has_words() -> None:
    assert set(words.READ_PAGES) == set(ReadPage)
    assert set(words.BASES) == set(Basis) - {Basis.OCCASION}
    assert set(words.OCCASIONS) == set(OccasionKind)


@pytest.mark.parametrize(
    ("name", "short"), [("Nora Benali", "Nora B."), ("Zoé", "Zoé"), ("Jean de La Tour", "Jean T.")]
)
def test_an_adviser_is_named_by_first_name_and_initial(name: str, short: str) -> None:
    assert words.short_name(name) == short


def test_the_page_speaks_english_too(lenoir: Client) -> None:
    open_record(customer="C-2001", page=ReadPage.RECORD, by=NORA, at=NOW)
    lenoir.post("/espace/langue", {"language": "en"})

    assert "Who read my record" in lenoir.get(READS).content.decode()
    assert a_browser_of("C-2001").get(READS).context["list"].lines[0].what == "your record"
