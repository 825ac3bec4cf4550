"""Who may speak for a customer, or be spoken to about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from ligneclaire.kernel.actor import ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import AuthorisedPerson, Customer
from ligneclaire.people.queries import advisers
from ligneclaire.people.states import May, PersonKind


class PersonUnknown(Refused):
    """Nobody of this customer is authorised under this identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """An authorised person as screens show them; `end` is the first day on which they are no longer."""

    uuid: UUID
    customer: str
    name: str
    kind: PersonKind
    may: tuple[May, ...]
    email: str
    phone: str
    start: date
    end: date | None
    proof: str
    recorded_by_name: str
    recorded_at: datetime
    withdrawn_by_name: str
    withdrawn_at: datetime | None

    @property
    def is_withdrawn_by_customer(self) -> bool:
        """Whether the customer withdrew it themself, by whichever of their numbers."""
        return self.withdrawn_by_name.startswith(f"{ActorKind.CUSTOMER}:")

    def holds_on(self, day: date) -> bool:
        """Whether they may anything on a day."""
        return self.withdrawn_at is None and self.start <= day and (self.end is None or day < self.end)


def of(customers: Collection[str]) -> tuple[PersonCard, ...]:
    """Everybody who ever was authorised under these numbers of a person, the newest first."""
    rows = _rows().filter(customer__number__in=customers).order_by("-recorded_at", "-id")
    return tuple(_card(row) for row in rows)


def holding(cards: Iterable[PersonCard], *, on: date) -> tuple[PersonCard, ...]:
    """Those of them who are authorised on a day, by name."""
    return tuple(sorted((card for card in cards if card.holds_on(on)), key=lambda card: (card.name, card.uuid)))


def by_uuid(uuid: UUID, *, customer: str) -> PersonCard:
    """One whom the person authorised who is meant by a number, under whichever of their numbers."""
    card = found(uuid, customer=customer)
    if card is None:
        raise PersonUnknown(person=uuid, customer=customer)
    return card


def found(uuid: UUID, *, customer: str) -> PersonCard | None:
    """The same; None where it is somebody of another person, as after a merge that was taken back."""
    meant = Customer.objects.filter(number=customer).values("survivor__number")
    row = _rows().filter(uuid=uuid, customer__survivor__number__in=meant).first()
    return _card(row) if row else None


def writing_from(email: str, *, on: date) -> tuple[PersonCard, ...]:
    """Those whose e-mail address this is and who are authorised on that day, by customer, however it is written."""
    rows = _rows().alias(any_case=Lower("email")).exclude(email="").filter(any_case=email.lower())
    valid = rows.filter(withdrawn_at=None, period__contains=on)
    return tuple(_card(row) for row in valid.order_by("customer__number", "id"))


def locked(uuid: UUID) -> AuthorisedPerson:
    """One, whom nobody else changes until the transaction ends."""
    row = AuthorisedPerson.objects.select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise PersonUnknown(person=uuid)
    return row


def _rows() -> QuerySet[AuthorisedPerson]:
    return NAMED.all()


def _card(row: AuthorisedPerson) -> PersonCard:
    return PersonCard(
        uuid=row.uuid,
        customer=row.customer_id,
        name=row.name,
        kind=PersonKind(row.kind),
        may=tuple(May(one) for one in row.may),
        email=row.email,
        phone=row.phone,
        start=row.period.lower,
        end=row.period.upper,
        proof=row.proof,
        recorded_by_name=row.recorded_by_name or row.recorded_by,  # type: ignore[attr-defined]
        recorded_at=row.recorded_at,
        withdrawn_by_name=row.withdrawn_by_name or row.withdrawn_by,  # type: ignore[attr-defined]
        withdrawn_at=row.withdrawn_at,
    )


NAMED = AuthorisedPerson.objects.annotate(
    recorded_by_name=advisers.name_of("recorded_by"), withdrawn_by_name=advisers.name_of("withdrawn_by")
)
