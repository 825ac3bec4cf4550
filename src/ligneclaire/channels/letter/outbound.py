"""Put a letter into the outbox as a PDF, and a batch of them into a folder for the print house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from ligneclaire.channels.letter.index import NAME, file_of, index_of
from ligneclaire.channels.letter.render import render
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.pdf import joined
from ligneclaire.channels.queries.batches import BatchCard, PrintingCard
from ligneclaire.channels.spool import AlreadySpooledOtherwise, put, put_folder


def deliver(message: Outgoing, *, outbox: Path) -> str:
    """Write the letter once and return where it lies."""
    pdf = render(message.content, sender=message.sender, recipient=message.to)
    if message.enclosed:
        pdf = joined(pdf, [file.content for file in message.enclosed], on=message.content.dated_on)
    return put(outbox / "letter" / f"{message.id}.pdf", pdf)


def deliver_batch(batch: BatchCard, letters: Sequence[PrintingCard], *, outbox: Path) -> str:
    """Write the folder of a batch, never half of it, and return the sha-256 of its index."""
    index = index_of(batch, letters)
    put_folder(outbox / "batches" / batch.number, _files(letters, index, outbox))
    return sha256(index).hexdigest()


def _files(letters: Sequence[PrintingCard], index: bytes, outbox: Path) -> Iterator[tuple[str, bytes]]:
    for letter in letters:
        pdf = (outbox / letter.file).read_bytes()
        if sha256(pdf).hexdigest() != letter.digest:
            raise AlreadySpooledOtherwise(path=letter.file)
        yield file_of(letter), pdf
    yield NAME, index
