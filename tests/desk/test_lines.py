"""A line on the desk: what the records and the network say of it, who had what it has, and whose record that is."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from hashlib import sha256
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.cases.queries import reads
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.begin_survey import begin_survey
from ligneclaire.network.actions.compare_survey import compare_survey
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.order_build import order_build
from ligneclaire.network.actions.release_resource import release_resource
from ligneclaire.network.actions.take_observations import take_observations
from ligneclaire.network.states import ResourceKind, Seen, SiteKind
from ligneclaire.network.values import ObservationEntry, ResourceEntry, SiteEntry
from network.street import BOX, HER_PAIR, a_line, gives
from world import MONDAY, World

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat(MONDAY)
BEFORE = NOW - timedelta(days=400)
HERS, HIS = "+33465710401", "+33465710404"
IN_TOWN = "63000-A1-104"
LINE = "/lines/K-FIX-7"  # Mme Roussel's, Hugo's customer


def words(page: str) -> str:
    main = page[page.index("<main") : page.index("</main")]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).replace("\xa0", " ").split())


def shown(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return words(page.content.decode())


def surveys(*rows: ObservationEntry, at: datetime = NOW) -> None:
    survey = begin_survey(
        source="exchange", digest=sha256(str(rows).encode()).hexdigest(), seen_at=at, by=SYSTEM, at=at
    )
    take_observations(survey=survey.uuid, after=0, upto=len(rows), rows=rows, by=SYSTEM, at=at)
    compare_survey(survey=survey.uuid, due_on=date(2015, 2, 18), by=SYSTEM, at=at)


@pytest.fixture
def number(monday: World) -> str:
    """Her number is known to the network."""
    import_network(resources=[ResourceEntry(code=HERS, kind=ResourceKind.NUMBER)], by=SYSTEM, at=BEFORE)
    return gives("K-FIX-7", HERS, at=BEFORE)


def test_a_line_shows_what_it_has_and_what_the_network_sees_of_it(hugo: Client, number: str) -> None:
    surveys(
        ObservationEntry(resource=IN_TOWN, number=HERS, seen=Seen.SILENT),
        ObservationEntry(resource=IN_TOWN, number="", seen=Seen.SILENT),
        ObservationEntry(resource="63000-A1-105", number="", seen=Seen.ACTIVE),
    )

    text = shown(hugo, LINE)

    assert text.startswith("Mme Roussel C-4001 Ligne K-FIX-7 Contrat K-FIX-7 Technologie cuivre Lieu 12 RUE BLATIN")
    assert "Site 63000-A1 , point de concentration, 63000 Clermont-Ferrand Depuis 20 mai 2002" in text
    assert (
        "Paire de cuivre 63000-A1-104 20 mai 2002 – jusqu’à nouvel ordre "
        "silence vu le 16 février 2015, 10:00 (exchange) · 04 65 71 04 01" in text
    )
    assert "Numéro 04 65 71 04 01 12 janvier 2014 – jusqu’à nouvel ordre pas observé" in text
    assert "Une ligne l’a, mais rien n’y répond au plus tard le 18 février 2015 63000-A1-104 · ligne K-FIX-7" in text
    assert "Ce qu’elle a eu" not in text


def test_opening_a_line_is_a_reading_of_its_customers_record(hugo: Client) -> None:
    hugo.get(LINE)

    assert [(one.adviser, one.page, one.basis) for one in reads.of(["C-4001"], limit=5)] == [
        ("A-2", ReadPage.RECORD, Basis.ADVISER)
    ]


def test_who_has_nothing_in_hand_is_asked_first_and_sees_nothing(nora: Client) -> None:
    page = nora.get(LINE).content.decode()

    assert "Qu’est-ce qui vous amène" in page
    assert [sign for sign in ("Roussel", "63000-A1", "BLATIN") if sign in page] == []
    assert f'value="{LINE}"' in page
    assert reads.of(["C-4001"], limit=5) == ()


def test_who_had_a_pair_before_is_named_by_their_line_and_what_is_built_has_its_day(hugo: Client, number: str) -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR, at=BEFORE)
    release_resource(line="L-1", resource=HER_PAIR, because="moved", by=SYSTEM, at=NOW)
    gives(a_line("L-2"), HER_PAIR, at=NOW + timedelta(minutes=1))
    order_build(line="L-2", site=BOX, kind=ResourceKind.PORT, due_on=date(2015, 3, 4), by=SYSTEM, at=NOW)

    past, now = shown(hugo, "/lines/L-1"), shown(hugo, "/lines/L-2")

    assert "Elle n’a rien dans nos données. Ce qu’elle a eu Paire de cuivre 63510-D4-017" in past
    assert "1 autre titulaire L-2 16 février 2015 – jusqu’à nouvel ordre" in past
    assert "1 autre titulaire L-1 12 janvier 2014 – 16 février 2015" in now
    assert "Ce qui est en construction pour elle Port au plus tard le 4 mars 2015" in now
    assert "C-4001" not in now


def test_a_line_that_ended_says_so(hugo: Client, monday: World) -> None:
    monday.department("contracts").states("contract.ends_on", "2015-02-20", of="K-FIX-7")
    monday.it_is("2015-02-23 09:00")

    assert "terminée le 20 février 2015" in shown(hugo, LINE)


def test_the_customers_page_leads_to_their_lines(hugo: Client) -> None:
    page = hugo.get("/customers/C-4001").content.decode()
    assert re.findall(r'href="(/lines/[^"]*)" aria-label="([^"]*)"', page) == [
        ("/lines/K-FIX-7", "La ligne K-FIX-7 dans le réseau"),
        ("/lines/K-MOB-42", "La ligne K-MOB-42 dans le réseau"),
    ]

    import_network(lines=[], by=SYSTEM, at=NOW)
    a_line("L-1", customer="C-4001")

    page = hugo.get("/customers/C-4001").content.decode()
    assert re.findall(r'href="(/lines/[^"]*)">([^<]*)<', page) == [
        ("/lines/K-FIX-7", "La ligne K-FIX-7 dans le réseau"),
        ("/lines/L-1", "La ligne L-1 dans le réseau"),
    ]


@pytest.mark.parametrize("more", [0, 3])
def test_a_line_takes_the_same_queries_whatever_it_has(
    hugo: Client, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    boxes = [f"LB-{number}" for number in range(more)]
    import_network(resources=[ResourceEntry(code=code, kind=ResourceKind.BOX) for code in boxes], by=SYSTEM, at=BEFORE)
    for code in boxes:
        gives("K-FIX-7", code, at=BEFORE)
    hugo.get(LINE)

    with django_assert_num_queries(14):
        hugo.get(LINE)


def test_a_resource_is_found_in_any_spelling_and_says_who_had_it(ines: Client, number: str) -> None:
    found = [
        ines.get("/network", {"code": text})["Location"] for text in ("04 65 71 04 01", "63000-a1-104", "63000-A1")
    ]
    text = shown(ines, f"/resources/{HERS}")

    assert found == [f"/resources/{HERS}", f"/resources/{IN_TOWN}", "/sites/63000-A1"]
    assert text.startswith("Le réseau Numéro 04 65 71 04 01 Qui l’a ligne K-FIX-7 Ce que voit le réseau pas observé")
    assert "K-FIX-7 12 janvier 2014 – jusqu’à nouvel ordre order" in text
    assert "C-4001" not in text
    assert reads.of(["C-4001"], limit=5) == ()  # whose line that is, is not said here


def test_a_resource_that_somebody_unknown_uses_or_nobody_says_so(ines: Client) -> None:
    surveys(ObservationEntry(resource=HER_PAIR, number=HIS, seen=Seen.ACTIVE))

    taken, free = shown(ines, f"/resources/{HER_PAIR}"), shown(ines, "/resources/63000-A1-105")

    assert "Qui l’a utilisé par quelqu’un que nos données ne nomment pas" in taken
    assert "Ce que voit le réseau en service vu le 16 février 2015, 10:00 (exchange) · 04 65 71 04 04" in taken
    assert "En service, mais libre dans nos données" in taken
    assert free.startswith("Le réseau Paire de cuivre 63000-A1-105 libre Site 63000-A1")
    assert "Personne ne l’a jamais eu." in free


def test_a_site_says_what_is_free_and_what_hangs_on_it(ines: Client) -> None:
    under = SiteEntry(code="PBO-9", kind=SiteKind.PBO, commune="63510 Malintrat", territory="63", parent=BOX)
    import_network(sites=[under], by=SYSTEM, at=NOW)

    text, hanging = shown(ines, f"/sites/{BOX}"), shown(ines, "/sites/PBO-9")

    assert "Genre point de concentration Commune 63510 Malintrat Paire de cuivre 1 sur 3 libres" in text
    assert text.endswith(f"Paire de cuivre {HER_PAIR} usure 0 Ce qui y est rattaché PBO-9")
    assert "Rattaché à 63510-D4" in hanging
    assert "Rien n’est libre ici." in hanging


def test_of_many_that_are_free_the_best_are_listed_and_the_others_counted(ines: Client) -> None:
    pairs = [ResourceEntry(code=f"{BOX}-{n}", kind=ResourceKind.PAIR, site=BOX, wear=1) for n in range(100, 151)]
    import_network(resources=pairs, by=SYSTEM, at=NOW)

    text = shown(ines, f"/sites/{BOX}")

    assert (text.count("usure"), text.endswith("et 2 autres")) == (50, True)


def test_what_nobody_knows_is_said_and_has_no_page(ines: Client) -> None:
    assert "Nos données ne connaissent pas X-9." in shown(ines, "/network?code=X-9")
    assert "connaissent" not in shown(ines, "/network")
    assert "connaissent" in shown(ines, "/network?code=" + "9" * 99)
    assert [ines.get(f"/{kind}/X-9").status_code for kind in ("lines", "resources", "sites")] == [404, 404, 404]


def test_the_one_box_leads_to_a_pair_and_offers_the_line_beside_its_customer(ines: Client) -> None:
    assert ines.get("/customers", {"q": IN_TOWN})["Location"] == f"/resources/{IN_TOWN}"
    suggested = ines.get("/suggestions", {"q": "K-FIX-7"}).content.decode()

    assert re.findall(r'href="([^"]*)"', suggested) == ["/customers/C-4001", "/lines/K-FIX-7"]
    assert "2 suggestions" in suggested
    assert ines.get("/customers", {"q": "K-FIX-7"})["Location"] == "/customers/C-4001"
    assert re.findall(r'href="([^"]*)"', ines.get("/suggestions", {"q": BOX}).content.decode()) == [f"/sites/{BOX}"]
    assert re.findall(r'href="([^"]*)"', ines.get("/suggestions", {"q": IN_TOWN}).content.decode()) == [
        f"/resources/{IN_TOWN}"
    ]


def test_only_advisers_see_the_network(nobody: Client) -> None:
    for path in ("/network", LINE, f"/resources/{HER_PAIR}", f"/sites/{BOX}"):
        assert nobody.get(path).status_code == 403
