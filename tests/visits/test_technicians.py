"""Who comes, and what they need to know of their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.rows import Tally
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.states import ResourceKind
from ligneclaire.network.values import ResourceEntry
from ligneclaire.visits.actions.cancel_visit import cancel_visit
from ligneclaire.visits.actions.import_technicians import HoursOverlap, import_technicians
from ligneclaire.visits.queries import technicians as known
from ligneclaire.visits.queries import visits
from ligneclaire.visits.queries.technicians import TechnicianCard
from ligneclaire.visits.values import Hours
from network.street import HER_PAIR, NOW, a_line, gives
from visits.field import (
    FIELD,
    TUESDAY,
    WEEK,
    a_need,
    a_technician,
    a_visit,
    at,
    books,
    card,
    employ,
    holds,
    technicians,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def test_technicians_are_imported_again_without_a_change() -> None:
    first = employ(a_technician("T-1"), a_technician("T-2", territories=("33", "63"), adviser="A-3"))
    again = employ(a_technician("T-1"), a_technician("T-2", territories=("33", "63"), adviser="A-3"))

    assert first == {"technicians": Tally(new=2), "areas": Tally(new=3), "hours": Tally(new=20)}
    assert again == {"technicians": Tally(same=2), "areas": Tally(same=3), "hours": Tally(same=20)}
    assert import_technicians(technicians=[], by=SYSTEM, at=NOW)["technicians"] == Tally()
    assert known.of_adviser("A-3") == known.card("T-2") == known.listed()[1]
    assert (known.of_adviser("A-1"), known.card("T-9")) == (None, None)


def test_who_is_listed_works_as_listed_and_others_stay() -> None:
    technicians("T-1", "T-2")

    done = employ(replace(a_technician("T-1", territories=("75",), works=False), hours=WEEK[:9]))

    assert done == {
        "technicians": Tally(changed=1),
        "areas": Tally(new=1, removed=1),
        "hours": Tally(same=9, removed=1),
    }
    assert known.card("T-1") == TechnicianCard(
        number="T-1",
        name="Marcel T-1",
        mobile="+33639980301",
        skills=("copper",),
        territories=("75",),
        adviser="",
        works=False,
    )
    assert [one.number for one in known.listed()] == ["T-1", "T-2"]


def test_a_day_is_in_its_order_with_all_that_is_needed_on_the_way() -> None:
    technicians("T-1")
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    import_network(resources=[ResourceEntry(code="+33465710407", kind=ResourceKind.NUMBER)], by=SYSTEM, at=NOW)
    gives("L-1", "+33465710407")
    late = a_visit(15)
    early = holds(a_need("K-FIX-7", line="L-1", task="No tone since Monday."), 8)

    assert [stop.visit.reference for stop in visits.of_technician("T-1", TUESDAY)] == [late]
    books(early)
    with CaptureQueriesContext(connection) as done:
        [first, last] = visits.of_technician("T-1", TUESDAY)

    assert len(done) == 4
    assert (first.visit, last.visit) == (card(early), card(late))
    assert (first.name, first.mobile) == ("Mme Roussel", "+33639980401")
    assert (first.number, first.expected) == ("+33465710407", HER_PAIR)
    assert (first.visit.place, first.visit.task) == ("5 RUE DU FOUR, 63510 MALINTRAT", "No tone since Monday.")
    assert (last.number, last.expected, last.visit.place) == ("", "", "5 RUE DU FOUR, 63510 MALINTRAT")
    assert visits.stop(early) == first
    assert visits.stop("LC-0000-0000") is None
    assert visits.of_technician("T-1", date(2015, 3, 4)) == ()


def test_what_a_contract_had_and_has_is_listed_without_what_is_only_held() -> None:
    technicians("T-1")
    visit = a_visit(8)
    holds(a_need(), 10)
    cancel_visit(reference=visit, by=FIELD, at=NOW)
    again = a_visit(13)
    a_visit(15, contract="K-FIX-7")

    assert [one.reference for one in visits.of_contracts(["K-FIX-9"])] == [visit, again]
    assert [one.starts for one in visits.to_come_on(TUESDAY)] == [at(13), at(15)]
    assert visits.card("LC-0000-0000") is None


def test_nobody_works_twice_at_the_same_time() -> None:
    morning = Hours(weekday=1, starts=time(8), ends=time(12))
    twice = (morning, replace(morning, weekday=2), replace(morning, starts=time(11), ends=time(13)))

    with pytest.raises(HoursOverlap) as refused:
        employ(a_technician("T-1", hours=twice))

    assert refused.value.values == {"technician": "T-1", "weekday": 1, "starts": time(11)}
    assert known.listed() == ()
