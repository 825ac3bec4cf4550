"""Customers have a line moved in their space: three steps, nothing lost, nothing asked twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.network.models import Line
from ligneclaire.space.forms.lines import Lines
from ligneclaire.space.forms.lines import Move as MoveForm
from ligneclaire.visits.actions.book_visit import book_visit
from ligneclaire.visits.actions.hold_slot import hold_slot
from ligneclaire.visits.queries import links, needs
from ligneclaire.visits.values import Window
from space.conftest import a_browser_of, a_guest
from space.moving import FRIDAY, LINE, MOVING, ROUSSEL, Home, stated
from visits.field import a_technician, employ

pytestmark = pytest.mark.django_db
Goes = Callable[[datetime], None]
ADDRESS = "12 RUE BLATIN, 63000 CLERMONT FERRAND"
TITLE = "Le déménagement de votre contrat Internet et téléphone ADSL"
LATER = "Date à venir"


@pytest.fixture
def home(clock_at: Goes) -> Home:
    """Mme Roussel, on Friday 20 November 2026 at noon."""
    return Home(clock_at)


def test_a_line_moves_in_three_steps(home: Home) -> None:
    form = home.opens("/espace/demenager")
    page = home.client.get(form)
    assert list(page.context["form"].fields) == [
        "contract", "address", "postcode", "town", "wished_on", "old_line"
    ]  # fmt: skip
    assert (page.context["contract"], page.context["old_line"]) == (LINE, "stays")
    assert "10 jours ouvrés, ce qui mène au 4\u00a0décembre\u00a02026" in page.content.decode()
    assert "à partir du 23\u00a0novembre\u00a02026" in page.content.decode()

    assert home.fills_in(form).headers["Location"] == f"{form}/resume"
    summary = home.reads(f"{form}/resume")
    assert stated() == []
    for said in ("3 rue du Four, 63510 Malintrat", "11\u00a0décembre\u00a02026", "Elle reste jusqu’à ce que"):
        assert said in summary
    sent = home.client.post(f"{form}/resume")

    assert sent.headers["Location"] == f"{form}/demande"
    assert stated() == [
        (
            "space",
            "contract:K-FIX-7",
            {
                "from": ADDRESS,
                "to": "3 rue du Four, 63510 Malintrat",
                "date": "2026-12-11",
                "signed": True,
                "received_by": "online",
            },
        )
    ]


def test_the_receipt_shows_what_was_asked_for_and_then_the_plan_with_its_dates(home: Home) -> None:
    done = home.moves()
    at_once = home.reads(done)
    assert '<time datetime="2026-11-20T12:00' in at_once
    assert "s’affiche ici dans un instant" in at_once

    home.it_is("2026-11-20T12:01:00+01:00")
    page = home.client.get(done)

    assert "s’affiche ici dans un instant" not in page.content.decode()
    assert [(step.what, step.when) for step in page.context["plan"].drawn.steps] == [
        ("Demande reçue", "fait le 20 novembre 2026"),
        ("Demande confirmée", "fait le 20 novembre 2026"),
        ("Rendez-vous convenu", LATER),
        ("Construction de la nouvelle ligne", LATER),
        ("Essai de la nouvelle ligne", LATER),
        ("Coupure de l’ancienne ligne", LATER),
        ("Numéro, messagerie et options", LATER),
        ("Confirmation que votre ligne fonctionne", LATER),
    ]


def test_whoever_wants_the_old_line_cut_says_so_and_it_is_recorded(home: Home) -> None:
    form = home.opens("/espace/demenager")
    home.fills_in(form, old_line="cut")
    says = "Je demande que mon ancienne ligne soit coupée le 11\u00a0décembre\u00a02026"
    assert says in home.reads(f"{form}/resume")

    home.client.post(f"{form}/resume")

    [(_, _, value)] = stated()
    assert isinstance(value, dict)
    assert {name: value[name] for name in ("cut_first", "signed", "date")} == {
        "cut_first": True,
        "signed": True,
        "date": "2026-12-11",
    }
    assert says in home.reads(f"{form}/demande")


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"contract": ""}, {"contract": "Choisissez la ligne."}),
        ({"contract": "K-MOB-42"}, {"contract": "Cette ligne ne peut pas être choisie ici."}),
        ({"contract": "K-ADSL-1"}, {"contract": "Cette ligne ne peut pas être choisie ici."}),
        ({"address": ""}, {"address": "Indiquez le numéro et la voie."}),
        ({"postcode": ""}, {"postcode": "Indiquez le code postal."}),
        ({"postcode": "6351"}, {"postcode": "Un code postal a cinq chiffres, par exemple 63510."}),
        ({"town": " "}, {"town": "Indiquez la commune."}),
        ({"wished_on": ""}, {"wished_on": "Indiquez la date à laquelle vous avez besoin de la ligne."}),
        ({"wished_on": "bientôt"}, {"wished_on": "Écrivez le jour ainsi : 31/01/2027."}),
        (
            {"wished_on": "19/11/2026"},
            {"wished_on": "Cette date est passée. Indiquez le 23 novembre 2026 ou une date ultérieure."},
        ),
        (
            {"wished_on": "21/11/2026"},
            {"wished_on": "C’est trop tôt : la première date possible est le 23 novembre 2026."},
        ),
        (
            {"wished_on": "20/12/2026"},
            {
                "wished_on": "Personne n’intervient sur les lignes ce jour-là. Indiquez par exemple "
                "le 18 décembre 2026 ou le 21 décembre 2026."
            },
        ),
        (
            {"wished_on": "20/11/2027"},
            {
                "wished_on": "C’est dans plus d’un an. Indiquez une date jusqu’au 19 novembre 2027, "
                "ou revenez plus tard."
            },
        ),
        ({"old_line": ""}, {"old_line": "Choisissez ce que devient votre ancienne ligne."}),
        ({"old_line": "both"}, {"old_line": "Choisissez ce que devient votre ancienne ligne."}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    home: Home, changed: dict[str, str], faults: dict[str, str]
) -> None:
    form = home.opens("/espace/demenager")

    page = home.fills_in(form, **changed)

    assert page.status_code == 422
    assert {name: said.replace("\u00a0", " ") for name, said in page.context["form"].faults()} == faults
    html = page.content.decode()
    for name in faults:
        assert f'id="{name}_error"' in html
        assert f'href="#{name}"' in html
    for name, value in (MOVING | changed).items():
        assert page.context["form"][name].value() == value
        assert home.client.get(form).context["form"][name].value() == value
    again = home.client.get(f"{form}/resume")
    assert again.headers["Location"] == f"{form}?check=1"
    assert home.client.get(again.headers["Location"]).context["faults"] == page.context["faults"]
    assert stated() == []


@pytest.mark.parametrize(
    ("country", "postcode", "is_right"), [("FR", "63 510", True), ("FR", "1000-205", False), ("PT", "1000-205", True)]
)
def test_a_postcode_is_read_as_its_country_writes_it(country: str, postcode: str, *, is_right: bool) -> None:
    today = datetime.fromisoformat(FRIDAY).date()
    setting = Lines(today=today, calendar=Calendar(), country=country, choices=[])

    assert ("postcode" not in MoveForm(MOVING | {"postcode": postcode}, setting=setting).errors) is is_right


def test_the_first_and_the_last_day_possible_are_taken(home: Home) -> None:
    form = home.opens("/espace/demenager")

    for day in ("23/11/2026", "2027-11-19"):
        assert home.fills_in(form, wished_on=day).headers["Location"] == f"{form}/resume"


def test_sending_twice_is_one_request_and_every_way_back_leads_to_it(home: Home) -> None:
    form = home.opens("/espace/demenager")
    home.fills_in(form)
    sent = [home.client.post(f"{form}/resume").headers["Location"] for _ in range(2)]

    assert sent == [f"{form}/demande"] * 2
    for path in (form, f"{form}/resume"):
        assert home.client.get(path).headers["Location"] == f"{form}/demande"
    assert home.fills_in(form, town="Lempdes").headers["Location"] == f"{form}/demande"
    home.it_is("2026-11-20T12:05:00+01:00")
    assert home.client.post(f"{form}/resume").headers["Location"] == f"{form}/demande"
    assert len(stated()) == 1


def test_a_second_form_is_not_sent_while_a_move_is_under_way(home: Home) -> None:
    first, second = home.opens("/espace/demenager"), home.opens("/espace/demenager")
    for form in (first, second):
        home.fills_in(form)
    home.client.post(f"{first}/resume")

    refused = home.client.post(f"{second}/resume")

    assert refused.headers["Location"] == f"{second}?check=1"
    shown = home.reads(f"{second}?check=1")
    assert "Contrat K-FIX-7 : reçu le" in shown.replace("\u00a0", " ")
    assert '<form method="post" id="moving"' not in shown
    assert len(stated()) == 1


def test_a_move_under_way_is_shown_instead_of_the_form_with_the_dates_that_were_told(home: Home) -> None:
    home.moves()
    home.it_is("2026-11-24T09:00:00+01:00")
    form = home.opens("/espace/demenager")

    assert '<form method="post" id="moving"' not in home.reads(form)
    assert home.plans(form) == [
        (
            TITLE,
            [
                ("Rendez-vous convenu", LATER),
                ("Construction de la nouvelle ligne", LATER),
                ("Essai de la nouvelle ligne", "le 11 décembre 2026"),
                ("Coupure de l’ancienne ligne", LATER),
                ("Numéro, messagerie et options", LATER),
                ("Confirmation que votre ligne fonctionne", LATER),
            ],
        )
    ]
    assert home.plans("/espace/") == home.plans(form)


def test_the_next_move_leaves_from_where_the_line_is_by_then(home: Home) -> None:
    home.moves()
    home.it_is("2026-12-11T09:00:00+01:00")
    home.world.department("technical-service").states("line.proven", {}, of=LINE)
    for what in ("line.cut", "number.moved"):
        home.world.department("exchange").states(what, {}, of=LINE)
    home.it_is("2026-12-15T09:00:00+01:00")
    assert home.plans("/espace/") == []

    home.moves(address="1 place de Jaude", wished_on="2027-03-01")

    [_, (_, _, value)] = stated()
    assert isinstance(value, dict)
    assert (value["from"], value["to"]) == ("3 rue du Four, 63510 Malintrat", "1 place de Jaude, 63510 Malintrat")


def test_a_line_with_a_place_of_its_own_leaves_from_there(clock_at: Goes) -> None:
    home = Home(clock_at, customer="C-2001")

    home.moves(contract="K-FIX-3")

    [(_, _, value)] = stated()
    assert isinstance(value, dict)
    assert value["from"] == "résidence secondaire, 33120 Arcachon"


def test_a_line_whose_contract_ends_does_not_move(clock_at: Goes) -> None:
    home = Home(clock_at, customer="C-2001")
    home.world.department("contracts").passes_on("termination.requested", received_by="online")
    home.it_is("2026-11-20T12:01:00+01:00")

    page = home.client.get(home.opens("/espace/demenager"))

    assert [one.contract for one in page.context["setting"].choices] == ["K-FIX-3"]
    assert "Le contrat K-ADSL-1 prend fin" in page.content.decode()


def test_a_line_that_the_records_do_not_know_leaves_from_its_customers_address(home: Home) -> None:
    Line.objects.filter(contract=LINE).update(place="")

    home.moves()

    [(_, _, value)] = stated()
    assert isinstance(value, dict)
    assert value["from"] == ADDRESS


def test_the_page_of_contracts_leads_to_a_form_with_the_line_chosen(clock_at: Goes) -> None:
    home = Home(clock_at, customer="C-2001")
    links = [
        f"/espace/{what}?contract={contract}" for contract in ("K-ADSL-1", "K-FIX-3") for what in ("demenager", "panne")
    ]
    contracts = home.reads("/espace/contrats")

    assert [link for link in links if f'href="{link}"' in contracts] == links
    assert "contract=K-MOB-2" not in contracts
    for link, contract in ((links[2], "K-FIX-3"), (links[3], "K-FIX-3"), ("/espace/demenager?contract=x", "")):
        page = home.client.get(link, follow=True)
        assert page.context["contract"] == contract


def test_who_has_no_line_at_a_place_reads_so(clock_at: Goes) -> None:
    home = Home(clock_at, customer="C-3001")

    assert "Vous n’avez pas de ligne fixe" in home.client.get("/espace/demenager", follow=True).content.decode()
    assert "/espace/demenager" not in home.reads("/espace/")


def test_a_form_of_somebody_else_is_not_there(home: Home) -> None:
    done = home.moves()
    form = done.removesuffix("/demande")
    garnier = a_browser_of("C-4002", at=datetime.fromisoformat(FRIDAY))

    assert [garnier.get(path).status_code for path in (form, f"{form}/resume", done)] == [404, 404, 404]
    assert home.client.get(f"/espace/panne/{form.rsplit('/', 1)[1]}").status_code == 404


def test_what_was_not_sent_is_neither_summed_up_nor_received(home: Home) -> None:
    form = home.opens("/espace/demenager")

    assert home.client.get(f"{form}/resume").headers["Location"] == f"{form}?check=1"
    assert home.client.get(f"{form}/demande").headers["Location"] == form
    assert home.client.get(f"{form}?check=1").context["faults"] == []


def test_too_many_forms_wait_and_lose_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligneclaire.contracts.actions.keep_draft.MOST_IN_AN_HOUR", 0)

    page = home.fills_in(home.opens("/espace/demenager"))

    assert page.status_code == 429
    assert page.context["form"]["town"].value() == "Malintrat"


def test_a_page_asks_the_database_a_fixed_number_of_times(home: Home) -> None:
    form = home.opens("/espace/demenager")
    home.fills_in(form)
    empty = [queries_of(home, path) for path in (form, f"{form}/resume", "/espace/")]
    done = home.moves()
    home.it_is("2026-11-20T12:01:00+01:00")

    under_way = [queries_of(home, path) for path in (home.opens("/espace/demenager"), done, "/espace/")]

    assert (empty, under_way) == ([13, 14, 11], [15, 14, 13])


def queries_of(home: Home, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert home.client.get(path).status_code == 200
    return len(asked)


def test_the_appointment_is_chosen_moved_and_cancelled_from_the_plan(home: Home) -> None:
    employ(a_technician("T-1"))
    home.moves()
    home.it_is("2026-11-20T12:01:00+01:00")
    [need] = [one.reference for one in needs.open_of(LINE)]
    page = home.reads("/espace/")
    assert f'<a class="btn btn-primary" href="{links.path(need)}">' in page
    assert "Choisir votre rendez-vous</a>" in page
    window = Window(
        starts=datetime.fromisoformat("2026-12-08T10:00:00+01:00"),
        ends=datetime.fromisoformat("2026-12-08T12:00:00+01:00"),
    )
    roussel = Actor(ActorKind.CUSTOMER, ROUSSEL)
    book_visit(reference=hold_slot(need=need, window=window, by=roussel, at=home.now), by=roussel, at=home.now)
    home.it_is("2026-11-20T12:02:00+01:00")

    page = home.reads(home.opens("/espace/demenager"))
    assert "Le technicien vient le <strong>8 décembre 2026</strong> entre 10:00 et 12:00." in page
    assert f'<a href="{links.path(need)}">Déplacer ou annuler</a>' in page
    [(_, steps)] = home.plans("/espace/")
    assert ("Construction de la nouvelle ligne", "le 8 décembre 2026") in steps
    row = next(
        row for row in home.client.get("/espace/").context["home"].told if row.what == "Rendez-vous du technicien"
    )
    assert (row.value, row.says_day) == ("8 décembre 2026, entre 10 h et 12 h", True)


def test_nobody_is_asked_to_choose_when_the_line_works_already(home: Home) -> None:
    home.moves()
    home.it_is("2026-11-20T12:01:00+01:00")
    assert "Choisir votre rendez-vous" in home.reads("/espace/")
    home.world.department("technical-service").states("line.proven", {}, of=LINE)
    home.it_is("2026-11-20T12:02:00+01:00")

    assert [len(one.appointments) for one in home.client.get("/espace/").context["home"].plans] == [0]


def test_the_help_for_everybody_says_how_a_move_goes(home: Home) -> None:
    page = a_guest().get("/aide/ligne").content.decode()

    assert "Il faut d’habitude 10 jours ouvrés." in page
    assert 'href="/espace/demenager"' in page
    assert a_guest().get("/bienvenue").content.decode().count('href="/aide/ligne"') == 2
    assert home.reads("/espace/").count('href="/espace/demenager"') == 1
