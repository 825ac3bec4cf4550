"""Customers report that a line does not work, and read first what we know of it already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ligneclaire.voice.rules.state import Mode
from space.conftest import a_browser_of
from space.moving import BROKEN, FRIDAY, LINE, Home, stated

pytestmark = pytest.mark.django_db
Goes = Callable[[datetime], None]
TITLE = "Le dépannage de votre contrat Internet et téléphone ADSL"
LINKS = [
    f'href="/espace/{what}?contract={contract}"'
    for contract in ("K-ADSL-1", "K-FIX-3")
    for what in ("demenager", "panne")
]
CREDIT = "Avoir pour les jours sans service"


@pytest.fixture
def home(clock_at: Goes) -> Home:
    """Mme Roussel, on Friday 20 November 2026 at noon."""
    return Home(clock_at)


def test_a_fault_is_reported_on_one_page(home: Home) -> None:
    form = home.opens("/espace/panne")
    page = home.client.get(form)
    assert list(page.context["form"].fields) == ["contract", "broken", "details", "since"]
    assert page.context["contract"] == LINE

    done = home.reports()

    assert stated() == [
        (
            "space",
            "contract:K-FIX-7",
            {
                "said": "Rien ne fonctionne\u00a0: ni Internet, ni téléphone. Plus de tonalité",
                "since": "2026-11-19",
                "received_by": "online",
            },
        )
    ]
    received = home.reads(done)
    for said in ("Plus de tonalité", "19\u00a0novembre\u00a02026", "s’affiche ici dans un instant"):
        assert said in received


def test_the_receipt_shows_the_plan_and_the_customer_hears_at_once(home: Home) -> None:
    done = home.reports()
    home.it_is("2026-11-20T12:01:00+01:00")

    plan = home.client.get(done).context["plan"].drawn

    assert [(step.what, step.when) for step in plan.steps] == [
        ("Panne reçue", "fait le 20 novembre 2026"),
        ("Prise en charge confirmée", "fait le 20 novembre 2026"),
        ("Diagnostic", "Date à venir"),
        ("Rétablissement de la ligne", "Date à venir, au plus tard le 22 novembre 2026"),
        ("Confirmation que votre ligne fonctionne", "Date à venir"),
    ]
    assert home.world.customer("C-4001").topics_heard() == [("2026-11-20 12:00", ["fault.reported"])]


def test_what_we_know_already_is_shown_with_its_date_instead_of_asked_again(home: Home) -> None:
    home.it_is("2026-11-23T10:00:00+01:00")
    home.world.department("exchange").states("line.cut", {}, of=LINE)
    home.it_is("2026-11-23T10:01:00+01:00")
    form = home.opens("/espace/panne")

    page = home.reads(form)

    assert "Nous le savons déjà et nous nous en occupons." in page
    assert '<form method="post" id="reporting"' not in page
    [(title, steps)] = home.plans(form)
    assert (title, steps[0]) == (TITLE, ("Rétablissement de la ligne", "le 25 novembre 2026"))
    assert home.client.post(form, BROKEN).status_code == 422
    assert stated() == []


def test_an_alarm_that_no_plan_has_heard_of_yet_is_known_too(home: Home) -> None:
    home.world.department("exchange").states("line.cut", {}, of=LINE)

    page = home.reads(home.opens("/espace/panne")).replace("\u00a0", " ")

    assert "Contrat K-FIX-7 : reçu le 20 novembre 2026" in page
    assert '<form method="post" id="reporting"' not in page


def test_another_line_can_still_be_reported(clock_at: Goes) -> None:
    home = Home(clock_at, customer="C-2001")
    home.reports(contract="K-ADSL-1")
    home.it_is("2026-11-20T12:01:00+01:00")

    page = home.client.get(home.opens("/espace/panne"))

    assert [one.contract for one in page.context["setting"].choices] == ["K-FIX-3"]
    assert "Une autre ligne" in page.content.decode()


def test_a_line_that_another_operator_has_is_reported_to_them(clock_at: Goes) -> None:
    home = Home(clock_at, customer="C-2001")
    home.world.department("third-party-operators").states(
        "line.taken_over_by", "other operator", of="K-ADSL-1", effective="2026-11-20"
    )
    home.it_is("2026-11-20T12:01:00+01:00")

    page = home.client.get(home.opens("/espace/panne"))

    assert [one.contract for one in page.context["setting"].choices] == ["K-FIX-3"]
    assert "La ligne du contrat K-ADSL-1 est passée chez un autre opérateur" in page.content.decode()
    assert home.client.post(home.opens("/espace/panne"), BROKEN | {"contract": "K-ADSL-1"}).status_code == 422
    contracts = home.reads("/espace/contrats")
    assert [link in contracts for link in LINKS] == [False, False, True, True]


def test_a_line_whose_contract_ends_is_repaired_until_then_and_does_not_move(clock_at: Goes) -> None:
    home = Home(clock_at, customer="C-2001")
    home.world.department("mailroom").states("termination.requested", {}, of="K-ADSL-1")
    home.it_is("2026-11-20T12:01:00+01:00")

    contracts, moving = home.reads("/espace/contrats"), home.reads(home.opens("/espace/demenager"))

    assert "Le contrat K-ADSL-1 prend fin" in moving
    assert "Voir ou retirer vos demandes" not in moving  # it was not asked for here
    assert [link in contracts for link in LINKS] == [False, True, True, True]


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"contract": ""}, {"contract": "Choisissez la ligne."}),
        ({"contract": "K-MOB-42"}, {"contract": "Cette ligne ne peut pas être choisie ici."}),
        ({"broken": ""}, {"broken": "Choisissez ce qui ne fonctionne pas."}),
        ({"broken": "everything"}, {"broken": "Choisissez ce qui ne fonctionne pas."}),
        ({"broken": "other", "details": ""}, {"details": "Dites en quelques mots ce qui ne fonctionne pas."}),
        ({"since": "21/11/2026"}, {"since": "Cette date est à venir. Indiquez aujourd’hui ou une date antérieure."}),
        ({"since": "hier"}, {"since": "Écrivez le jour ainsi : 31/01/2027."}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    home: Home, changed: dict[str, str], faults: dict[str, str]
) -> None:
    page = home.client.post(home.opens("/espace/panne"), BROKEN | changed)

    assert page.status_code == 422
    assert {name: said.replace("\u00a0", " ") for name, said in page.context["form"].faults()} == faults
    html = page.content.decode()
    for name in faults:
        assert f'id="{name}_error"' in html
        assert f'href="#{name}"' in html
    for name, value in (BROKEN | changed).items():
        assert page.context["form"][name].value() == value
    assert stated() == []


def test_too_many_words_are_wrong_once(home: Home) -> None:
    page = home.client.post(home.opens("/espace/panne"), BROKEN | {"broken": "other", "details": "x" * 301})

    assert [name for name, _ in page.context["faults"]] == ["details"]
    assert len(page.context["form"].errors["details"]) == 1


def test_something_else_is_said_in_words_only(home: Home) -> None:
    home.reports(broken="other", details="  La box  clignote ", since="")

    assert [value for _, _, value in stated()] == [{"said": "La box clignote", "received_by": "online"}]


def test_sending_twice_is_one_report(home: Home) -> None:
    form = home.opens("/espace/panne")
    sent = [home.client.post(form, BROKEN | {"details": words}) for words in ("", "", "encore")]

    assert {answer.headers["Location"] for answer in sent} == {f"{form}/signalee"}
    assert home.client.get(form).headers["Location"] == f"{form}/signalee"
    assert len(stated()) == 1


def test_two_forms_at_once_are_one_report(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = home.opens("/espace/panne"), home.opens("/espace/panne")
    known = home.client.get(second).context["known"]
    home.client.post(first, BROKEN)
    with monkeypatch.context() as patched:  # the second was looked at before the first was there
        patched.setattr("ligneclaire.space.lines.known", lambda _here, **_: known)
        answer = home.client.post(second, BROKEN)

    assert answer.headers["Location"] == second
    assert len(stated()) == 1


def test_a_report_of_somebody_else_is_not_there(home: Home) -> None:
    done = home.reports()
    form = done.removesuffix("/signalee")
    garnier = a_browser_of("C-4002", at=datetime.fromisoformat(FRIDAY))

    assert [garnier.get(path).status_code for path in (form, done)] == [404, 404]
    assert garnier.post(form, BROKEN).status_code == 404
    assert home.client.get(f"{home.opens('/espace/panne')}/signalee").status_code == 302


def test_days_without_service_that_we_told_of_stand_among_the_amounts(home: Home) -> None:
    home.reports()
    home.it_is("2026-11-23T10:00:00+01:00")
    assert CREDIT not in [row.what for row in home.client.get("/espace/").context["home"].told]
    home.world.department("technical-service").states("line.proven", {}, of=LINE)
    home.it_is("2026-11-25T10:00:00+01:00")

    rows = home.client.get("/espace/").context["home"].told

    assert [(row.what, row.about, row.value.replace("\u202f", " ").replace("\u00a0", " ")) for row in rows] == [
        (CREDIT, "Internet et téléphone ADSL", "4,80 € pour la période du 20 novembre 2026 au 23 novembre 2026"),
    ]
    home.it_is("2027-02-01T10:00:00+01:00")
    assert a_browser_of("C-4001", at=home.now).get("/espace/").context["home"].told == ()


def test_what_was_only_proposed_to_be_told_is_no_amount_of_theirs(home: Home) -> None:
    home.world.voice(Mode.SHADOW)
    home.reports()
    home.it_is("2026-11-23T10:00:00+01:00")
    home.world.department("technical-service").states("line.proven", {}, of=LINE)
    home.it_is("2026-11-25T10:00:00+01:00")

    assert home.client.get("/espace/").context["home"].told == ()


def test_a_page_asks_the_database_a_fixed_number_of_times(home: Home) -> None:
    counts = [queries_of(home, home.opens("/espace/panne"))]
    done = home.reports()
    home.it_is("2026-11-20T12:01:00+01:00")

    counts += [queries_of(home, path) for path in (home.opens("/espace/panne"), done)]

    assert counts == [12, 14, 14]


def queries_of(home: Home, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert home.client.get(path).status_code == 200
    return len(asked)
