"""Write down that somebody may speak for a customer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.models import AuthorisedPerson, Customer
from ligneclaire.people.rules.authority import Term, tidy
from ligneclaire.people.rules.plain import plain
from ligneclaire.people.states import May, PersonKind


class NobodyNamed(Refused):
    """The name has no letter in it."""


class EndsBeforeItBegins(Refused):
    """The last day lies before the first one."""


class AuthorisedAlready(Refused):
    """The same person is authorised as the same on one of these days: withdraw that first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who somebody is, what they may, for how long, and where the document lies that says so."""

    name: str
    kind: PersonKind
    may: Collection[May]
    term: Term
    proof: str
    email: str = ""
    phone: str = ""


@transaction.atomic
def authorise_person(*, person: UUID, customer: str, authority: Authority, by: Actor, at: datetime) -> bool:
    """Authorise somebody, once; return whether that is new."""
    refuse_unless(by, may=Right.AUTHORISE)
    Customer.objects.select_for_update().get(number=customer)
    if AuthorisedPerson.objects.filter(uuid=person).exists():
        return False
    named, term = plain(authority.name), authority.term
    if not named:
        raise NobodyNamed(name=authority.name)
    if term.end is not None and term.end <= term.start:
        raise EndsBeforeItBegins(start=term.start, end=term.end)
    days = DateRange(term.start, term.end)
    same = AuthorisedPerson.objects.filter(
        customer__number=customer, plain_name=named, kind=authority.kind, withdrawn_at=None, period__overlap=days
    )
    if same.exists():
        raise AuthorisedAlready(customer=customer, name=authority.name, kind=authority.kind)
    AuthorisedPerson.objects.create(
        uuid=person,
        customer_id=customer,
        name=authority.name,
        plain_name=named,
        kind=authority.kind,
        may=list(tidy(authority.may)),
        email=authority.email,
        phone=authority.phone,
        period=days,
        proof=authority.proof,
        recorded_by=str(by),
        recorded_at=at,
    )
    announce([customer])
    return True
