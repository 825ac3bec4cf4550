"""A technician opens their own visits: the customer sees it, and it opens nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from builders import a_world
from ligneclaire.cases.actions.open_record import NothingInHand, open_record
from ligneclaire.cases.actions.open_visit import NotTheirs, open_visit
from ligneclaire.cases.queries import reads
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed
from visits.field import CUSTOMER, MINUTE, a_need, a_technician, a_visit, at, employ, holds

pytestmark = pytest.mark.django_db
MARC, NORA = Actor(ActorKind.ADVISER, "A-3"), Actor(ActorKind.ADVISER, "A-1")


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    employ(a_technician("T-1", adviser="A-3"))


def opens(visit: str, by: Actor = MARC, *, minute: int = 0) -> None:
    open_visit(reference=visit, by=by, at=at(8) + minute * MINUTE)


def log() -> list[tuple[str, ReadPage, Basis, str, timedelta]]:
    found = reads.of(["C-4001", "C-4002"], limit=9)
    return [(one.adviser, one.page, one.basis, one.matter, one.at - at(8)) for one in found]


def test_each_opening_is_logged_once_in_a_quarter_of_an_hour() -> None:
    visit = a_visit()

    for minute in (0, 14, 15):
        opens(visit, minute=minute)

    assert log() == [
        ("A-3", ReadPage.VISIT, Basis.VISIT, visit, 15 * MINUTE),
        ("A-3", ReadPage.VISIT, Basis.VISIT, visit, 0 * MINUTE),
    ]


def test_only_a_technicians_own_visits_are_opened() -> None:
    visit, held = a_visit(), holds(a_need("K-FIX-7"), 10)

    for reference, by in ((visit, NORA), (held, MARC), ("X-1", MARC)):
        with pytest.raises(NotTheirs) as refused:
            opens(reference, by)
        assert refused.value.values == {"reference": reference, "by": by}
    with pytest.raises(NotAllowed):
        opens(visit, CUSTOMER)
    assert log() == []


def test_a_visit_of_a_colleague_is_not_theirs() -> None:
    employ(a_technician("T-0"))

    with pytest.raises(NotTheirs):
        opens(a_visit())


def test_a_visit_that_was_opened_is_no_matter_in_hand() -> None:
    opens(a_visit())

    with pytest.raises(NothingInHand):
        open_record(customer="C-4002", page=ReadPage.RECORD, by=MARC, at=at(8))
