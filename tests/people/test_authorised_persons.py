"""Somebody may speak for a customer within what they may know, for a time, and until it is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DataError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from builders import a_world, refused_by
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.actions.authorise_person import (
    AuthorisedAlready,
    Authority,
    EndsBeforeItBegins,
    NobodyNamed,
    authorise_person,
)
from ligneclaire.people.actions.record_identity_check import NoLongerAuthorised, record_identity_check
from ligneclaire.people.actions.withdraw_authorisation import withdraw_authorisation
from ligneclaire.people.actions.withdraw_trust import withdraw_trust
from ligneclaire.people.models import AuthorisedPerson, IdentityCheck
from ligneclaire.people.queries import authorised, identity_checks
from ligneclaire.people.queries.authorised import PersonUnknown
from ligneclaire.people.rules.authority import Term, covers, is_passed, is_recent, tidy
from ligneclaire.people.states import May, PersonKind, Proof
from people.persons import merge, unmerge

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
FEBRUARY, MARCH, APRIL = date(2015, 2, 1), date(2015, 3, 1), date(2015, 4, 1)
ANNE = Authority(
    name="Anne Roux",
    kind=PersonKind.CURATOR,
    may=[May.LINE, May.BILLS],
    term=Term(start=FEBRUARY, end=MARCH),
    proof="Jugement 14/1234, GED 77",
    email="Anne.Roux@example.org",
)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def authorise(authority: Authority = ANNE, *, person: UUID | None = None, customer: str = "C-2001") -> UUID:
    uuid = person or uuid4()
    authorise_person(person=uuid, customer=customer, authority=authority, by=NORA, at=MONDAY)
    return uuid


def check(proof: Proof = Proof.TWO_FACTS, *, person: UUID | None = None, uuid: UUID | None = None) -> bool:
    return record_identity_check(
        check=uuid or uuid4(), customer="C-2001", person=person, proof=proof, by=NORA, at=MONDAY
    )


def test_somebody_is_authorised_for_a_time_and_with_a_proof() -> None:
    uuid = authorise()

    [card] = authorised.of(["C-2001"])
    assert (card.uuid, card.name, card.kind, card.may) == (uuid, "Anne Roux", "CURATOR", (May.BILLS, May.LINE))
    assert (card.start, card.end, card.proof) == (FEBRUARY, MARCH, "Jugement 14/1234, GED 77")
    assert (card.recorded_by_name, card.recorded_at, card.withdrawn_at) == ("Nora Benali", MONDAY, None)
    assert [card.holds_on(day) for day in (date(2015, 1, 31), FEBRUARY, date(2015, 2, 28), MARCH)] == [
        *(False, True, True, False)
    ]
    assert authorised.of(["C-1001"]) == ()


def test_the_same_form_sent_twice_authorises_once() -> None:
    uuid = authorise()

    assert not authorise_person(person=uuid, customer="C-2001", authority=ANNE, by=NORA, at=MONDAY)
    assert AuthorisedPerson.objects.count() == 1


@pytest.mark.parametrize(
    ("authority", "refusal"),
    [
        (replace(ANNE, name=" - "), NobodyNamed),
        (replace(ANNE, name="Zoé Petit", term=Term(start=MARCH, end=FEBRUARY)), EndsBeforeItBegins),
        (replace(ANNE, name="Zoé Petit", term=Term(start=MARCH, end=MARCH)), EndsBeforeItBegins),
        (replace(ANNE, name="ANNE ROUX", term=Term(start=date(2015, 2, 28), end=None)), AuthorisedAlready),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(authority: Authority, refusal: type[Exception]) -> None:
    authorise()

    with pytest.raises(refusal):
        authorise(authority)
    assert AuthorisedPerson.objects.count() == 1


@pytest.mark.parametrize(
    "authority",
    [
        replace(ANNE, term=Term(start=MARCH, end=None)),
        replace(ANNE, kind=PersonKind.HOUSEHOLD),
        replace(ANNE, name="Zoé Roux"),
    ],
)
def test_another_time_another_kind_or_another_person_is_all_right(authority: Authority) -> None:
    authorise()
    authorise(authority)

    assert AuthorisedPerson.objects.count() == 2


def test_what_is_withdrawn_holds_no_longer_and_stays_to_be_read() -> None:
    uuid = authorise()

    assert withdraw_authorisation(person=uuid, by=NORA, at=MONDAY)
    assert not withdraw_authorisation(person=uuid, by=NORA, at=MONDAY)

    [card] = authorised.of(["C-2001"])
    assert (card.withdrawn_by_name, card.withdrawn_at) == ("Nora Benali", MONDAY)
    assert authorised.holding([card], on=FEBRUARY) == ()
    authorise()
    assert AuthorisedPerson.objects.count() == 2


def test_what_a_customer_withdrew_by_another_number_of_theirs_they_withdrew_themself() -> None:
    theirs, ours = authorise(), authorise(replace(ANNE, name="Paul Roux", kind=PersonKind.MANDATARY), customer="C-3001")
    merge("C-3001", "C-2001")
    withdraw_authorisation(person=theirs, by=NORA, at=MONDAY)
    withdraw_trust(person=ours, by=Actor(ActorKind.CUSTOMER, "C-2001"), at=MONDAY)

    cards = [authorised.by_uuid(one, customer="C-2001") for one in (theirs, ours)]

    assert [(card.customer, card.is_withdrawn_by_customer) for card in cards] == [("C-2001", False), ("C-3001", True)]


def test_whoever_is_somebody_elses_after_a_merge_was_taken_back_is_not_found() -> None:
    person = authorise(customer="C-3001")
    merge("C-3001", "C-2001")
    assert authorised.found(person, customer="C-2001") is not None

    unmerge("C-3001")

    assert authorised.found(person, customer="C-2001") is None


def test_whoever_is_unknown_cannot_be_withdrawn_or_found() -> None:
    with pytest.raises(PersonUnknown):
        withdraw_authorisation(person=uuid4(), by=NORA, at=MONDAY)
    with pytest.raises(PersonUnknown):
        authorised.by_uuid(authorise(), customer="C-1001")


def test_an_address_leads_to_those_who_write_from_it_while_they_may() -> None:
    uuid = authorise()
    authorise(replace(ANNE, email=""), customer="C-1001")

    assert [card.uuid for card in authorised.writing_from("anne.roux@EXAMPLE.org", on=FEBRUARY)] == [uuid]
    assert authorised.writing_from("anne.roux@example.org", on=MARCH) == ()
    assert authorised.writing_from("", on=FEBRUARY) == ()
    withdraw_authorisation(person=uuid, by=NORA, at=MONDAY)
    assert authorised.writing_from("anne.roux@example.org", on=FEBRUARY) == ()


def test_whoever_may_everything_needs_nothing_else() -> None:
    assert tidy([May.LINE, May.EVERYTHING]) == (May.EVERYTHING,)
    assert tidy([May.ENDING, May.BILLS]) == (May.BILLS, May.ENDING)
    assert [covers([May.BILLS], May.BILLS), covers([May.BILLS], May.LINE)] == [True, False]
    assert covers([May.EVERYTHING], May.ENDING)


def test_a_check_is_kept_once_with_whom_and_how() -> None:
    uuid, person = uuid4(), authorise()

    assert check(Proof.DOCUMENT, person=person, uuid=uuid)
    assert not check(Proof.FAILED, person=person, uuid=uuid)
    check(Proof.FAILED)

    checks = identity_checks.since(["C-2001"], MONDAY)
    assert [(one.person, one.proof, one.adviser_name, one.is_passed) for one in checks] == [
        (None, Proof.FAILED, "Nora Benali", False),
        (person, Proof.DOCUMENT, "Nora Benali", True),
    ]
    assert identity_checks.by_uuid(uuid) == checks[1]
    assert identity_checks.by_uuid(uuid4()) is None
    assert identity_checks.since(["C-1001"], MONDAY) == ()


def test_nobody_is_checked_who_is_not_of_the_customer_or_no_longer() -> None:
    person = authorise()
    withdraw_authorisation(person=person, by=NORA, at=MONDAY)

    with pytest.raises(NoLongerAuthorised):
        check(person=person)
    with pytest.raises(PersonUnknown):
        check(person=uuid4())
    assert IdentityCheck.objects.count() == 0


def test_only_failing_is_not_passing() -> None:
    assert [proof for proof in Proof if not is_passed(proof)] == [Proof.FAILED]


def test_a_check_holds_for_a_call_and_not_for_the_next() -> None:
    assert is_recent(MONDAY, at=MONDAY + timedelta(minutes=59))
    assert not is_recent(MONDAY, at=MONDAY + timedelta(hours=1))


def a_person(**changes: object) -> AuthorisedPerson:
    given = {"customer_id": "C-2001", "name": "Anne", "plain_name": "anne", "kind": "HEIR", "may": ["BILLS"]}
    rest = {"period": DateRange(FEBRUARY, MARCH), "proof": "x", "recorded_by": "adviser:A-1", "recorded_at": MONDAY}
    return AuthorisedPerson.objects.create(**{"uuid": uuid4(), **given, **rest, **changes})


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("authorised_person_without_overlap", {"period": DateRange(date(2015, 2, 28), None)}),
        ("authorised_person_has_days", {"period": DateRange(MARCH, MARCH)}),
        ("authorised_person_has_days", {"period": DateRange(None, FEBRUARY)}),
        ("authorised_person_has_a_name", {"plain_name": ""}),
        ("authorised_person_kind_known", {"kind": "FRIEND"}),
        ("authorised_person_may_something", {"kind": "NOTARY", "may": []}),
        ("authorised_person_may_something", {"kind": "NOTARY", "may": ["EVERYTHING", "BILLS"]}),
        ("authorised_person_may_something", {"kind": "NOTARY", "may": ["DANCE"]}),
        ("authorised_person_with_proof", {"kind": "NOTARY", "proof": ""}),
        ("authorised_person_reached_somehow", {"kind": "NOTARY", "email": "anne"}),
        ("authorised_person_reached_somehow", {"kind": "NOTARY", "phone": "0639980201"}),
        ("authorised_person_withdrawn_by_somebody", {"kind": "NOTARY", "withdrawn_at": MONDAY}),
        ("authorised_person_withdrawn_by_somebody", {"kind": "NOTARY", "withdrawn_by": "adviser:A-1"}),
    ],
)
def test_the_database_refuses_it(constraint: str, changes: dict[str, object]) -> None:
    a_person()

    with refused_by(constraint):
        a_person(**changes)


def test_the_database_knows_no_end_before_a_beginning() -> None:
    with pytest.raises(DataError, match="lower bound"), transaction.atomic():
        a_person(period=DateRange(MARCH, FEBRUARY))


def test_the_database_refuses_a_check_without_a_known_way() -> None:
    with refused_by("identity_check_proof_known"):
        IdentityCheck.objects.create(uuid=uuid4(), customer_id="C-2001", proof="HUNCH", adviser_id="A-1", at=MONDAY)


def test_rows_say_what_they_are() -> None:
    person = a_person()
    row = IdentityCheck(uuid=person.uuid)

    assert (str(person), str(row)) == (str(person.uuid), str(person.uuid))
