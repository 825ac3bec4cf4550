from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.rows import Tally
from ligneclaire.people.actions.import_people import import_people
from ligneclaire.people.models import ContactPoint, Coverage, Customer
from ligneclaire.people.queries import addressees, departments, operator
from ligneclaire.people.queries.operator import NoOperator, OperatorCard
from ligneclaire.people.values import AdviserEntry, CustomerEntry, DepartmentEntry, TerritoryEntry

pytestmark = pytest.mark.django_db

FIRST = datetime(2015, 1, 1, tzinfo=UTC)
LATER = datetime(2015, 2, 1, tzinfo=UTC)
BILLING = Actor(ActorKind.DEPARTMENT, "billing")

OPERATOR = OperatorCard(
    name="Télécom Ligne Claire",
    country="FR",
    currency="EUR",
    languages=("fr", "en"),
    phone="1090",
    address=("TELECOM LIGNE CLAIRE", "59000 LILLE"),
    zone="Europe/Paris",
)
BORDEAUX = TerritoryEntry(code="33", name="Gironde", communes=("33000 Bordeaux",))
PARIS = TerritoryEntry(code="75", name="Paris", communes=("75011 Paris",))
NORA = AdviserEntry(
    number="A-1",
    name="Nora Benali",
    phone="+33199000101",
    email="nora@ligneclaire.example",
    languages=("fr", "en"),
    territories=("33", "75"),
    backup="A-2",
)
HUGO = replace(NORA, number="A-2", name="Hugo Marchand", phone="+33199000102", territories=("75",), backup="A-1")
LENOIR = CustomerEntry(
    number="C-2001",
    name="M. et Mme Lenoir",
    language="fr",
    territory="33",
    since=date(2001, 9, 1),
    adviser="A-1",
    address=("M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX"),
    mobile="+33639980201",
    email="lenoir@example.org",
)
IDRIS = replace(LENOIR, number="C-2002", name="Idris", mobile=None, email=None)


def import_them(
    *customers: CustomerEntry,
    card: OperatorCard = OPERATOR,
    advisers: tuple[AdviserEntry, ...] = (NORA, HUGO),
    by: Actor = SYSTEM,
    at: datetime = FIRST,
) -> dict[str, Tally]:
    return import_people(
        operator=card,
        departments=[DepartmentEntry(code="billing", name="Facturation")],
        territories=[BORDEAUX, PARIS],
        advisers=advisers,
        customers=customers,
        by=by,
        at=at,
    )


def changes(tallies: dict[str, Tally]) -> dict[str, Tally]:
    return {what: tally for what, tally in tallies.items() if tally != Tally(same=tally.same)}


def test_everyone_on_the_list_is_known_afterwards() -> None:
    tallies = import_them(LENOIR, IDRIS)

    assert tallies == {
        "operator": Tally(new=1),
        "departments": Tally(new=1),
        "territories": Tally(new=2),
        "advisers": Tally(new=2),
        "coverages": Tally(new=3),
        "customers": Tally(new=2),
        "contact points": Tally(new=4),
    }
    assert operator.current() == OPERATOR
    assert departments.names() == {"billing": "Facturation"}
    known = addressees.of(["C-2001", "C-2002"], on=FIRST.date())
    assert {number: (row.name, row.mobile, row.email) for number, row in known.items()} == {
        "C-2001": ("M. et Mme Lenoir", "+33639980201", "lenoir@example.org"),
        "C-2002": ("Idris", None, None),
    }


def test_the_same_list_again_changes_nothing() -> None:
    import_them(LENOIR, IDRIS)

    tallies = import_them(LENOIR, IDRIS, by=BILLING, at=LATER)

    assert changes(tallies) == {}
    assert {(row.changed_by, row.changed_at) for row in Customer.objects.all()} == {("system:ligneclaire", FIRST)}


def test_what_differs_is_brought_up_to_date_counted_and_signed() -> None:
    import_them(LENOIR, IDRIS)

    tallies = import_them(
        replace(LENOIR, adviser="A-2", address=("M ET MME LENOIR", "33000 BORDEAUX")),
        IDRIS,
        card=replace(OPERATOR, phone="3900"),
        by=BILLING,
        at=LATER,
    )

    assert changes(tallies) == {
        "operator": Tally(changed=1),
        "customers": Tally(changed=1, same=1),
        "contact points": Tally(changed=1, same=3),
    }
    lenoir = addressees.of(["C-2001"], on=LATER.date())["C-2001"]
    assert (lenoir.adviser.name, lenoir.address) == ("Hugo Marchand", ("M ET MME LENOIR", "33000 BORDEAUX"))
    assert operator.current().phone == "3900"
    assert {row.number: (row.changed_by, row.changed_at) for row in Customer.objects.all()} == {
        "C-2001": ("department:billing", LATER),
        "C-2002": ("system:ligneclaire", FIRST),
    }


def test_a_contact_point_that_is_no_longer_listed_is_forgotten() -> None:
    import_them(LENOIR, IDRIS)

    tallies = import_them(replace(LENOIR, mobile=None), IDRIS)

    assert changes(tallies) == {"contact points": Tally(same=3, removed=1)}
    assert addressees.of(["C-2001"], on=FIRST.date())["C-2001"].mobile is None


def test_a_contact_point_that_changes_is_no_longer_verified() -> None:
    import_them(LENOIR)
    ContactPoint.objects.update(verified=True)

    import_them(replace(LENOIR, email="new@example.org"))

    assert set(ContactPoint.objects.values_list("kind", "verified")) == {
        ("ADDRESS", True),
        ("MOBILE", True),
        ("EMAIL", False),
    }


def test_an_adviser_covers_what_the_list_says() -> None:
    import_them()

    tallies = import_them(advisers=(replace(NORA, territories=("33",)), replace(HUGO, territories=("75", "33"))))

    assert changes(tallies) == {"coverages": Tally(new=1, same=2, removed=1)}
    assert set(Coverage.objects.values_list("adviser__number", "territory__code")) == {
        ("A-1", "33"),
        ("A-2", "33"),
        ("A-2", "75"),
    }


def test_those_who_are_not_on_the_list_stay() -> None:
    import_them(LENOIR)

    tallies = import_them(IDRIS)

    assert changes(tallies) == {"customers": Tally(new=1), "contact points": Tally(new=1)}
    assert addressees.of(["C-2001"], on=FIRST.date())["C-2001"].mobile == "+33639980201"


def test_there_is_no_operator_before_the_first_import() -> None:
    with pytest.raises(NoOperator):
        operator.current()
    with pytest.raises(NoOperator):
        operator.house()
