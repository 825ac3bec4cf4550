"""Cases that belong together: merged into one, or linked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ligneclaire.cases.facts import CASES
from ligneclaire.cases.models import Case, CaseEvent, CaseLink, Question
from ligneclaire.cases.queries import cards, said
from ligneclaire.cases.queries.cards import CaseCard, CaseClosed, CaseMerged, CaseUnknown
from ligneclaire.cases.states import Deed, QuestionState
from ligneclaire.cases.stating import name_of
from ligneclaire.channels.queries import messages
from ligneclaire.facts.record import stated
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries import advisers, numbers


class SameCase(Refused):
    """Both are one and the same case, or one is merged into the other already."""


class OfTwoCustomers(Refused):
    """The cases belong to two customers: what one customer needs is never shown to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much there is in a case and in those that are merged into it."""

    messages: int
    entries: int
    questions: int  # that wait for an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCard:
    """Another case that has to do with one, and who said why."""

    case: str
    other: CaseCard
    reason: str
    by_name: str
    at: datetime


def to_merge(reference: str, into: str) -> tuple[CaseCard, CaseCard]:
    """An open case, and the open one of its person that would take it in: what is merged stands for its survivor."""
    case, named = _known(reference), _known(into)
    if case.merged_into:
        raise CaseMerged(case=reference, survivor=case.survivor)
    if named.survivor == reference:
        raise SameCase(case=reference, into=into)
    if named.customer != case.customer and named.customer not in numbers.of(case.customer):
        raise OfTwoCustomers(case=reference, into=into)
    survivor = _known(named.survivor)
    closed = [one.reference for one in (case, survivor) if not one.is_open]
    if closed:
        raise CaseClosed(case=closed[0])
    return case, survivor


def to_link(reference: str, other: str) -> tuple[CaseCard, CaseCard]:
    """Two cases that can be linked, open or closed."""
    case, named = _known(reference), _known(other)
    if reference == other:
        raise SameCase(case=reference, into=other)
    if named.customer != case.customer:
        raise OfTwoCustomers(case=reference, into=other)
    return case, named


def is_told(reference: str) -> bool:
    """Whether a customer was told the reference of a case, or of one that is merged into it."""
    return messages.is_any_told({one.reference for one in cards.in_one(reference)})


def told_merge_of(reference: str) -> datetime | None:
    """When a merged case was merged, where that was stated for its customer."""
    events = CaseEvent.objects.filter(case__reference=reference, deed=Deed.MERGED).order_by("-at", "-id")
    at = events.values_list("at", flat=True).first()
    return at if at and stated([(CASES, name_of(reference, at))]) else None


def weight_of(card: CaseCard) -> Weight:
    """How much would move with a case."""
    members = cards.in_one(card.reference)
    references, customers = {one.reference for one in members}, {one.customer for one in members}
    asked = Question.objects.filter(case__survivor__reference=card.reference, state=QuestionState.OPEN)
    return Weight(
        messages=messages.count_of_cases(references, customers=customers),
        entries=len(said.uuids_in(references, customers=customers)),
        questions=asked.count(),
    )


def links_of(references: Collection[str]) -> tuple[LinkCard, ...]:
    """What these cases are linked with outside of them, newest first."""
    rows = CaseLink.objects.filter(Q(first__reference__in=references) ^ Q(second__reference__in=references))
    found = list(rows.annotate(by_name=advisers.name_of("by")).order_by("-at", "-id"))
    ends = {row.id: _ends(row, references) for row in found}
    others = cards.by_references({other for _, other in ends.values()})
    return tuple(
        LinkCard(
            case=ends[row.id][0],
            other=others[ends[row.id][1]],
            reason=row.reason,
            by_name=row.by_name or row.by,
            at=row.at,
        )
        for row in found
    )


def across(number: str) -> tuple[CaseCard, ...]:
    """Cases because of which a merged number cannot be its own again: merged with cases of the rest of its person."""
    person = numbers.person(number)
    pointers = {one.number: one.into for one in person.merged} if person else {}
    own = {one for one in pointers if number in _way(one, pointers)}
    inside, into = Q(customer__number__in=own), Q(into_customer__number__in=own)
    rows = Case.objects.filter(merged_into__isnull=False).filter(inside & ~into | ~inside & into)
    found = cards.by_references(rows.values_list("reference", flat=True))
    return tuple(found[reference] for reference in sorted(found))


def locked(customers: Collection[str]) -> dict[str, Case]:
    """The cases of these numbers by reference: nobody else changes them, or how they point, until the end."""
    rows = Case.objects.select_for_update().filter(customer__number__in=customers).order_by("pk")
    return {row.reference: row for row in rows}


def locked_link(references: Collection[str]) -> CaseLink | None:
    """The link between two cases, if there is one."""
    first, second = sorted(references)
    return CaseLink.objects.select_for_update().filter(first__reference=first, second__reference=second).first()


def _way(number: str, pointers: Mapping[str, str]) -> Iterator[str]:
    """A number, and where it and those after it point."""
    while number:
        yield number
        number = pointers.get(number, "")


def _known(reference: str) -> CaseCard:
    card = cards.by_reference(reference)
    if card is None:
        raise CaseUnknown(case=reference)
    return card


def _ends(row: CaseLink, references: Collection[str]) -> tuple[str, str]:
    """The one of these, and the other."""
    return (row.first_id, row.second_id) if row.first_id in references else (row.second_id, row.first_id)
