from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from builders import a_world, the_story_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.queries import absences, addressees, advisers, customers, departments, operator, owners
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.advisers import AdviserCard, Cover
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.people.rules.stand_in import Away
from ligneclaire.people.states import AbsenceReason

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 1, 8, tzinfo=UTC)
NORA = AdviserCard(
    number="A-1",
    name="Nora Benali",
    phone="+33199000101",
    email="nora.benali@ligneclaire.example",
    languages=("fr", "en"),
)
HUGO = AdviserCard(
    number="A-2",
    name="Hugo Marchand",
    phone="+33199000102",
    email="hugo.marchand@ligneclaire.example",
    languages=("fr",),
)
INES = AdviserCard(
    number="A-3",
    name="Inès Caron",
    phone="+33353010103",
    email="ines.caron@ligneclaire.example",
    languages=("fr", "en"),
)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def is_away(adviser: str, first: str, end: str | None) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(end) if end else None)
    record_absence(adviser=adviser, period=period, reason=AbsenceReason.LEAVE, by=SYSTEM, at=NOW)


def answers(on: str) -> tuple[str, date | None]:
    lenoir = addressees.of(["C-2001"], on=date.fromisoformat(on))["C-2001"]
    return lenoir.present.number, lenoir.absent_until


def test_an_addressee_is_all_that_a_message_needs() -> None:
    assert addressees.of(["C-2001"], on=date(2015, 2, 20)) == {
        "C-2001": Addressee(
            number="C-2001",
            name="M. et Mme Lenoir",
            language="fr",
            territory="33",
            address=("M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX"),
            mobile="+33639980201",
            email="lenoir@example.org",
            adviser=NORA,
            backup=HUGO,
            present=NORA,
            absent_until=None,
        )
    }


def test_a_customer_who_does_not_exist_is_no_addressee() -> None:
    assert addressees.of(["C-9"], on=date(2015, 2, 20)) == {}


@pytest.mark.parametrize("numbers", [["C-2001"], ["C-2001", "C-4001", "C-5001"]])
def test_addressees_take_two_queries_however_many(
    numbers: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    is_away("A-1", "2015-02-10", "2015-02-21")

    with django_assert_num_queries(2):
        found = addressees.of(numbers, on=date(2015, 2, 20))

    assert list(found) == numbers


@pytest.mark.parametrize(
    ("on", "present", "until"),
    [
        pytest.param("2015-02-09", "A-1", None, id="the day before"),
        pytest.param("2015-02-10", "A-2", date(2015, 2, 21), id="the first day"),
        pytest.param("2015-02-20", "A-2", date(2015, 2, 21), id="the last day"),
        pytest.param("2015-02-21", "A-1", None, id="the day they are back"),
    ],
)
def test_the_backup_answers_while_the_adviser_is_away(on: str, present: str, until: date | None) -> None:
    is_away("A-1", "2015-02-10", "2015-02-21")

    assert answers(on) == (present, until)


def test_absences_without_a_day_between_are_one() -> None:
    is_away("A-1", "2015-02-10", "2015-02-14")
    is_away("A-1", "2015-02-14", "2015-02-21")
    is_away("A-1", "2015-02-22", "2015-02-25")

    assert answers("2015-02-13") == ("A-2", date(2015, 2, 21))


def test_an_adviser_may_be_away_until_nobody_knows_when() -> None:
    is_away("A-1", "2015-02-10", "2015-02-14")
    is_away("A-1", "2015-02-14", None)

    assert answers("2015-02-13") == ("A-2", None)
    assert absences.away(on=date(2015, 2, 13)) == {"A-1": Away(backup="A-2", until=None)}


def test_the_backup_of_the_backup_answers_when_both_are_away() -> None:
    is_away("A-3", "2015-02-10", "2015-02-21")
    is_away("A-2", "2015-02-01", "2015-03-01")

    perrin = addressees.of(["C-5001"], on=date(2015, 2, 13))["C-5001"]

    assert (perrin.adviser, perrin.backup, perrin.present) == (INES, HUGO, NORA)
    assert perrin.absent_until == date(2015, 2, 21)


def test_a_card_is_fetched_for_somebody_who_is_three_backups_away(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    world = the_story_world()
    world["advisers"].append({**world["advisers"][0], "id": "A-4", "name": "Zoé Petit", "backup": "A-1"})
    world["advisers"][0]["backup"] = "A-4"
    a_world(world)
    for adviser in ("A-1", "A-2", "A-3"):
        is_away(adviser, "2015-02-10", "2015-02-21")

    with django_assert_num_queries(3):
        perrin = addressees.of(["C-5001"], on=date(2015, 2, 13))["C-5001"]

    assert perrin.present.name == "Zoé Petit"


def test_the_operator_is_known() -> None:
    assert operator.current() == OperatorCard(
        name="Télécom Ligne Claire",
        country="FR",
        currency="EUR",
        languages=("fr", "en"),
        phone="1090",
        address=("TELECOM LIGNE CLAIRE", "SERVICE CLIENTS", "TSA 10090", "59000 LILLE"),
        zone="Europe/Paris",
    )


def test_the_house_is_the_operator_and_its_departments() -> None:
    house = operator.house()

    assert house.operator == operator.current()
    assert set(house.departments) == departments.codes()


def test_departments_are_known_by_code_and_name() -> None:
    listed = {row["code"]: row["name"] for row in the_story_world()["departments"]}

    assert departments.codes() == set(listed)
    assert departments.names() == listed


def test_advisers_are_listed_by_name() -> None:
    assert advisers.listed() == (HUGO, INES, NORA)


def test_cards_are_found_by_number() -> None:
    assert advisers.cards(["A-1", "A-3", "A-9"]) == {"A-1": NORA, "A-3": INES}


def test_known_customers_are_told_from_others() -> None:
    assert customers.known(["C-2001", "C-4002", "C-9"]) == {"C-2001", "C-4002"}


def test_who_is_on_duty_answers_when_adviser_and_backup_are_both_away(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_world_on_duty("A-3")
    is_away("A-1", "2015-02-10", "2015-02-21")
    assert advisers.cover_of("A-1", on=date(2015, 2, 9)) is None
    backup = Cover(
        name="Nora Benali",
        until=date(2015, 2, 21),
        backup_name="Hugo Marchand",
        present=HUGO,
        is_duty=False,
        is_there=True,
    )
    assert advisers.cover_of("A-1", on=date(2015, 2, 10)) == backup
    assert advisers.covered_by("A-2", on=date(2015, 2, 10)) == {"A-1": backup}
    is_away("A-2", "2015-02-12", "2015-02-14")

    assert [answers(f"2015-02-{day}") for day in (11, 12, 14, 21)] == [
        ("A-2", date(2015, 2, 21)),
        ("A-3", date(2015, 2, 21)),
        ("A-2", date(2015, 2, 21)),
        ("A-1", None),
    ]
    with django_assert_num_queries(2):  # who is away, their names
        covered = advisers.covered_by("A-3", on=date(2015, 2, 13))
    assert [(number, one.backup_name, one.present, one.is_duty) for number, one in covered.items()] == [
        ("A-1", "Hugo Marchand", INES, True),
        ("A-2", "Nora Benali", INES, True),
    ]
    with django_assert_num_queries(1):
        assert advisers.covered_by("A-1", on=date(2015, 2, 13)) == {}


def test_news_of_nobody_is_looked_at_by_who_is_on_duty() -> None:
    assert owners.of_news(None) == "A-1"
    a_world_on_duty("A-3")

    assert (owners.of_news(None), owners.of_news("C-2001"), owners.of_news("C-404")) == ("A-3", "A-1", "A-3")


def a_world_on_duty(adviser: str) -> None:
    document = the_story_world()
    document["operator"]["duty"] = adviser
    a_world(document)
    assert operator.current().duty == adviser
