"""Cases and open questions as others need them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ligneclaire.cases.models import Case, Question
from ligneclaire.cases.states import CaseState, QuestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A case: what it is about, who owns it, and the reference that leads back to it."""

    reference: str
    customer: str
    subject: str
    kind: str
    owner: str
    state: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """A contradiction and what became of it; `claims` are objects with a value and its sources."""

    id: int
    customer: str
    subject: str
    key: str
    claims: tuple[Mapping[str, object], ...]
    owner: str
    reference: str
    asked_at: datetime
    state: str
    chosen: object
    reason: str
    settled_by: str
    closed_at: datetime | None


def open_of(customers: Collection[str]) -> dict[tuple[str, str], CaseCard]:
    """The open case of each customer and subject."""
    rows = Case.objects.filter(customer__number__in=customers, state=CaseState.OPEN).order_by("id")
    return {(row.customer_id, row.subject): _card(row) for row in rows}


def of(customer: str) -> tuple[CaseCard, ...]:
    """All cases of a customer, newest first."""
    return tuple(_card(row) for row in Case.objects.filter(customer__number=customer).order_by("-opened_at", "-id"))


def by_reference(reference: str) -> CaseCard | None:
    """The case that a reference names."""
    row = Case.objects.filter(reference=reference).first()
    return _card(row) if row else None


def questions_of(customer: str) -> tuple[QuestionCard, ...]:
    """Every contradiction of a customer that was put to an owner, newest first."""
    rows = Question.objects.filter(customer=customer).select_related("case").order_by("-asked_at", "-id")
    return tuple(_question(row) for row in rows)


def open_questions(*, owner: str | None = None) -> tuple[QuestionCard, ...]:
    """The contradictions that wait for an answer, oldest first; of one owner or of all."""
    rows = Question.objects.filter(state=QuestionState.OPEN).select_related("case").order_by("asked_at", "id")
    return tuple(_question(row) for row in (rows.filter(case__owner__number=owner) if owner else rows))


def _card(row: Case) -> CaseCard:
    return CaseCard(
        reference=row.reference,
        customer=row.customer_id,
        subject=row.subject,
        kind=row.kind,
        owner=row.owner_id,
        state=row.state,
        opened_at=row.opened_at,
    )


def _question(row: Question) -> QuestionCard:
    return QuestionCard(
        id=row.id,
        customer=row.customer,
        subject=row.subject,
        key=row.key,
        claims=tuple(row.claims),
        owner=row.case.owner_id,
        reference=row.case.reference,
        asked_at=row.asked_at,
        state=row.state,
        chosen=row.chosen,
        reason=row.reason,
        settled_by=row.settled_by,
        closed_at=row.closed_at,
    )
