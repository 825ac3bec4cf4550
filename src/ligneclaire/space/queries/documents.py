"""What a customer can keep: papers of every kind, newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from ligneclaire.channels.queries import messages
from ligneclaire.ui.paging import Paged, paged
from ligneclaire.voice.queries import papers

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as PDF: what it is about, since when we have it, where it is."""

    title: str
    dated: datetime
    url: str


def of(numbers: Collection[str], *, page: int) -> Paged[Document]:
    """The papers of a person from each source, newest first; pages count from 1."""
    first, most = (page - 1) * PAGE, page * PAGE + 1
    found = [document for source in SOURCES for document in source(numbers, most)]
    newest = sorted(found, key=lambda document: document.dated, reverse=True)
    return paged(newest[first:most], page=page, size=PAGE)


def _letters(numbers: Collection[str], most: int) -> Iterator[Document]:
    for card in messages.letters_sent_to(numbers, limit=most):
        yield Document(
            title=card.subject,
            dated=card.sent_at or card.written_at,
            url=reverse("space:letter", kwargs={"uuid": card.uuid}),
        )


def _receipts(numbers: Collection[str], _most: int) -> Iterator[Document]:
    for one in papers.hand_overs(numbers):
        yield Document(
            title=gettext("Receipt for equipment handed over"),
            dated=one.at,
            url=reverse("space:receipt", kwargs={"number": one.number}),
        )


SOURCES: tuple[Callable[[Collection[str], int], Iterator[Document]], ...] = (_letters, _receipts)
