"""The page of a link on which a customer chooses when a technician comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseBase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from builders import a_world
from ligneclaire.people.actions.choose_language import choose_language
from ligneclaire.visits.actions.close_visit import close_visit
from ligneclaire.visits.actions.end_need import end_need
from ligneclaire.visits.actions.miss_visit import miss_visit
from ligneclaire.visits.actions.set_out import set_out
from ligneclaire.visits.queries import links, visits
from ligneclaire.visits.states import MissedBy, VisitState
from network.street import HER_PAIR, NOW, a_line
from space.conftest import a_guest
from visits.field import (
    CUSTOMER,
    DAY,
    FIELD,
    HOUR,
    MINUTE,
    a_need,
    a_technician,
    a_visit,
    at,
    card,
    employ,
    holds,
    recorded,
    technicians,
)

pytestmark = pytest.mark.django_db
EIGHT, TEN, THREE = (
    f"2015-03-03T{hour}:00:00+01:00/2015-03-03T{hour + 2 if hour > 9 else 10}:00:00+01:00".replace("T8", "T08")
    for hour in (8, 10, 15)
)
Goes = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def goes(clock_at: Goes) -> Goes:
    """It is Monday, and one technician works in the territory."""
    a_world()
    technicians("T-1")
    clock_at(NOW)
    return clock_at


class Guest:
    """Somebody with the link, and nothing else."""

    def __init__(self, contract: str = "K-FIX-9") -> None:
        self.client, self.path = a_guest(), links.path(a_need(contract))

    def reads(self, more: str = "") -> str:
        page = self.client.get(self.path + more)
        assert page.status_code == 200
        return page.content.decode()

    def does(self, **what: str) -> str:
        """Press a button; what the page then shows."""
        page = self.client.post(self.path, what, follow=True)
        assert page.status_code == 200
        return page.content.decode()

    def is_refused(self, **what: str) -> str:
        page = self.client.post(self.path, what)
        assert page.status_code == 422
        return page.content.decode()

    @property
    def held(self) -> str:
        need = links.need_of(self.path.split("/")[2])
        assert need is not None
        [one] = [one.reference for one in visits.of_need(need) if one.state is VisitState.HELD]
        return one


def test_a_time_is_chosen_and_confirmed_by_whoever_has_the_link() -> None:
    guest = Guest()
    page = guest.reads()
    assert "Pour réparer votre ligne" in page
    assert "5 RUE DU FOUR, 63510 MALINTRAT" in page
    assert page.count('name="choose"') == 40

    held = guest.does(choose=EIGHT)
    assert "Nous vous le gardons jusqu’à 10:15." in held
    assert 'name="choose"' not in held
    booked = guest.does(confirm=guest.held)

    assert "Votre rendez-vous est pris" in booked
    assert "Marcel T. vient chez vous" in booked
    assert "entre <strong>08:00</strong> et <strong>10:00</strong>" in booked
    assert [kind for kind, _ in recorded()] == ["visits.booked", "visit.repair_at"]


def test_the_link_needs_no_session_and_shows_nothing_of_anybody_else() -> None:
    other = a_visit(10, contract="K-FIX-7")
    guest = Guest()

    assert "été libéré entre-temps" in guest.is_refused(confirm=other)
    assert "été libéré entre-temps" in guest.is_refused(cancel=other)
    assert "entre-temps" in guest.is_refused(cancel="LC-0000-0000")
    assert card(other).state is VisitState.BOOKED
    assert guest.client.get(f"{guest.path[:-2]}x/").status_code == 404
    assert guest.client.get("/visits/LC-0000-0000/").status_code == 404
    assert guest.path == reverse("space:visit", args=[guest.path.split("/")[2]])
    page = guest.client.get(guest.path)
    assert (page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == ("noindex", True)


def test_what_somebody_else_took_meanwhile_is_said_and_others_are_offered() -> None:
    guest = Guest()
    a_visit(8, contract="K-FIX-7")

    page = guest.is_refused(choose=EIGHT)

    assert "Quelqu’un d’autre vient de prendre ce créneau" in page
    assert page.count('name="choose"') == 39
    assert "trop tôt" in guest.is_refused(choose=EIGHT.replace("03-03", "03-02"))
    assert "Personne ne peut venir à ce moment-là" in guest.is_refused(choose=EIGHT.replace("03-03", "03-08"))


@pytest.mark.parametrize("text", ["", "x", "2015-03-03/2015-03-04", "x/y", "/".join(reversed(EIGHT.split("/")))])
def test_what_no_button_sends_does_nothing(text: str) -> None:
    assert 'name="choose"' in Guest().does(choose=text)


def test_a_choice_is_given_back() -> None:
    guest = Guest()
    guest.does(choose=EIGHT)

    page = guest.does(cancel=guest.held)

    assert page.count('name="choose"') == 40


def test_a_hold_that_is_over_leads_back_to_the_choice(goes: Goes) -> None:
    guest = Guest()
    guest.does(choose=EIGHT)
    held = guest.held
    goes(NOW + 16 * MINUTE)

    assert guest.reads().count('name="choose"') == 40
    holds(a_need("K-FIX-7"), 8, when=NOW + 16 * MINUTE)
    assert "n’a pas été confirmé à temps" in guest.is_refused(confirm=held)


def test_a_visit_is_moved_and_the_first_time_stands_until_then() -> None:
    guest = Guest()
    visit = a_visit(8)
    assert 'name="choose"' not in guest.reads()
    assert guest.reads("?move").count('name="choose"') == 39

    page = guest.does(choose=THREE)
    assert "Tant que vous n’avez pas confirmé" in page
    moved = guest.does(confirm=guest.held)

    assert "entre <strong>15:00</strong> et <strong>17:00</strong>" in moved
    assert (card(visit).starts, card(visit).sequence) == (at(15), 1)


def test_a_button_pressed_twice_books_once() -> None:
    guest = Guest()
    guest.does(choose=EIGHT)
    held = guest.held

    for _ in range(2):
        assert "Votre rendez-vous est pris" in guest.does(confirm=held)
    assert [kind for kind, _ in recorded()] == ["visits.booked", "visit.repair_at"]


def test_who_comes_too_late_to_move_is_told_whom_to_call(goes: Goes) -> None:
    guest = Guest()
    a_visit(8)
    goes(at(8) - 12 * HOUR + MINUTE)

    assert "Appelez-nous" in guest.reads()
    assert "?move" not in guest.reads()
    later = holds(a_need(), 15, when=at(8) - 12 * HOUR + MINUTE, day=at(8).date() + DAY)
    assert "Il est trop tard pour déplacer" in guest.is_refused(confirm=later)


def test_a_visit_is_cancelled_and_may_be_booked_again() -> None:
    guest = Guest()
    visit = a_visit(8)

    page = guest.does(cancel=visit)

    assert "Ce rendez-vous est annulé" in page
    assert page.count('name="choose"') == 40
    assert recorded()[-1] == ("fact.withdrawn", {"fact": f"{visit}/0"})


def test_the_page_says_that_somebody_is_on_the_way_and_cancels_no_more(goes: Goes) -> None:
    guest = Guest()
    visit = a_visit(8)
    set_out(reference=visit, by=FIELD, at=at(7))
    goes(at(7))

    page = guest.reads()

    assert "Le technicien est en route" in page
    assert 'name="cancel"' not in page
    assert "ne peut plus être annulé" in guest.is_refused(cancel=visit)
    held = holds(a_need(), 15, day=at(8).date() + DAY, when=at(7))
    assert "ne peut plus être déplacé" in guest.is_refused(confirm=held)


@pytest.mark.parametrize(("missed_by", "says"), [("operator", "Nous en sommes désolés"), ("customer", "rencontrer")])
def test_a_visit_that_was_missed_is_chosen_anew(goes: Goes, missed_by: str, says: str) -> None:
    guest = Guest()
    miss_visit(reference=a_visit(8), missed_by=MissedBy(missed_by), by=FIELD, at=at(10))
    goes(at(10))

    page = guest.reads()

    assert says in page
    assert 'name="choose"' in page


def test_what_is_done_or_no_longer_needed_offers_nothing() -> None:
    guest, other = Guest(), Guest("K-FIX-7")
    a_line("L-2")
    close_visit(reference=a_visit(8), result="Fait.", resource=HER_PAIR, by=FIELD, at=at(9))
    end_need(need=a_need("K-FIX-7"), by=FIELD, at=NOW)

    assert "La visite est terminée" in guest.reads()
    assert "Personne n’a plus besoin de venir" in other.reads()
    assert 'name="choose"' not in guest.reads() + other.reads()
    assert "Personne ne peut venir" not in guest.reads()


def test_a_visit_that_left_nothing_in_use_is_chosen_anew(goes: Goes) -> None:
    guest = Guest()
    close_visit(reference=a_visit(8), result="Fait.", none_because="La rue est inondée.", by=FIELD, at=at(9))
    goes(at(9))

    assert 'name="choose"' in guest.reads()
    held = guest.does(choose=THREE.replace("03-03", "03-04"))
    assert "Nous vous le gardons" in held


def test_an_old_page_learns_that_nobody_has_to_come_any_more() -> None:
    guest = Guest()
    end_need(need=a_need(), by=FIELD, at=NOW)

    page = guest.client.post(guest.path, {"choose": EIGHT})

    assert page.status_code == 410
    assert "Personne n’a plus besoin de venir" in page.content.decode()
    assert 'name="choose"' not in page.content.decode()


def test_later_days_are_a_page_further_and_nonsense_is_the_first() -> None:
    guest = Guest()

    assert "?from=2015-03-16" in guest.reads()
    later = guest.reads("?from=2015-03-16")
    assert "16\xa0mars\xa02015" in later
    assert "?from=2015-03-30" in later
    for nonsense in ("x", "9999-12-31", "2015-02-01"):
        assert guest.reads(f"?from={nonsense}").count('name="choose"') == 40
    employ(a_technician("T-1", works=False))
    assert "Personne n’est disponible" in guest.reads()


def test_the_page_speaks_the_customers_language() -> None:
    guest = Guest()
    choose_language(customer="C-4002", language="en", by=CUSTOMER, at=NOW)

    assert "To repair your line" in guest.reads()


def test_the_calendar_has_the_visit_and_follows_it(goes: Goes) -> None:
    guest = Guest()
    file = f"{guest.path}visit.ics"
    assert guest.client.get(file).status_code == 404
    visit = a_visit(8)

    booked = guest.client.get(file)
    lines = _unfolded(booked)
    assert booked["Content-Type"] == "text/calendar; charset=utf-8"
    assert lines["DTSTART"] == "20150303T070000Z"
    assert lines["DTEND"] == "20150303T090000Z"
    assert (lines["SEQUENCE"], lines["STATUS"]) == ("0", "CONFIRMED")
    assert lines["LOCATION"] == "5 RUE DU FOUR\\, 63510 MALINTRAT"
    assert lines["SUMMARY"].endswith("Pour réparer votre ligne")
    assert lines["DESCRIPTION"].endswith(f"http://testserver{guest.path}")

    guest.does(choose=THREE)
    guest.does(confirm=guest.held)
    goes(NOW + HOUR)
    moved = _unfolded(guest.client.get(file))
    assert (moved["UID"], moved["SEQUENCE"], moved["DTSTART"]) == (lines["UID"], "1", "20150303T140000Z")
    guest.does(cancel=visit)
    gone = _unfolded(guest.client.get(file))
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (lines["UID"], "2", "CANCELLED")


def test_a_page_takes_few_queries() -> None:
    technicians(*(f"T-{number}" for number in range(30)))
    guest = Guest()

    with CaptureQueriesContext(connection) as done:
        guest.reads()

    assert len(done) == 5


def _unfolded(response: HttpResponseBase) -> dict[str, str]:
    assert isinstance(response, HttpResponse)
    text = response.content.decode().replace("\r\n ", "")
    return dict(line.split(":", 1) for line in text.split("\r\n") if line)
