from __future__ import annotations

from datetime import date, datetime

import pytest

from builders import a_world
from ligneclaire.cases.actions.take_up_differences import take_up_differences
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseKind
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import NothingFree
from ligneclaire.network.actions.begin_survey import begin_survey
from ligneclaire.network.actions.compare_survey import Compared, compare_survey
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.settle_difference import settle_difference
from ligneclaire.network.actions.take_observations import ReadElsewhere, take_observations
from ligneclaire.network.models import Difference, Observation
from ligneclaire.network.queries import differences, resources
from ligneclaire.network.queries.surveys import SurveyCard
from ligneclaire.network.states import DifferenceKind, ResourceKind, Seen, Use
from ligneclaire.network.values import ObservationEntry, ResourceEntry
from ligneclaire.people.models import Customer, Operator, Territory
from network.street import HER_PAIR, LATER, NOW, a_line, finds, gives, holder
from people.persons import merge

pytestmark = pytest.mark.django_db
SOON = date(2015, 3, 5)
HERS, HIS = "+33465710403", "+33465710404"


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    numbers = [ResourceEntry(code=number, kind=ResourceKind.NUMBER) for number in (HERS, HIS)]
    import_network(resources=numbers, by=SYSTEM, at=NOW)


def seen(resource: str, number: str = "", how: Seen = Seen.ACTIVE) -> ObservationEntry:
    return ObservationEntry(resource=resource, number=number, seen=how)


def begins(digest: str, *, at: datetime = NOW) -> SurveyCard:
    return begin_survey(source="exchange", digest=digest, seen_at=at, by=SYSTEM, at=at)


def surveys(digest: str, *rows: ObservationEntry, at: datetime = NOW) -> Compared:
    survey = begins(digest, at=at)
    take_observations(survey=survey.uuid, after=survey.read, upto=survey.read + len(rows), rows=rows, by=SYSTEM, at=at)
    return compare_survey(survey=survey.uuid, due_on=SOON, by=SYSTEM, at=at)


def asked() -> list[tuple[str, str, str, str, str]]:
    return [(one.kind, one.resource, one.number, one.customer, one.owner) for one in differences.open_of(limit=99)]


def test_what_the_records_say_too_is_no_difference() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)

    assert surveys("1", seen(HER_PAIR), seen("63510-D4-016")) == Compared(new={}, gone=0, protected=0)


def test_a_pair_in_use_that_is_free_for_the_records_is_asked_about_and_given_to_nobody() -> None:
    assert surveys("1", seen(HER_PAIR)) == Compared(new={DifferenceKind.NOT_RECORDED: 1}, gone=0, protected=1)

    assert asked() == [("not recorded", HER_PAIR, "", "", "A-2")]  # who works for the territory
    assert [held.use for held in resources.history(HER_PAIR)] == [Use.TAKEN]
    with pytest.raises(NothingFree):
        finds(a_line("L-2"), at=LATER)


def test_a_silent_line_two_numbers_and_a_number_on_the_wrong_line_are_asked_about() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    gives("L-1", HERS)
    gives(a_line("L-2"), HIS)

    found = surveys(
        "1",
        seen("63000-A1-104", how=Seen.SILENT),
        seen(HER_PAIR, HERS),
        seen(HER_PAIR, HIS),
        seen("63510-D4-777"),
    )

    assert found == Compared(
        new={
            DifferenceKind.SILENT: 1,
            DifferenceKind.TWO_NUMBERS: 1,
            DifferenceKind.UNKNOWN: 1,
            DifferenceKind.WRONG_LINE: 1,
        },
        gone=0,
        protected=0,
    )
    assert asked() == [
        ("silent", "63000-A1-104", "", "C-4001", "A-2"),
        ("two numbers", HER_PAIR, "", "C-4001", "A-2"),
        ("wrong line", HER_PAIR, HIS, "C-4001", "A-2"),
        ("unknown", "63510-D4-777", "", "", "A-1"),
    ]
    assert Difference.objects.get(kind="two numbers").note == f"{HERS}, {HIS}"


def test_what_is_of_a_merged_number_is_asked_of_the_adviser_of_who_is_meant() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    merge("C-4001", "C-1001", at=NOW)
    assert Customer.objects.get(number="C-1001").adviser_id == "A-1"

    surveys("1", seen("63000-A1-104", how=Seen.SILENT))

    assert asked() == [("silent", "63000-A1-104", "", "C-4001", "A-1")]


def test_comparing_again_changes_nothing() -> None:
    surveys("1", seen(HER_PAIR))

    assert surveys("1") == Compared(new={}, gone=0, protected=0)
    assert surveys("2", seen(HER_PAIR), at=LATER) == Compared(new={}, gone=0, protected=0)
    assert len(asked()) == 1


def test_a_difference_that_is_no_longer_seen_is_gone() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    surveys("1", seen(HER_PAIR, how=Seen.SILENT))

    assert surveys("2", seen(HER_PAIR), at=LATER) == Compared(new={}, gone=1, protected=0)
    assert asked() == []
    assert Difference.objects.get().closed_by == "system:ligneclaire"


def test_a_difference_that_the_next_survey_does_not_look_at_stays() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    surveys("1", seen(HER_PAIR, how=Seen.SILENT))

    assert surveys("2", seen("63510-D4-016"), at=LATER) == Compared(new={}, gone=0, protected=0)


def test_a_settled_difference_is_asked_about_again_when_it_is_seen_again() -> None:
    surveys("1", seen("63510-D4-777"))
    [one] = differences.open_of(limit=2)
    settle_difference(difference=one.uuid, note="A new pair, being entered.", by=SYSTEM, at=LATER)

    assert surveys("2", seen("63510-D4-777"), at=LATER).new == {DifferenceKind.UNKNOWN: 1}


def test_what_nobody_owns_is_of_who_is_on_duty() -> None:
    Operator.objects.update(duty="A-3")

    surveys("1", seen("63510-D4-777"), seen(HER_PAIR))

    assert {owner for *_, owner in asked()} == {"A-3"}


def test_whoever_is_on_duty_for_the_place_comes_before_who_is_for_the_house() -> None:
    Operator.objects.update(duty="A-3")
    Territory.objects.filter(code="63").update(duty="A-1")

    surveys("1", seen("63510-D4-777"), seen(HER_PAIR))

    assert [(resource, owner) for _, resource, _, _, owner in asked()] == [(HER_PAIR, "A-1"), ("63510-D4-777", "A-3")]


def test_a_settled_one_leaves_the_resource_protected_unless_nobody_uses_it() -> None:
    surveys("1", seen(HER_PAIR))
    [one] = differences.open_of(limit=2)

    settle_difference(difference=one.uuid, note="Somebody without a contract.", by=SYSTEM, at=LATER)

    with pytest.raises(NothingFree):
        finds(a_line("L-2"), at=LATER)
    surveys("2", seen("63000-A1-105"), at=LATER)
    [other] = differences.open_of(limit=2)
    settle_difference(difference=other.uuid, note="Noise.", is_free=True, by=SYSTEM, at=LATER)
    assert gives("L-2", "63000-A1-105", at=LATER) == "63000-A1-105"


def test_what_was_read_is_read_once_and_only_the_last_survey_is_kept() -> None:
    survey = begins("1")
    take_observations(survey=survey.uuid, after=0, upto=1, rows=[seen(HER_PAIR)], by=SYSTEM, at=NOW)

    with pytest.raises(ReadElsewhere):
        take_observations(survey=survey.uuid, after=0, upto=1, rows=[seen(HER_PAIR)], by=SYSTEM, at=NOW)

    assert (begins("1").uuid, begins("1").read) == (survey.uuid, 1)
    surveys("2", seen("63510-D4-016"), at=LATER)
    assert list(Observation.objects.values_list("resource", flat=True)) == ["63510-D4-016"]


def test_whoever_is_named_by_the_file_is_compared_at_its_instant() -> None:
    surveys("1", seen(HER_PAIR), at=NOW)
    gives(a_line("L-1"), "63000-A1-105", at=LATER)

    assert holder("63000-A1-105") == "L-1"
    assert surveys("0", seen("63000-A1-105"), at=NOW).new == {DifferenceKind.NOT_RECORDED: 1}


def test_what_concerns_a_customer_becomes_one_case_of_the_line_with_their_adviser() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    gives("L-1", HERS)
    gives(a_line("L-2"), HIS)
    surveys("1", seen(HER_PAIR, HERS), seen(HER_PAIR, HIS), seen("63510-D4-777"))

    assert take_up_differences(by=SYSTEM, at=LATER) == 2  # two numbers; his number on her pair

    [case] = cards.open_of({"C-4001"}).values()
    assert (case.kind, case.owner, case.subject) == (CaseKind.LINE, "A-2", "line:L-1")
    assert [(one.resource, one.case) for one in differences.open_of(limit=9)] == [
        (HER_PAIR, case.reference),
        (HER_PAIR, case.reference),
        ("63510-D4-777", ""),
    ]
    assert take_up_differences(by=SYSTEM, at=LATER) == 0
