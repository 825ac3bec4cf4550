from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from builders import a_world
from ligneclaire.facts.models import Fact, Payload
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import (
    LineHasOne,
    NoSuchLine,
    NoSuchResource,
    NothingFree,
    OfAnotherTechnology,
    ResourceHeld,
    ResourceUnfit,
)
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.release_resource import NotHeld, Quarantine, release_resource
from ligneclaire.network.models import Assignment
from ligneclaire.network.queries import lines, resources, sites
from ligneclaire.network.queries.resources import Holding
from ligneclaire.network.states import Condition, ResourceKind, Technology, Use
from ligneclaire.network.values import LineEntry, ResourceEntry
from network.street import BOX, FIELD, HER_PAIR, LATER, NOW, a_line, finds, gives, holder, more_pairs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def news() -> list[tuple[str, str | None, object]]:
    rows = Fact.objects.filter(source="network").order_by("id")
    return [(row.kind, row.customer, Payload.objects.get(fact=row).value) for row in rows]


def test_the_story_begins_with_her_pair_in_town_and_one_free_pair_in_the_village() -> None:
    assert holder("63000-A1-104") == "K-FIX-7"
    assert [(free.code, free.wear) for free in sites.free(BOX, at=NOW)] == [(HER_PAIR, 0)]
    assert sites.counted(BOX) == {ResourceKind.PAIR: 3}


def test_a_line_is_given_the_least_worn_pair_that_is_free() -> None:
    more_pairs("63510-D4-019", wear=3)
    more_pairs("63510-D4-020", wear=1)
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)

    assert finds(a_line("L-2")) == "63510-D4-020"
    assert finds(a_line("L-3")) == "63510-D4-019"


def test_what_is_given_is_a_fact_of_the_customer() -> None:
    finds(a_line("L-1"))

    place = "5 RUE DU FOUR, 63510 MALINTRAT"
    given = {"resource": HER_PAIR, "kind": "pair", "line": "L-1", "place": place}
    assert news() == [("network.given", "C-4002", given)]


def test_a_line_that_has_one_keeps_it_and_nothing_is_said_twice() -> None:
    line = a_line("L-1")
    finds(line)
    more_pairs("63510-D4-019")

    assert (finds(line, at=LATER), gives(line, HER_PAIR, at=LATER)) == (HER_PAIR, HER_PAIR)
    assert len(news()) == 1


def test_a_pair_with_a_live_contract_is_refused_and_says_whose_it_is() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)

    with pytest.raises(ResourceHeld) as refused:
        gives(a_line("L-2"), HER_PAIR, at=LATER)

    assert refused.value.values == {
        "resource": HER_PAIR,
        "use": Use.HELD,
        "line": "L-1",
        "customer": "C-4001",
        "contract": "K-FIX-7",
        "since": NOW,
    }
    assert (holder(HER_PAIR), lines.held_by("L-2", ResourceKind.PAIR)) == ("L-1", "")
    assert [customer for _, customer, _ in news()] == ["C-4001"]


def test_a_pair_that_somebody_unknown_uses_is_refused_too() -> None:
    with pytest.raises(ResourceHeld) as refused:
        gives(a_line("L-1"), "63510-D4-016")

    assert (refused.value.held.use, refused.value.held.line) == (Use.TAKEN, "")


def test_nothing_free_is_said_and_nothing_written() -> None:
    finds(a_line("L-1"))

    with pytest.raises(NothingFree) as refused:
        finds(a_line("L-2"))

    assert refused.value.values == {"site": BOX, "kind": ResourceKind.PAIR}
    assert not Assignment.objects.filter(line__code="L-2").exists()


def test_a_faulty_pair_is_neither_found_nor_given() -> None:
    faulty = ResourceEntry(code=HER_PAIR, kind=ResourceKind.PAIR, site=BOX, condition=Condition.FAULTY)
    import_network(resources=[faulty], by=SYSTEM, at=NOW)

    with pytest.raises(NothingFree):
        finds(a_line("L-1"))
    with pytest.raises(ResourceUnfit) as refused:
        gives("L-1", HER_PAIR)

    assert refused.value.values == {"resource": HER_PAIR, "condition": Condition.FAULTY}


def test_a_line_has_one_pair() -> None:
    more_pairs("63510-D4-019")
    line = a_line("L-1")
    finds(line)

    with pytest.raises(LineHasOne) as refused:
        gives(line, "63510-D4-019")

    assert refused.value.values == {"line": "L-1", "has": HER_PAIR, "kind": ResourceKind.PAIR}


def test_a_line_may_have_several_boxes_and_each_once() -> None:
    boxes = [ResourceEntry(code=code, kind=ResourceKind.BOX) for code in ("LB-1", "LB-2")]
    import_network(resources=boxes, by=SYSTEM, at=NOW)
    line = a_line("L-1")

    assert [gives(line, code) for code in ("LB-1", "LB-2", "LB-1")] == ["LB-1", "LB-2", "LB-1"]
    assert resources.had_by(line, at=LATER) == ("LB-1", "LB-2")
    assert len(news()) == 2


def test_a_fibre_has_no_pair() -> None:
    with pytest.raises(OfAnotherTechnology):
        finds(a_line("L-1", technology=Technology.FIBRE))

    assert holder(HER_PAIR) == ""


def test_what_nobody_knows_cannot_be_given() -> None:
    with pytest.raises(NoSuchResource):
        gives(a_line("L-1"), "63510-D4-999")
    with pytest.raises(NoSuchLine):
        gives("L-2", HER_PAIR)


def test_a_line_that_ended_gets_nothing() -> None:
    ended = LineEntry(
        code="L-1",
        customer="C-4002",
        contract="K-FIX-9",
        technology=Technology.COPPER,
        since=date(2011, 1, 1),
        until=date(2012, 1, 1),
    )
    import_network(lines=[ended], by=SYSTEM, at=NOW)

    with pytest.raises(NoSuchLine):
        gives("L-1", HER_PAIR)


def test_what_is_released_is_free_for_the_next_and_its_past_is_kept() -> None:
    first, second = a_line("L-1", customer="C-4001"), a_line("L-2")
    gives(first, HER_PAIR)
    release_resource(line=first, resource=HER_PAIR, because="moved", by=FIELD, at=LATER)
    gives(second, HER_PAIR, at=LATER)

    assert resources.history(HER_PAIR) == (
        Holding(
            resource=HER_PAIR,
            kind=ResourceKind.PAIR,
            use=Use.HELD,
            line="L-1",
            customer="C-4001",
            contract="K-FIX-7",
            since=NOW,
            until=LATER,
            because="order",
        ),
        Holding(
            resource=HER_PAIR,
            kind=ResourceKind.PAIR,
            use=Use.HELD,
            line="L-2",
            customer="C-4002",
            contract="K-FIX-9",
            since=LATER,
            until=None,
            because="order",
        ),
    )
    assert [(kind, customer) for kind, customer, _ in news()] == [
        ("network.given", "C-4001"),
        ("network.released", "C-4001"),
        ("network.given", "C-4002"),
    ]
    assert [held.resource for held in resources.of_line("L-1")] == [HER_PAIR]


def test_what_was_given_and_taken_back_at_once_was_never_held() -> None:
    line = a_line("L-1")
    finds(line)
    release_resource(line=line, resource=HER_PAIR, because="mistake", by=FIELD, at=NOW)

    assert resources.history(HER_PAIR) == ()


@pytest.mark.parametrize("line", ["L-1", "L-2"])
def test_nobody_releases_what_they_do_not_have(line: str) -> None:
    a_line("L-1")

    with pytest.raises(NotHeld):
        release_resource(line=line, resource=HER_PAIR, because="mistake", by=FIELD, at=NOW)


def test_a_number_stays_in_quarantine_after_its_contract() -> None:  # TER-23
    number, ended = "+33465710403", datetime(2026, 12, 2, tzinfo=UTC)
    free_from = datetime(2027, 1, 16, tzinfo=UTC)
    import_network(resources=[ResourceEntry(code=number, kind=ResourceKind.NUMBER)], by=SYSTEM, at=NOW)
    line, other = a_line("L-1", customer="C-4001"), a_line("L-2")
    gives(line, number)
    release_resource(
        line=line,
        resource=number,
        because="contract ended",
        number_rests=Quarantine(until=free_from),
        by=FIELD,
        at=ended,
    )

    with pytest.raises(ResourceHeld) as refused:
        gives(other, number, at=free_from - timedelta(days=1))

    assert (refused.value.held.use, refused.value.held.since) == (Use.QUARANTINE, ended)
    assert gives(other, number, at=free_from) == number


def test_a_pair_knows_no_quarantine() -> None:
    line = a_line("L-1")
    finds(line)
    release_resource(
        line=line, resource=HER_PAIR, because="ended", number_rests=Quarantine(until=LATER), by=FIELD, at=LATER
    )

    assert holder(HER_PAIR) == ""
    assert finds(a_line("L-2"), at=LATER) == HER_PAIR


def test_the_lines_of_a_contract_are_known_by_it() -> None:
    a_line("L-1", customer="C-4001")

    assert [line.code for line in lines.of_contracts(["K-FIX-7"])] == ["K-FIX-7", "L-1"]
