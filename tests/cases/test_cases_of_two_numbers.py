"""Cases under two numbers of one person are merged like others, and tie the numbers together as long as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection

from builders import a_world, refused_by
from ligneclaire.cases.actions.close_case import NotSettled, close_case
from ligneclaire.cases.actions.log_contact import log_contact
from ligneclaire.cases.actions.merge_cases import merge_cases
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.reopen_case import reopen_case
from ligneclaire.cases.actions.separate_customer import CasesMerged, separate_customer
from ligneclaire.cases.actions.split_case import NotInTheCase, split_case
from ligneclaire.cases.actions.unmerge_case import unmerge_case
from ligneclaire.cases.queries import cards, said, together
from ligneclaire.cases.queries.together import OfTwoCustomers
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.queries import numbers
from people.persons import merge, unmerge

pytestmark = pytest.mark.django_db

NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
LENOIR, PERRIN, DELMAS = "C-2001", "C-5001", "C-1001"


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def opened(customer: str, owner: str = "A-1") -> str:
    key = (customer, f"customer:{customer}")
    need = Need(kind=CaseKind.CONVERSATION, owner=owner, opened_at=MONDAY)
    return open_cases(needs={key: need}, by=NORA, at=MONDAY)[key].reference


def together_as_one(reference: str, into: str) -> str:
    return merge_cases(reference=reference, into=into, reason="Même panne.", by=NORA, at=MONDAY)


def apart(reference: str) -> str:
    return unmerge_case(reference=reference, reason="Deux pannes.", by=NORA, at=MONDAY)


def separate(number: str) -> str:
    return separate_customer(number=number, reason="Deux personnes.", by=NORA, at=MONDAY)


def wrote(customer: str, case: str, text: str, medium: Medium = Medium.CALL) -> UUID:
    entry = uuid4()
    words = Said(customer=customer, case=case, medium=medium, direction=Direction.IN, text=text, happened_at=MONDAY)
    log_contact(entry=entry, said=words, promise=None, calendar=Calendar(), by=NORA, at=MONDAY)
    return entry


def close(reference: str) -> None:
    close_case(reference=reference, note="Réglé.", by=NORA, at=MONDAY)


def state(reference: str) -> tuple[str, str]:
    card = cards.by_reference(reference)
    assert card
    return card.state, card.survivor


def checked() -> None:
    """Have PostgreSQL look at what it looks at when a transaction is done."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_cases_of_two_customers_are_not_merged_until_both_prove_to_be_one() -> None:
    theirs, other = opened(LENOIR), opened(PERRIN)
    with pytest.raises(OfTwoCustomers):
        together_as_one(other, theirs)
    merge(PERRIN, LENOIR)

    assert together_as_one(other, theirs) == theirs

    checked()
    assert state(other) == ("open", theirs)
    assert together.weight_of(cards.in_one(theirs)[0]).entries == 0
    assert apart(other) == theirs
    assert state(other) == ("open", other)


def test_what_was_said_under_either_number_is_handled_in_one_and_closes_as_one() -> None:
    merge(PERRIN, LENOIR)
    theirs, other = opened(LENOIR), opened(PERRIN, owner="A-2")
    together_as_one(other, theirs)
    first = wrote(LENOIR, theirs, "La box clignote.")
    second = wrote(PERRIN, other, "Toujours rien.", Medium.LETTER)

    members = {one.reference for one in cards.in_one(theirs)}
    texts = [card.text for card in said.in_cases(members, customers=[LENOIR, PERRIN], limit=9)]
    assert sorted(texts) == ["La box clignote.", "Toujours rien."]
    with pytest.raises(NotSettled) as refusal:
        close(theirs)  # what came under the other number wants an answer
    assert refusal.value.values["what"] == "entry"
    with pytest.raises(NotInTheCase):
        split_case(reference=theirs, entries=[second], reason="Autre sujet.", by=NORA, at=MONDAY)
    assert split_case(reference=theirs, entries=[first], reason="Autre sujet.", by=NORA, at=MONDAY) != theirs


def test_both_close_and_open_again_as_one() -> None:
    merge(PERRIN, LENOIR)
    theirs, other = opened(LENOIR), opened(PERRIN)
    together_as_one(other, theirs)

    close(theirs)

    assert (state(theirs), state(other)) == (("closed", theirs), ("closed", theirs))
    reopen_case(reference=theirs, note="", by=NORA, at=MONDAY)
    assert (state(theirs), state(other)) == (("open", theirs), ("open", theirs))
    checked()


def test_numbers_whose_cases_are_merged_are_not_separated_before_the_cases() -> None:
    merge(PERRIN, LENOIR)
    theirs, other = opened(LENOIR), opened(PERRIN)
    together_as_one(other, theirs)

    with pytest.raises(CasesMerged) as refusal:
        separate(PERRIN)

    assert refusal.value.values == {"customer": PERRIN, "cases": other}
    assert numbers.of(PERRIN) == (LENOIR, PERRIN)
    apart(other)
    assert separate(PERRIN) == LENOIR
    assert numbers.of(PERRIN) == (PERRIN,)
    checked()


def test_the_database_separates_no_numbers_whose_cases_are_merged() -> None:
    merge(PERRIN, LENOIR)
    theirs, other = opened(LENOIR), opened(PERRIN)
    together_as_one(other, theirs)

    with refused_by("case_merged_in_person"):
        unmerge(PERRIN)
        checked()


@pytest.mark.parametrize("into_theirs", [True, False])
def test_the_person_may_get_more_numbers_which_come_apart_again(*, into_theirs: bool) -> None:
    merge(PERRIN, LENOIR)
    theirs, other = opened(LENOIR), opened(PERRIN)
    together_as_one(*((other, theirs) if into_theirs else (theirs, other)))
    merge(LENOIR, DELMAS)
    checked()

    assert together.across(LENOIR) == ()  # both lie on one side
    assert [card.reference for card in together.across(PERRIN)] == [other if into_theirs else theirs]
    assert separate(LENOIR) == DELMAS
    checked()
    assert numbers.of(PERRIN) == (LENOIR, PERRIN)
    assert together.across("C-404") == ()
