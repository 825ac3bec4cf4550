"""Cases and open questions as others need them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from ligneclaire.cases.models import Case, Question
from ligneclaire.cases.states import CaseState, QuestionState
from ligneclaire.people.queries import advisers

ASKED = JSONObject(
    id="id",
    key="key",
    claims="claims",
    asked_at="asked_at",
    state="state",
    chosen="chosen",
    reason="reason",
    settled_by="settled_by",
    settled_by_name=advisers.name_of("settled_by"),
    closed_at="closed_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A case: what it is about, who owns it, and the reference that leads back to it."""

    reference: str
    customer: str
    subject: str
    kind: str
    owner: str
    owner_name: str
    state: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """A contradiction and what became of it; `claims` are objects with a value and its sources."""

    id: int
    customer: str
    customer_name: str
    subject: str
    key: str
    claims: tuple[Mapping[str, object], ...]
    owner: str
    owner_name: str
    reference: str
    asked_at: datetime
    state: str
    chosen: object
    reason: str
    settled_by: str
    settled_by_name: str
    closed_at: datetime | None


def open_of(customers: Collection[str]) -> dict[tuple[str, str], CaseCard]:
    """The open case of each customer and subject."""
    rows = _cases().filter(customer__number__in=customers, state=CaseState.OPEN).order_by("id")
    return {(row.customer_id, row.subject): _card(row) for row in rows}


def of(customer: str) -> tuple[CaseCard, ...]:
    """All cases of a customer, newest first."""
    return tuple(_card(row) for row in _cases().filter(customer__number=customer).order_by("-opened_at", "-id"))


def with_questions(customer: str) -> tuple[tuple[CaseCard, ...], tuple[QuestionCard, ...]]:
    """All cases of a customer and every contradiction put to their owners, each newest first, in one query."""
    rows = list(
        _cases()
        .filter(customer__number=customer)
        .select_related("customer")
        .annotate(asked=ArraySubquery(Question.objects.filter(case=OuterRef("pk")).values(one=ASKED)))
        .order_by("-opened_at", "-id")
    )
    questions = [_asked(row, asked) for row in rows for asked in row.asked]
    return tuple(map(_card, rows)), tuple(sorted(questions, key=lambda one: (one.asked_at, one.id), reverse=True))


def by_reference(reference: str) -> CaseCard | None:
    """The case that a reference names."""
    row = _cases().filter(reference=reference).first()
    return _card(row) if row else None


def by_references(references: Collection[str]) -> dict[str, CaseCard]:
    """The cases that these references name, by reference."""
    rows = _cases().filter(reference__in=references).order_by("id") if references else ()
    return {row.reference: _card(row) for row in rows}


def questions_of(customer: str) -> tuple[QuestionCard, ...]:
    """Every contradiction of a customer that was put to an owner, newest first."""
    rows = _questions().filter(customer=customer).order_by("-asked_at", "-id")
    return tuple(_question(row) for row in rows)


def open_questions(*, owner: str | None = None, limit: int | None = None) -> tuple[QuestionCard, ...]:
    """The contradictions that wait for an answer, oldest first; of one owner or of all."""
    rows = _questions().filter(state=QuestionState.OPEN).order_by("asked_at", "id")
    return tuple(_question(row) for row in (rows.filter(case__owner__number=owner) if owner else rows)[:limit])


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("owner")


def _questions() -> QuerySet[Question]:
    rows = Question.objects.select_related("case__owner", "case__customer")
    return rows.annotate(settled_by_name=advisers.name_of("settled_by"))


def _card(row: Case) -> CaseCard:
    return CaseCard(
        reference=row.reference,
        customer=row.customer_id,
        subject=row.subject,
        kind=row.kind,
        owner=row.owner_id,
        owner_name=row.owner.name,
        state=row.state,
        opened_at=row.opened_at,
    )


def _asked(case: Case, asked: Mapping[str, Any]) -> QuestionCard:
    closed_at = asked["closed_at"]
    return QuestionCard(
        id=asked["id"],
        customer=case.customer_id,
        customer_name=case.customer.name,
        subject=case.subject,
        key=asked["key"],
        claims=tuple(asked["claims"]),
        owner=case.owner_id,
        owner_name=case.owner.name,
        reference=case.reference,
        asked_at=datetime.fromisoformat(asked["asked_at"]),
        state=asked["state"],
        chosen=asked["chosen"],
        reason=asked["reason"],
        settled_by=asked["settled_by"],
        settled_by_name=asked["settled_by_name"] or asked["settled_by"],
        closed_at=datetime.fromisoformat(closed_at) if closed_at else None,
    )


def _question(row: Question) -> QuestionCard:
    return QuestionCard(
        id=row.id,
        customer=row.customer,
        customer_name=row.case.customer.name,
        subject=row.subject,
        key=row.key,
        claims=tuple(row.claims),
        owner=row.case.owner_id,
        owner_name=row.case.owner.name,
        reference=row.case.reference,
        asked_at=row.asked_at,
        state=row.state,
        chosen=row.chosen,
        reason=row.reason,
        settled_by=row.settled_by,
        settled_by_name=row.settled_by_name or row.settled_by,  # type: ignore[attr-defined]
        closed_at=row.closed_at,
    )
