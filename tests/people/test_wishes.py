"""How customers want to be written to: the last word counts, and what has to be written is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from builders import a_world, refused_by, the_story_world
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.actions.choose_way import HasToBeWritten, choose_way
from ligneclaire.people.actions.stop_texts import stop_texts
from ligneclaire.people.models import Preference, TextStop
from ligneclaire.people.queries import addressees, wishes, zones
from ligneclaire.people.states import MessagePurpose, Way
from ligneclaire.people.values import NO_WISHES, Wishes

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
HER = Actor(ActorKind.CUSTOMER, "C-2001")
BILLS, OFFERS = MessagePurpose.BILLS, MessagePurpose.COMMERCIAL


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def choose(purpose: MessagePurpose, way: Way, *, at: datetime = NOW) -> bool:
    return choose_way(customer="C-2001", purpose=purpose, way=way, by=HER, at=at)


def stop(*, stops: bool, at: datetime = NOW) -> bool:
    return stop_texts(customer="C-2001", stops=stops, by=HER, at=at)


def test_who_chose_nothing_has_no_wishes() -> None:
    assert wishes.of("C-2001") == NO_WISHES
    assert addressees.of(["C-2001"], on=NOW.date())["C-2001"].wishes == NO_WISHES


def test_the_last_choice_counts_for_its_purpose_and_the_earlier_ones_stay() -> None:
    assert [choose(BILLS, Way.EMAIL), choose(BILLS, Way.EMAIL, at=LATER)] == [True, False]
    assert choose(BILLS, Way.LETTER, at=LATER)
    assert choose(OFFERS, Way.NONE)
    assert stop(stops=True)

    expected = Wishes(ways={BILLS: Way.LETTER, OFFERS: Way.NONE}, no_texts=True)
    assert wishes.of("C-2001") == expected
    assert addressees.of(["C-2001", "C-3001"], on=NOW.date())["C-2001"].wishes == expected
    assert wishes.of("C-3001") == NO_WISHES
    assert Preference.objects.count() == 3
    assert {row.chosen_by for row in Preference.objects.all()} == {"customer:C-2001"}


def test_stop_counts_until_it_is_over() -> None:
    assert [stop(stops=False), stop(stops=True), stop(stops=True, at=LATER)] == [False, True, False]
    assert stop(stops=False, at=LATER)

    assert not wishes.of("C-2001").no_texts
    assert TextStop.objects.count() == 2


def test_what_concerns_a_contract_is_written_in_some_way() -> None:
    with pytest.raises(HasToBeWritten) as refused:
        choose(BILLS, Way.NONE)

    assert refused.value.values == {"purpose": BILLS}
    assert Preference.objects.count() == 0


def test_the_time_is_that_of_the_territory_or_of_the_operator() -> None:
    assert str(zones.of("C-2001")) == "Europe/Paris"

    document = the_story_world()
    for territory in document["territories"]:
        territory["zone"] = "America/Martinique"
    a_world(document)

    assert str(zones.of("C-2001")) == "America/Martinique"


def test_the_database_refuses_what_must_never_be() -> None:
    given = {"customer_id": "C-2001", "purpose": "BILLS", "way": "EMAIL", "chosen_by": "x", "chosen_at": NOW}
    Preference.objects.create(**given)
    TextStop.objects.create(customer_id="C-2001", stops=True, said_by="x", said_at=NOW)

    with refused_by("preference_one_at_once"):
        Preference.objects.create(**given)
    with refused_by("preference_known"):
        Preference.objects.create(**given | {"way": "PIGEON", "chosen_at": LATER})
    with refused_by("preference_none_where_optional"):
        Preference.objects.create(**given | {"way": "NONE", "chosen_at": LATER})
    with refused_by("text_stop_one_at_once"):
        TextStop.objects.create(customer_id="C-2001", stops=False, said_by="x", said_at=NOW)
