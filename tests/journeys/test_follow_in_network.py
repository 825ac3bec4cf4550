"""What departments state of lines becomes true in the network's records, or is refused and nobody loses anything."""

from __future__ import annotations

import pytest

from ligneclaire.cases.queries import cards
from ligneclaire.facts.models import Fact
from ligneclaire.facts.stated import Answer
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import Named, assign_resource
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.models import BuildOrder
from ligneclaire.network.queries import differences, lines, resources
from ligneclaire.network.states import Condition, ResourceKind
from ligneclaire.network.values import ResourceEntry
from ligneclaire.voice.actions.state_facts import Taken
from world import World

pytestmark = pytest.mark.django_db

HERS, FREE, TAKEN = "63000-A1-104", "63000-A1-105", "63510-D4-016"
ROUSSEL, GARNIER = "K-FIX-7", "K-FIX-9"


@pytest.fixture
def world() -> World:
    world = World()
    world.it_is("2015-02-10 09:00")
    return world


def closes(world: World, *, result: str = "line works", **data: object) -> Taken:
    return world.department("field").passes_on("visit.closed", of=ROUSSEL, as_="", result=result, **data)


def gives(world: World, pair: str, contract: str = GARNIER, *, as_: str = "") -> Taken:
    return world.department("exchange").passes_on("pair.assigned", of=contract, pair=pair, as_=as_)


def holder(resource: str) -> str:
    card = resources.card(resource)
    return card.line if card else ""


def denied(taken: Taken) -> tuple[str, str, str]:
    assert taken.problem
    return (taken.problem.field, taken.problem.reason, taken.problem.constraint)


def test_a_visit_that_found_what_the_records_say_changes_nothing(world: World) -> None:
    assert closes(world, pair=HERS).answer is Answer.ACCEPTED
    assert (holder(HERS), len(resources.history(HERS))) == (ROUSSEL, 1)


def test_what_a_visit_found_is_what_the_records_say_from_then_on(world: World) -> None:
    closes(world, pair=FREE)

    assert (holder(FREE), holder(HERS)) == (ROUSSEL, "")


def test_a_visit_that_left_nothing_in_use_says_why_and_changes_no_record(world: World) -> None:
    assert closes(world, result="nobody at home", none_because="nobody at home").answer is Answer.ACCEPTED
    assert holder(HERS) == ROUSSEL


def test_what_another_has_in_the_records_is_asked_of_them_first(world: World) -> None:
    gives(world, FREE)

    assert closes(world, pair=FREE).answer is Answer.ACCEPTED

    assert (holder(FREE), holder(HERS)) == (GARNIER, ROUSSEL)
    [asked] = differences.open_of(limit=5)
    [case] = cards.of("C-4002")
    assert (asked.customer, asked.kind, asked.case, case.kind) == ("C-4002", "wrong line", case.reference, "line")


def test_a_pair_that_is_free_is_given_and_the_same_word_again_changes_nothing(world: World) -> None:
    taken = [gives(world, FREE, as_="x1").answer, gives(world, FREE, as_="x1").answer]

    assert taken == [Answer.ACCEPTED, Answer.KNOWN]
    assert (holder(FREE), len(resources.history(FREE))) == (GARNIER, 1)


def test_a_pair_that_is_somebodys_is_refused_recorded_nowhere_and_whoever_asked_gets_the_one_that_is_free(
    world: World,
) -> None:
    taken = gives(world, HERS, as_="x1")

    assert denied(taken) == (
        "data.pair",
        f"{HERS} is in use by {ROUSSEL} of C-4001 since 2002-05-20; it is not given twice; the line has {FREE} instead",
        "resource_has_one_holder",
    )
    assert Fact.objects.filter(kind="pair.assigned").count() == 0
    assert (holder(HERS), holder(FREE)) == (ROUSSEL, GARNIER)
    [asked] = differences.open_of(limit=5)
    assert (asked.kind, asked.customer, asked.resource) == ("given away", "C-4001", HERS)
    # Tried again it is refused again for the same reason, and asked once.
    assert denied(gives(world, HERS, as_="x1")) == denied(taken)
    assert len(differences.open_of(limit=5)) == 1


def test_a_pair_in_use_by_nobody_known_is_refused_too_and_something_is_built(world: World) -> None:
    assert world.now
    import_network(
        resources=[
            ResourceEntry(code="63510-D4-017", kind=ResourceKind.PAIR, site="63510-D4", condition=Condition.FAULTY)
        ],
        by=SYSTEM,
        at=world.now,
    )

    taken = gives(world, TAKEN)

    whose = f"{TAKEN} is in use by somebody whom the records do not name since 2015-01-01; it is not given twice"
    assert denied(taken)[1:] == (f"{whose}; one is built by 2015-03-24", "resource_has_one_holder")
    assert differences.open_of(limit=5) == ()
    assert [(one.line_id, one.site_id, str(one.due_on)) for one in BuildOrder.objects.all()] == [
        (GARNIER, "63510-D4", "2015-03-24")
    ]
    # A week later the same word gets the same answer: what is being built for the line is ready on its day.
    world.it_is("2015-02-17 09:00")
    assert denied(gives(world, TAKEN)) == denied(taken)
    assert BuildOrder.objects.count() == 1


def test_a_number_that_is_somebodys_is_refused_and_nothing_is_built_for_it(world: World) -> None:
    assert world.now
    import_network(resources=[ResourceEntry(code="+33465710401", kind=ResourceKind.NUMBER)], by=SYSTEM, at=world.now)
    assign_resource(line=ROUSSEL, choice=Named(resource="+33465710401"), because="order", by=SYSTEM, at=world.now)

    assert denied(gives(world, "+33465710401"))[1:] == (
        f"+33465710401 is in use by {ROUSSEL} of C-4001 since 2015-02-10; it is not given twice",
        "resource_has_one_holder",
    )
    assert BuildOrder.objects.count() == 0


@pytest.mark.parametrize(
    ("pair", "reason", "constraint"),
    [
        (FREE, f"the line has {HERS} already, which must be released first", "line_has_one_of_a_kind"),
        ("63000-A1-999", "63000-A1-999: no such resource", ""),
    ],
)
def test_what_cannot_be_given_is_refused_with_its_reason(world: World, pair: str, reason: str, constraint: str) -> None:
    assert denied(gives(world, pair, contract=ROUSSEL)) == ("data.pair", reason, constraint)
    assert Fact.objects.filter(kind="pair.assigned").count() == 0


def test_a_visit_names_a_resource_that_exists(world: World) -> None:
    assert denied(closes(world, pair=None, port="63000-A1-P9")) == ("data.port", "63000-A1-P9: no such resource", "")


def test_a_move_and_a_new_line_have_their_line_once(world: World) -> None:
    shop = world.department("shop")
    for _ in range(2):
        shop.passes_on("move.requested", of=ROUSSEL, to="3 rue du Four,  63510 MALINTRAT")
        shop.passes_on("line.requested", of=GARNIER, address="5 rue du Four, 63510 Malintrat")
    shop.passes_on("move.requested", of=ROUSSEL, to="3 Rue du Four, 63510 Malintrat")

    assert [(one.code, one.place, one.technology) for one in lines.of_contracts([ROUSSEL, GARNIER])] == [
        (ROUSSEL, "12 RUE BLATIN, 63000 CLERMONT FERRAND", "copper"),
        ("K-FIX-7-2", "3 rue du Four,  63510 MALINTRAT", "copper"),
        (GARNIER, "5 rue du Four, 63510 Malintrat", "copper"),
    ]


def test_a_repair_of_the_old_line_during_a_move_leaves_its_pair_where_it_is(world: World) -> None:
    world.department("shop").passes_on("move.requested", of=ROUSSEL, to="3 rue du Four, 63510 Malintrat")

    assert closes(world, pair=HERS).answer is Answer.ACCEPTED

    assert (holder(HERS), len(resources.history(HERS)), differences.open_of(limit=5)) == (ROUSSEL, 1, ())
