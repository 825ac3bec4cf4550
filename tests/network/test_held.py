"""What is marked as held is what somebody has until further notice, whichever way it was given or taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import LineHasOne, ResourceHeld
from ligneclaire.network.actions.begin_survey import begin_survey
from ligneclaire.network.actions.compare_survey import compare_survey
from ligneclaire.network.actions.end_assignment import end_assignment
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.release_resource import Quarantine, TakenAlong, release_resource
from ligneclaire.network.actions.settle_difference import settle_difference
from ligneclaire.network.actions.take_observations import take_observations
from ligneclaire.network.models import Assignment, Resource
from ligneclaire.network.queries import differences, sites
from ligneclaire.network.states import ResourceKind, Seen, Use
from ligneclaire.network.values import HoldingEntry, ObservationEntry, ResourceEntry
from network.street import BOX, HER_PAIR, LATER, NOW, a_line, finds, gives, more_pairs

pytestmark = pytest.mark.django_db
NUMBERS = ("+33465710403", "+33465710404")


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    import_network(
        resources=[ResourceEntry(code=number, kind=ResourceKind.NUMBER) for number in NUMBERS], by=SYSTEM, at=NOW
    )


def marked() -> set[str]:
    """What is marked as held, which is exactly what somebody has."""
    found = set(Resource.objects.filter(is_held=True).values_list("code", flat=True))
    assert found == {row.resource_id for row in Assignment.objects.filter(during__upper_inf=True)}
    return found


def test_what_an_import_says_is_held_is_marked() -> None:
    before = marked()
    more_pairs(f"{BOX}-100")
    import_network(holdings=[HoldingEntry(resource=f"{BOX}-100", line=None, since=NOW)], by=SYSTEM, at=NOW)

    assert marked() - before == {f"{BOX}-100"}


def test_what_is_given_is_marked_and_what_comes_back_is_not() -> None:
    before = marked()
    line = a_line("L-1")
    finds(line)
    gives(line, NUMBERS[0])
    assert marked() - before == {HER_PAIR, NUMBERS[0]}

    release_resource(line=line, resource=HER_PAIR, because="moved", by=SYSTEM, at=LATER)
    assert marked() - before == {NUMBERS[0]}


def test_a_number_that_rests_is_not_marked_and_one_that_went_along_is() -> None:
    before, line = marked(), a_line("L-1")
    gives(line, NUMBERS[0])
    rests = Quarantine(until=LATER + timedelta(days=45))
    release_resource(line=line, resource=NUMBERS[0], because="ended", number_rests=rests, by=SYSTEM, at=LATER)
    assert marked() == before

    gives(line, NUMBERS[1], at=LATER)
    release_resource(
        line=line, resource=NUMBERS[1], because="ended", number_rests=TakenAlong(), by=SYSTEM, at=LATER + timedelta(1)
    )
    assert marked() - before == {NUMBERS[1]}


def test_what_is_refused_leaves_no_mark() -> None:
    before = marked()
    more_pairs(f"{BOX}-100")
    gives(a_line("L-1"), HER_PAIR)
    gives("L-1", NUMBERS[0])
    release_resource(
        line="L-1",
        resource=NUMBERS[0],
        because="ended",
        number_rests=Quarantine(until=LATER + timedelta(days=45)),
        by=SYSTEM,
        at=LATER,
    )

    with pytest.raises(LineHasOne):
        gives("L-1", f"{BOX}-100", at=LATER)
    with pytest.raises(ResourceHeld):
        gives(a_line("L-2", customer="C-4001"), NUMBERS[0], at=LATER)

    assert marked() - before == {HER_PAIR}


def test_what_is_seen_in_use_is_marked_until_somebody_says_that_it_is_free() -> None:
    before = marked()
    survey = begin_survey(source="exchange", digest="1", seen_at=NOW, by=SYSTEM, at=NOW)
    seen = [ObservationEntry(resource=HER_PAIR, number="", seen=Seen.ACTIVE)]
    take_observations(survey=survey.uuid, after=0, upto=1, rows=seen, by=SYSTEM, at=NOW)
    compare_survey(survey=survey.uuid, due_on=date(2015, 3, 5), by=SYSTEM, at=NOW)
    assert marked() - before == {HER_PAIR}
    assert sites.free(BOX, at=LATER) == ()

    [one] = differences.open_of(limit=2)
    settle_difference(difference=one.uuid, note="Noise.", is_free=True, by=SYSTEM, at=LATER)
    assert marked() == before


def test_taking_back_what_nobody_has_changes_no_mark() -> None:
    before = marked()
    gives(a_line("L-1"), HER_PAIR)

    assert end_assignment(resource=HER_PAIR, use=Use.TAKEN, by=SYSTEM, at=LATER) is None
    assert marked() - before == {HER_PAIR}
