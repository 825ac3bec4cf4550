"""A customer sees who may speak for them, and withdraws whom they chose themself."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builders import LONG_AGO, refused_by
from ligneclaire.channels.content import Content
from ligneclaire.channels.models import Message
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed
from ligneclaire.people.actions.authorise_person import Authority, authorise_person
from ligneclaire.people.actions.withdraw_trust import withdraw_trust
from ligneclaire.people.models import AuthorisedPerson, ContactPoint
from ligneclaire.people.rules.authority import Term
from ligneclaire.people.states import May, PersonKind
from locks import locking
from people.persons import merge

pytestmark = pytest.mark.django_db
NORA, LENOIR = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.CUSTOMER, "C-2001")
PAGE = "/espace/personnes"


def a_person(
    name: str = "Paul Martin",
    kind: PersonKind = PersonKind.MANDATARY,
    *,
    end: date | None = None,
    customer: str = "C-2001",
) -> UUID:
    person = uuid4()
    authority = Authority(
        name=name,
        kind=kind,
        may=(May.BILLS, May.LINE),
        term=Term(start=LONG_AGO.date(), end=end),
        proof="Procuration du 3 janvier, classeur 12",
        email="",
        phone="+33639980299",
    )
    authorise_person(person=person, customer=customer, authority=authority, by=NORA, at=LONG_AGO)
    return person


def words(client: Client, path: str = PAGE) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(path).content.decode()).replace("\xa0", " ").split())


def confirmations() -> list[Message]:
    return list(Message.objects.filter(written_by="system:ligneclaire", customer="C-2001"))


def test_a_customer_sees_who_may_what_until_when_and_who_noted_it(lenoir: Client) -> None:
    assert "Personne d’autre que vous." in words(lenoir)
    today = clock.now().date()
    a_person(end=today + timedelta(days=10))
    a_person("Ida Roux", PersonKind.GUARDIAN)
    a_person("Jean Petit", PersonKind.HOUSEHOLD, end=today)
    a_person("Zoé Noir", customer="C-3001")

    page = lenoir.get(PAGE)

    persons = page.context["persons"]
    assert [(one.name, one.last, one.is_withdrawable) for one in persons.holding] == [
        ("Ida Roux", None, False),
        ("Paul Martin", today + timedelta(days=9), True),
    ]
    assert [one.name for one in persons.past] == ["Jean Petit"]
    said = words(lenoir)
    assert "avec votre procuration Peut : connaître les factures et les paiements, parler de la ligne" in said
    assert "noté par Nora B." in said
    assert "classeur 12" not in said  # where our papers lie is ours
    assert "Zoé" not in said
    assert "Qui peut parler pour moi" in words(lenoir, "/espace/securite")


def test_whom_they_chose_is_withdrawn_and_a_message_confirms_it(lenoir: Client) -> None:
    person = a_person()

    for _ in range(2):
        assert lenoir.post(f"{PAGE}/{person}/retrait").headers["Location"] == PAGE

    row = AuthorisedPerson.objects.get()
    assert (row.withdrawn_by, row.withdrawn_at is not None) == ("customer:C-2001", True)
    [message] = confirmations()
    assert (message.channel, message.subject) == ("email", "Une personne ne parle plus en votre nom")
    assert "l’autorisation de Paul Martin" in Content.from_json(message.content).opening[0]
    assert "Si ce n’est pas vous" in Content.from_json(message.content).opening[0]
    said = words(lenoir)
    assert "C’est retiré, dès maintenant." in said
    assert "retirée le" in said


def test_the_person_is_held_before_what_they_allowed(lenoir: Client) -> None:
    person = a_person(customer="C-3001")
    merge("C-3001", "C-2001", at=clock.now())

    with locking() as locks:
        lenoir.post(f"{PAGE}/{person}/retrait")

    row = locks.index(set())
    assert {"C-2001", "C-3001"} in locks[:row]
    assert set().union(*locks) == {"C-2001", "C-3001"}
    assert AuthorisedPerson.objects.get().withdrawn_at is not None


def test_whom_a_judge_named_is_not_withdrawn_here(lenoir: Client) -> None:
    person = a_person(kind=PersonKind.GUARDIAN)

    lenoir.post(f"{PAGE}/{person}/retrait")

    assert "désignée par un juge ou par une succession" in words(lenoir)
    assert AuthorisedPerson.objects.get().withdrawn_at is None
    assert confirmations() == []
    with refused_by("authorised_person_of_a_judge_not_withdrawn_by_customer"):
        AuthorisedPerson.objects.update(withdrawn_by="customer:C-2001", withdrawn_at=clock.now())


def test_nobody_withdraws_for_another_customer(lenoir: Client) -> None:
    theirs = a_person(customer="C-3001")

    for person in (theirs, uuid4()):
        assert lenoir.post(f"{PAGE}/{person}/retrait").status_code == 404
    assert AuthorisedPerson.objects.get().withdrawn_at is None
    with pytest.raises(NotAllowed):
        withdraw_trust(person=theirs, by=NORA, at=clock.now())


def test_a_customer_whom_no_message_reaches_withdraws_all_the_same(lenoir: Client) -> None:
    person = a_person()
    ContactPoint.objects.filter(customer_id="C-2001").delete()

    lenoir.post(f"{PAGE}/{person}/retrait")
    assert not withdraw_trust(person=person, by=LENOIR, at=clock.now())

    assert AuthorisedPerson.objects.get().withdrawn_by == "customer:C-2001"
    assert confirmations() == []


def test_the_desk_says_that_the_customer_withdrew_it(nora: Client) -> None:
    withdraw_trust(person=a_person(), by=LENOIR, at=clock.now())

    assert "Retirée par le client" in words(nora, "/customers/C-2001/persons")


@pytest.mark.parametrize("count", [1, 12])
def test_it_takes_as_many_queries_for_many_as_for_one(
    lenoir: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        a_person(f"Personne {number}")
    lenoir.get(PAGE)

    with django_assert_num_queries(4):
        lenoir.get(PAGE)
