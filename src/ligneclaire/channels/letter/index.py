"""The index of a batch: what the print house has to print, how, for whom, and what it costs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ligneclaire.channels.queries.batches import BatchCard, PrintingCard

NAME = "index.csv"
MOST_LINES = 7  # six lines and a country
COLUMNS = (
    *("number", "reference", "addressee"),
    *(f"line_{line}" for line in range(1, MOST_LINES + 1)),
    *("pages", "sheets", "sides", "colour", "registered", "postage", "cost", "currency", "sha256", "file"),
)


def file_of(letter: PrintingCard) -> str:
    """The name of a letter in the folder of its batch."""
    return f"{letter.place:06}-{letter.reference}.pdf"


def index_of(batch: BatchCard, letters: Iterable[PrintingCard]) -> bytes:
    """A table with a line for each letter, in UTF-8, parted by semicolons."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";")
    table.writerow(COLUMNS)
    table.writerows(_line(batch, letter) for letter in letters)
    return text.getvalue().encode()


def _line(batch: BatchCard, letter: PrintingCard) -> tuple[object, ...]:
    assert letter.cost is not None
    lines = [*letter.destination, *[""] * MOST_LINES][:MOST_LINES]
    return (
        letter.place,
        letter.reference,
        letter.destination[0],
        *lines,
        letter.pages,
        letter.sheets,
        "recto-verso" if batch.is_duplex else "recto",
        "colour" if batch.is_colour else "black",
        "yes" if letter.is_registered else "no",
        "registered" if letter.is_registered else batch.postage,
        letter.cost.amount,
        letter.cost.currency,
        letter.digest,
        file_of(letter),
    )
