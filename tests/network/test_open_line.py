"""A contract has several lines: which is the newest, and which were only wished for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.newest_line import newest_line
from ligneclaire.network.actions.open_line import open_line
from ligneclaire.network.queries import lines
from ligneclaire.network.states import Technology
from ligneclaire.network.values import LineEntry
from network.street import HER_PAIR, NOW, gives

pytestmark = pytest.mark.django_db

CONTRACT = "K-FIX-9"
HOME, BRIDGE, MILL = "1 rue du Four, Malintrat", "2 quai du Pont, Malintrat", "3 rue du Moulin, Malintrat"


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def opens(place: str, *, minutes: int = 0) -> str:
    at = NOW + timedelta(minutes=minutes)
    return open_line(contract=CONTRACT, customer="C-4002", place=place, by=SYSTEM, at=at)


def newest() -> str:
    return newest_line(contract=CONTRACT, customer="C-4002", by=SYSTEM, at=NOW)


def is_there(*codes: str, technology: Technology = Technology.COPPER, site: str | None = None) -> None:
    entries = [
        LineEntry(
            code=code,
            customer="C-4002",
            contract=CONTRACT,
            technology=technology,
            since=date(2015, 3, 2),
            place=HOME,
            site=site,
        )
        for code in codes
    ]
    import_network(lines=entries, by=SYSTEM, at=NOW)


def going_on() -> list[str]:
    return [line.code for line in lines.going_on(CONTRACT)]


def test_lines_of_one_day_are_as_old_as_they_are_counted() -> None:
    is_there("K-FIX-9-10", "K-FIX-9", "K-FIX-9-2", "L-1")

    assert going_on() == ["K-FIX-9", "L-1", "K-FIX-9-2", "K-FIX-9-10"]
    assert newest() == "K-FIX-9-10"


def test_a_contract_without_a_line_has_one_from_then_on() -> None:
    assert (newest(), newest(), going_on()) == (CONTRACT, CONTRACT, [CONTRACT])


def test_a_wish_that_changes_and_changes_back_ends_in_the_place_that_was_asked_for_last() -> None:
    opens(HOME)
    codes = [opens(place, minutes=minute) for minute, place in enumerate((BRIDGE, MILL, BRIDGE, BRIDGE), start=1)]

    assert codes == ["K-FIX-9-2", "K-FIX-9-3", "K-FIX-9-4", "K-FIX-9-4"]
    assert (going_on(), newest()) == (["K-FIX-9", "K-FIX-9-4"], "K-FIX-9-4")


def test_whoever_stays_where_they_are_has_the_line_that_they_had() -> None:
    opens(HOME)
    opens(BRIDGE, minutes=1)

    assert opens(HOME, minutes=2) == newest() == CONTRACT
    assert going_on() == [CONTRACT]


def test_what_was_built_or_hangs_somewhere_or_is_in_a_pocket_is_no_wish() -> None:
    opens(HOME)
    gives(opens(BRIDGE, minutes=1), HER_PAIR)
    is_there("L-2", site="63510-D4")
    is_there("M-1", technology=Technology.MOBILE)
    opens(MILL, minutes=2)

    assert sorted(going_on()) == ["K-FIX-9", "K-FIX-9-2", "K-FIX-9-5", "L-2", "M-1"]
