"""Cases and open questions as others need them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from ligneclaire.cases.models import Case, CaseEvent, Question
from ligneclaire.cases.states import CaseState, Deed, QuestionState
from ligneclaire.facts.sql import named
from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import advisers


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
    snoozed_until: date | None
    merged_into: str  # the reference of the case to which it points; empty where it stands by itself
    survivor: str  # where it is handled: its own reference, or the last of those to which the pointers lead

    @property
    def is_open(self) -> bool:
        """Whether something is to be done under this very reference."""
        return self.state == CaseState.OPEN and not self.merged_into


class CaseUnknown(Refused):
    """There is no case with this reference."""


class CaseClosed(Refused):
    """The case is closed; it can be reopened."""


class CaseMerged(Refused):
    """The case is handled in another one: `survivor` is its reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCard:
    """What somebody did with a case; `other` is the case with which it has to do, or empty."""

    case: str
    deed: str
    other: str
    note: str
    owner_name: str
    until: date | None
    by_name: str
    at: datetime


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All cases of a customer, and every contradiction that was put to an owner, both newest first."""

    cases: tuple[CaseCard, ...]
    questions: tuple[QuestionCard, ...]


COLUMNS = tuple(column.name for column in fields(CaseCard))
SQL = named(Path(__file__).with_suffix(".sql"))


def open_of(customers: Collection[str]) -> dict[tuple[str, str], CaseCard]:
    """The open case of each customer and subject; where it is merged, its `survivor` is what customers are told."""
    rows = _cases().filter(customer__number__in=customers, state=CaseState.OPEN).order_by("id")
    return {(row.customer_id, row.subject): _card(row) for row in rows}


def of(customer: str) -> tuple[CaseCard, ...]:
    """All cases under a number, newest first."""
    return of_all([customer])


def of_all(customers: Collection[str]) -> tuple[CaseCard, ...]:
    """All cases under these numbers of a person, newest first."""
    rows = _cases().filter(customer__number__in=customers).order_by("-opened_at", "-id")
    return tuple(_card(row) for row in rows)


def file_of(customers: Collection[str]) -> CaseFile:
    """The cases under these numbers of a person with their contradictions, in one query."""
    with prepared() as cursor:
        cursor.execute(SQL["file"], {"customers": list(customers)})
        found = cursor.fetchall()
    cases = [CaseCard(**dict(zip(COLUMNS, columns, strict=True))) for *columns, _ in found]
    questions = [_asked(question) for *_, asked in found for question in asked]
    newest = sorted(questions, key=lambda card: (card.asked_at, card.id), reverse=True)
    return CaseFile(cases=tuple(cases), questions=tuple(newest))


def in_one(reference: str) -> tuple[CaseCard, ...]:
    """A case and all that are merged into it, whichever of them took them in, oldest first."""
    return tuple(_card(row) for row in _cases().filter(survivor__reference=reference).order_by("opened_at", "id"))


def by_reference(reference: str) -> CaseCard | None:
    """The case that a reference names."""
    row = _cases().filter(reference=reference).first()
    return _card(row) if row else None


def history(reference: str) -> tuple[EventCard, ...]:
    """What was done with a case and with those that are merged into it, newest first."""
    itself = Q(case__reference=reference)
    rows = CaseEvent.objects.filter(itself | Q(case__survivor__reference=reference)).select_related("owner", "case")
    # What was done between two of them is said once.
    by_whom = Q(deed__in=[Deed.MERGED, Deed.UNMERGED], other__survivor__reference=reference)
    rows = rows.exclude(~itself, by_whom | Q(other__reference=reference))
    return tuple(
        EventCard(
            case=row.case.reference,
            deed=row.deed,
            other=row.other_id or "",
            note=row.note,
            owner_name=row.owner.name,
            until=row.until,
            by_name=row.by_name or row.by,
            at=row.at,
        )
        for row in rows.annotate(by_name=advisers.name_of("by")).order_by("-at", "-id")
    )


def customer_of(reference: str) -> str:
    """Whose case it is."""
    found = by_reference(reference)
    if found is None:
        raise CaseUnknown(case=reference)
    return found.customer


def locked(reference: str, *, is_open: bool = True) -> Case:
    """One case, which nobody else changes until the transaction ends; an open one, unless any will do.

    A merged case is changed where it is handled.
    """
    case = Case.objects.select_for_update().get(reference=reference)
    if case.merged_into_id:
        raise CaseMerged(case=reference, survivor=case.survivor_id)
    if is_open and case.state != CaseState.OPEN:
        raise CaseClosed(case=reference)
    return case


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
    return tuple(
        _question(row) for row in (rows.filter(case__survivor__owner__number=owner) if owner else rows)[:limit]
    )


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("owner")


def _questions() -> QuerySet[Question]:
    rows = Question.objects.select_related("case__survivor__owner", "case__customer__survivor")
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
        snoozed_until=row.snoozed_until,
        merged_into=row.merged_into_id or "",
        survivor=row.survivor_id,
    )


def _question(row: Question) -> QuestionCard:
    return QuestionCard(
        id=row.id,
        customer=row.customer,
        customer_name=row.case.customer.survivor.name,
        subject=row.subject,
        key=row.key,
        claims=tuple(row.claims),
        owner=row.case.survivor.owner_id,
        owner_name=row.case.survivor.owner.name,
        reference=row.case.survivor_id,
        asked_at=row.asked_at,
        state=row.state,
        chosen=row.chosen,
        reason=row.reason,
        settled_by=row.settled_by,
        settled_by_name=row.settled_by_name or row.settled_by,  # type: ignore[attr-defined]
        closed_at=row.closed_at,
    )


def _asked(row: dict[str, Any]) -> QuestionCard:
    closed_at = row["closed_at"] and datetime.fromisoformat(row["closed_at"])
    asked_at = datetime.fromisoformat(row["asked_at"])
    return QuestionCard(**{**row, "claims": tuple(row["claims"]), "asked_at": asked_at, "closed_at": closed_at})
