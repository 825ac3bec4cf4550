"""Batches of letters for the print house, and what waits for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from ligneclaire.channels.models import LetterBatch, Printing
from ligneclaire.channels.rules.postage import Terms, sheets_of
from ligneclaire.channels.states import BatchState
from ligneclaire.kernel.money import Money

AT_ONCE = 500  # printings read at once


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCard:
    """A batch as screens and files show it."""

    number: str
    state: str
    made_at: datetime
    letters: int
    pages: int
    sheets: int
    cost: Money
    is_duplex: bool
    is_colour: bool
    postage: str
    written_at: datetime | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintingCard:
    """One printing of a letter; batch, place and cost are known once a batch took it."""

    message: UUID
    customer: str
    reference: str
    subject: str
    destination: tuple[str, ...]
    is_registered: bool
    turn: int
    reason: str
    asked_at: datetime
    asked_by: str
    pages: int
    sheets: int
    batch: str | None
    place: int | None
    cost: Money | None
    postage: str
    file: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for the next batch, and what it would cost by the terms of today."""

    letters: int
    pages: int
    cost: Money


def newest(*, limit: int, skip: int = 0) -> tuple[BatchCard, ...]:
    """Batches, newest first."""
    return tuple(_batch(row) for row in LetterBatch.objects.order_by("-made_at", "-id")[skip : skip + limit])


def by_number(number: str) -> BatchCard | None:
    """One batch."""
    row = LetterBatch.objects.filter(number=number).first()
    return _batch(row) if row else None


def locked(number: str) -> BatchCard | None:
    """A batch that is not written yet, kept from everybody else until the transaction ends."""
    row = LetterBatch.objects.select_for_update().filter(number=number, state=BatchState.MADE).first()
    return _batch(row) if row else None


def to_write() -> tuple[str, ...]:
    """The batches that are not written yet, oldest first."""
    made = LetterBatch.objects.filter(state=BatchState.MADE)
    return tuple(made.order_by("made_at", "id").values_list("number", flat=True))


def letters_in(number: str, *, limit: int, skip: int = 0) -> tuple[PrintingCard, ...]:
    """Letters of a batch, in their order."""
    return tuple(_printing(row) for row in _rows().filter(batch__number=number).order_by("place")[skip : skip + limit])


def all_in(number: str) -> Iterator[PrintingCard]:
    """Every letter of a batch, in their order, some at a time."""
    skip = 0
    while cards := letters_in(number, limit=AT_ONCE, skip=skip):
        yield from cards
        skip += AT_ONCE


def printings_of(message: UUID) -> tuple[PrintingCard, ...]:
    """Each time that a letter was or will be printed."""
    return tuple(_printing(row) for row in _rows().filter(message__uuid=message).order_by("turn"))


def waiting(terms: Terms) -> Waiting:
    """What the next batch will take."""
    registered = Count("id", filter=Q(message__is_registered=True))
    found = Printing.objects.filter(batch__isnull=True).aggregate(
        letters=Count("id"), pages=Sum("pages", default=0), registered=registered
    )
    plain = found["letters"] - found["registered"]
    letters = terms.per_letter * plain + terms.per_registered * found["registered"]
    cost = letters + terms.per_page * found["pages"]
    return Waiting(letters=found["letters"], pages=found["pages"], cost=cost)


def _rows() -> QuerySet[Printing]:
    return Printing.objects.select_related("message", "batch").defer("message__content")


def _batch(row: LetterBatch) -> BatchCard:
    return BatchCard(
        number=row.number,
        state=row.state,
        made_at=row.made_at,
        letters=row.letters,
        pages=row.pages,
        sheets=row.sheets,
        cost=Money(row.cost, row.currency),
        is_duplex=row.is_duplex,
        is_colour=row.is_colour,
        postage=row.postage,
        written_at=row.written_at,
        digest=row.digest,
    )


def _printing(row: Printing) -> PrintingCard:
    batch, message = row.batch, row.message
    return PrintingCard(
        message=message.uuid,
        customer=message.customer,
        reference=message.case,
        subject=message.subject,
        destination=tuple(message.destination),
        is_registered=message.is_registered,
        turn=row.turn,
        reason=row.reason,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        pages=row.pages,
        sheets=sheets_of(row.pages, is_duplex=batch.is_duplex if batch else False),
        batch=row.batch_id,
        place=row.place,
        cost=Money(row.cost, batch.currency) if batch and row.cost is not None else None,
        postage=batch.postage if batch else "",
        file=message.file,
        digest=message.digest,
    )
