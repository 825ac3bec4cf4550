from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from builders import a_world
from ligneclaire.facts.models import Payload
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import ResourceHeld
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.finish_build import NoSuchOrder, finish_build
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.order_build import order_build
from ligneclaire.network.actions.release_resource import Quarantine, Rest, TakenAlong
from ligneclaire.network.queries import lines, orders, resources
from ligneclaire.network.states import ResourceKind, Use
from ligneclaire.network.values import HoldingEntry, ResourceEntry
from network.street import BOX as BOX_SITE
from network.street import FIELD, HER_PAIR, LATER, NOW, a_line, finds, gives, holder, more_pairs

pytestmark = pytest.mark.django_db
NUMBER, BOX = "+33465710403", "LB-1"
FREE_FROM = datetime(2015, 4, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def line() -> str:
    a_world()
    given = [ResourceEntry(code=NUMBER, kind=ResourceKind.NUMBER), ResourceEntry(code=BOX, kind=ResourceKind.BOX)]
    import_network(resources=given, by=SYSTEM, at=NOW)
    line = a_line("L-1", customer="C-4001")
    for resource in (HER_PAIR, NUMBER, BOX):
        gives(line, resource)
    return line


def ends(line: str, rests: Rest | None = None, *, on: date = date(2015, 3, 2)) -> bool:
    return end_line(
        line=line,
        ended_on=on,
        number_rests=rests or Quarantine(until=FREE_FROM),
        because="K-FIX-7",
        by=FIELD,
        at=LATER,
    )


def test_a_line_that_ends_gives_back_all_it_has_and_its_number_rests(line: str) -> None:
    assert ends(line)

    card = lines.card(line)
    assert card is not None
    assert (card.until, resources.had_by(line, at=LATER)) == (date(2015, 3, 2), ())
    assert finds(a_line("L-2"), at=LATER) == HER_PAIR
    assert gives("L-2", BOX, at=LATER) == BOX
    with pytest.raises(ResourceHeld) as refused:
        gives("L-2", NUMBER, at=FREE_FROM - timedelta(days=1))
    assert refused.value.held.use is Use.QUARANTINE
    assert gives("L-2", NUMBER, at=FREE_FROM) == NUMBER


def test_what_was_to_be_built_for_a_line_that_ends_is_not_built_and_whoever_builds_reads_so(line: str) -> None:
    kind = ResourceKind.PAIR
    order = order_build(line=line, site=BOX_SITE, kind=kind, due_on=date(2015, 3, 5), by=FIELD, at=NOW)
    before = orders.open_of(line)
    ends(line)
    ends(line)

    assert ([one.reference for one in before], orders.open_of(line)) == ([order], ())
    [said] = Payload.objects.filter(fact__kind="network.build_cancelled").values_list("value", flat=True)
    assert said == {"order": order, "site": BOX_SITE, "kind": "pair", "line": "L-1", "due_on": "2015-03-05"}
    with pytest.raises(NoSuchOrder):
        finish_build(order=order, built=[], by=FIELD, at=LATER)


def test_a_line_that_gets_another_pair_waits_for_none_that_is_built_and_still_for_what_is_no_pair() -> None:
    waiting = a_line("L-2")
    for kind in (ResourceKind.PAIR, ResourceKind.PORT):
        order_build(line=waiting, site=BOX_SITE, kind=kind, due_on=date(2015, 3, 5), by=FIELD, at=NOW)
    more_pairs("63510-D4-020")
    gives(waiting, "63510-D4-020", at=LATER)

    assert [one.kind for one in orders.open_of(waiting)] == ["port"]


def test_a_number_that_was_taken_along_stays_out_of_reach(line: str) -> None:
    ends(line, TakenAlong())

    with pytest.raises(ResourceHeld) as refused:
        gives(a_line("L-2"), NUMBER, at=FREE_FROM + timedelta(days=400))

    assert (refused.value.held.use, refused.value.held.line) == (Use.TAKEN, "")


def test_again_changes_nothing(line: str) -> None:
    ends(line)
    before = [resources.history(code) for code in (HER_PAIR, NUMBER, BOX)]

    assert not ends(line)
    assert [resources.history(code) for code in (HER_PAIR, NUMBER, BOX)] == before


def test_what_a_line_that_is_over_still_has_is_taken_back(line: str) -> None:
    ends(line)
    import_network(
        resources=[ResourceEntry(code="LB-2", kind=ResourceKind.BOX)],
        holdings=[HoldingEntry(resource="LB-2", line=line, since=NOW)],
        by=SYSTEM,
        at=LATER,
    )

    assert ends(line)
    assert holder("LB-2") == ""


def test_a_line_does_not_end_before_it_began(line: str) -> None:
    ends(line, on=date(2015, 2, 1))

    card = lines.card(line)
    assert card is not None
    assert card.until == date(2015, 3, 1)


def test_nothing_ends_that_nobody_knows() -> None:
    assert not ends("L-9")
