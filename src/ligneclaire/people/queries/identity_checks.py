"""Who proved to be whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.people.models import IdentityCheck
from ligneclaire.people.rules.authority import is_passed
from ligneclaire.people.states import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCard:
    """A check of identity; `person` is None when the customer themself was checked."""

    uuid: UUID
    customer: str
    person: UUID | None
    proof: Proof
    adviser: str
    adviser_name: str
    at: datetime

    @property
    def is_passed(self) -> bool:
        """Whether they are who they say."""
        return is_passed(self.proof)


def since(customers: Collection[str], at: datetime) -> tuple[CheckCard, ...]:
    """The checks under these numbers of a person from an instant on, the newest first."""
    rows = IdentityCheck.objects.filter(customer__number__in=customers, at__gte=at).select_related("adviser")
    return tuple(_card(row) for row in rows.order_by("-at", "-id"))


def by_uuid(uuid: UUID) -> CheckCard | None:
    """One check, if it was done."""
    row = IdentityCheck.objects.filter(uuid=uuid).select_related("adviser").first()
    return _card(row) if row else None


def _card(row: IdentityCheck) -> CheckCard:
    return CheckCard(
        uuid=row.uuid,
        customer=row.customer_id,
        person=row.person_id,
        proof=Proof(row.proof),
        adviser=row.adviser_id,
        adviser_name=row.adviser.name,
        at=row.at,
    )
