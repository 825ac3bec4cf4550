"""Advisers open records for a reason, at the price of one click, and nothing is shown before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contracts.leaving import GUEST, typed
from desk.conftest import log_in
from ligneclaire.cases.queries import reads
from ligneclaire.cases.queries.reads import Alarm
from ligneclaire.cases.states import Basis, OccasionKind, ReadPage
from ligneclaire.channels.queries import messages
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.kernel import clock
from ligneclaire.people.models import Login
from world import MONDAY, World

pytestmark = pytest.mark.django_db
ROUSSEL = "/customers/C-4001"  # Hugo's
OCCASION = f"{ROUSSEL}/occasion"
LENOIR = "/customers/C-2001"
PART = {"HX-Request": "true"}


@pytest.fixture
def ines(monday: World) -> Client:
    """Inès's browser: nothing of the Lenoirs is hers."""
    return log_in("A-3", "ines")


def log(customer: str) -> list[tuple[str, ReadPage, Basis, OccasionKind | None, str]]:
    """Who read what and why, oldest first."""
    return [
        (card.adviser, card.page, card.basis, card.occasion, card.words)
        for card in reversed(reads.of([customer], limit=20))
    ]


def settle(monday: World) -> None:
    """The contradiction, for which everybody might open the Lenoirs' record, is over."""
    monday.adviser("A-1").settles("equipment.days_after_formal_notice", 10, because="Avis")


def test_an_adviser_with_nothing_in_hand_is_asked_and_sees_nothing_before(nora: Client) -> None:
    page = nora.get(ROUSSEL)

    text = page.content.decode()
    assert (page.status_code, "Qu’est-ce qui vous amène" in text) == (200, True)
    assert [sign for sign in ("Roussel", "K-FIX-7", "05 36 49", "Hugo") if sign in text] == []
    assert log("C-4001") == []


def test_one_click_is_enough_and_holds_for_the_day(nora: Client, clock_at: Callable[[datetime], None]) -> None:
    asked = nora.get(f"{ROUSSEL}?from=somewhere")
    assert 'value="/customers/C-4001?from=somewhere"' in asked.content.decode()

    answer = nora.post(OCCASION, {"kind": "PHONE", "next": "/customers/C-4001?from=somewhere"})

    assert (answer.status_code, answer["Location"]) == (302, "/customers/C-4001?from=somewhere")
    assert "Mme Roussel" in nora.get(ROUSSEL).content.decode()
    clock_at(datetime.fromisoformat(MONDAY) + timedelta(hours=8))
    assert "Mme Roussel" in nora.get(ROUSSEL).content.decode()
    assert log("C-4001") == [("A-1", ReadPage.RECORD, Basis.OCCASION, OccasionKind.PHONE, "")] * 2
    clock_at(datetime.fromisoformat(MONDAY) + timedelta(hours=15))
    assert "Mme Roussel" not in nora.get(ROUSSEL).content.decode()


def test_something_else_is_said_in_words(nora: Client) -> None:
    missing = nora.post(OCCASION, {"kind": "OTHER", "words": " ", "next": f"{ROUSSEL}/thread"})

    assert missing.status_code == 422
    assert "Dites-le en une phrase" in missing.content.decode()
    assert f'value="{ROUSSEL}/thread"' in missing.content.decode()
    assert nora.post(OCCASION, {"kind": "WEATHER"}).status_code == 422

    nora.post(OCCASION, {"kind": "OTHER", "words": "Vérification demandée par le DPO"})
    nora.get(ROUSSEL)
    assert log("C-4001") == [
        ("A-1", ReadPage.RECORD, Basis.OCCASION, OccasionKind.OTHER, "Vérification demandée par le DPO")
    ]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "", "customers"])
def test_the_way_back_is_a_page_of_the_desk(nora: Client, elsewhere: str) -> None:
    assert nora.post(OCCASION, {"kind": "COUNTER", "next": elsewhere})["Location"] == ROUSSEL


def test_nobody_is_asked_about_a_customer_who_is_not_there(nora: Client, nobody: Client) -> None:
    assert nora.post("/customers/C-404/occasion", {"kind": "PHONE"}).status_code == 404
    assert nora.get(OCCASION).status_code == 405
    assert nobody.post(OCCASION, {"kind": "PHONE"}).status_code == 403
    assert Client().post(OCCASION, {"kind": "PHONE"})["Location"].startswith("/login")


def test_every_page_of_a_record_asks_first_and_is_logged(ines: Client, monday: World) -> None:
    settle(monday)
    monday.department("shop").states("equipment.received", ["box"])
    monday.it_is("2015-02-16T10:00:01+01:00")
    [card] = messages.of(["C-2001"])
    pages = {
        LENOIR: ReadPage.RECORD,
        f"{LENOIR}/thread": ReadPage.RECORD,
        f"{LENOIR}/letter.pdf?subject=contract:K-ADSL-1": ReadPage.PREVIEW,
        f"{LENOIR}/label/K-ADSL-1.pdf": ReadPage.LABEL,
        f"{LENOIR}/receipt/1.pdf": ReadPage.RECEIPT,
        f"/messages/{card.uuid}": ReadPage.MESSAGE,
        f"/messages/{card.uuid}/letter.pdf": ReadPage.MESSAGE,
    }
    before = log("C-2001")

    for path in pages:
        asked = ines.get(path)
        assert "Qu’est-ce qui vous amène" in asked.content.decode(), path
        assert "Lenoir" not in asked.content.decode()
    assert "Lenoir" not in ines.post(f"{LENOIR}/settle", {"question": 1}).content.decode()
    assert log("C-2001") == before

    ines.post(f"{LENOIR}/occasion", {"kind": "COLLEAGUE"})
    for path in pages:
        assert "Qu’est-ce qui vous amène" not in ines.get(path).content.decode(errors="replace")
    assert [line[:3] for line in log("C-2001") if line[0] == "A-3"] == [
        ("A-3", page, Basis.OCCASION) for page in dict.fromkeys(pages.values())
    ]


def test_a_part_of_an_open_page_stays_as_it_is_when_the_day_is_over(
    nora: Client, clock_at: Callable[[datetime], None]
) -> None:
    nora.post(OCCASION, {"kind": "PHONE"})
    assert nora.get(f"{ROUSSEL}/live", headers=PART).status_code == 200

    clock_at(datetime.fromisoformat(MONDAY) + timedelta(days=1))

    assert [
        (response.status_code, response.content)
        for response in (
            nora.get(f"{ROUSSEL}/live", headers=PART),
            nora.post(f"{ROUSSEL}/settle", {"question": 1}, headers=PART),
        )
    ] == [(409, b"")] * 2


def test_who_settles_what_waited_on_today_goes_on_without_being_asked(ines: Client, monday: World) -> None:
    assert "M. et Mme Lenoir" in ines.get(LENOIR).content.decode()
    settle(monday)

    assert "M. et Mme Lenoir" in ines.get(LENOIR).content.decode()
    assert log("C-2001")[0] == ("A-3", ReadPage.RECORD, Basis.QUESTION, None, "")


def test_a_request_belongs_to_a_record_once_it_is_known_whose_it_is(nora: Client, hugo: Client, ines: Client) -> None:
    declared = typed(surname="Personne", lines=("+33639980201",), references="K-FIX-7")
    reference = request_termination(declared=declared, by=GUEST, at=clock.now()).reference
    assert "Personne" in nora.get(f"/requests/{reference}").content.decode()

    nora.post(f"/requests/{reference}/match", {"contracts": ["K-FIX-7"]})

    assert "Personne" in nora.get(f"/requests/{reference}").content.decode()
    for path in (f"/requests/{reference}", f"/requests/{reference}/proofs/1"):
        assert "Qu’est-ce qui vous amène" in ines.get(path).content.decode()
    assert log("C-4001") == [("A-1", ReadPage.REQUEST, Basis.REQUEST, None, "")]


def test_asking_takes_seven_queries(nora: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(7):
        nora.get(ROUSSEL)


def test_an_alarm_stands_on_today_for_everyone(hugo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "sans affaire en main" not in hugo.get("/").content.decode()
    raised = Alarm(adviser="A-1", adviser_name="Nora Benali", customers=212, at=clock.now())
    monkeypatch.setattr(reads, "alarms", lambda **_: (raised,))

    assert "Nora Benali a ouvert les dossiers de 212 clients en une heure" in hugo.get("/").content.decode()


@pytest.fixture
def alarmed(hugo: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """Hugo opened two records without a matter in hand, which are very many here; the instant of that."""
    monkeypatch.setattr(reads, "ALARM_AT", 2)
    for customer in ("C-1001", "C-3001"):
        hugo.post(f"/customers/{customer}/occasion", {"kind": "PHONE"})
        hugo.get(f"/customers/{customer}")
    [alarm] = reads.alarms(at=clock.now())
    return alarm.at.isoformat()


def test_a_supervisor_ticks_off_an_alarm_with_a_word(nora: Client, alarmed: str) -> None:
    Login.objects.filter(adviser__number="A-1").update(is_supervisor=True)
    path = "/alarms/A-2/tick-off"
    assert f'action="{path}"' in nora.get("/").content.decode()

    missing = nora.post(path, {"reached_at": alarmed, "note": " "})
    late = nora.post(path, {"reached_at": "2015-02-16T08:00:00+00:00", "note": "Formation"})
    done = nora.post(path, {"reached_at": alarmed, "note": "Formation"})

    assert (missing.status_code, list(missing.context["alarm_form"].errors)) == (422, ["note"])
    assert (late.status_code, "Vous aviez écrit" in late.content.decode()) == (422, True)
    assert (done.status_code, reads.alarms(at=clock.now())) == (302, ())
    assert nora.post("/alarms/A-404/tick-off", {"reached_at": alarmed, "note": "x"}).status_code == 422


def test_who_does_not_supervise_ticks_off_no_alarm(nora: Client, alarmed: str) -> None:
    assert "/alarms/" not in nora.get("/").content.decode()
    assert nora.post("/alarms/A-2/tick-off", {"reached_at": alarmed, "note": "Formation"}).status_code == 403
    assert len(reads.alarms(at=clock.now())) == 1
