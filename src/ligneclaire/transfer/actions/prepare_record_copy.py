"""What a customer asked to have of everything about them becomes one file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.utils import translation

from ligneclaire.channels.spool import settle
from ligneclaire.kernel.actor import Actor
from ligneclaire.people import copies
from ligneclaire.people.actions.keep_record_copy import KEPT_FOR, keep_record_copy
from ligneclaire.people.queries import addressees, operator
from ligneclaire.people.queries.record_copies import CopyCard
from ligneclaire.transfer.exporting import Exported, export
from ligneclaire.voice.actions.announce_copy import announce_copy

FOLDER = "donnees"


def prepare_record_copy(*, card: CopyCard, by: Actor, at: datetime) -> None:
    """Write the file, then let its customer have it for a week, and tell them where they wished; safe to do again."""
    copies.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=copies.folder(), prefix=".") as part:
        written = Path(part) / FOLDER
        done = _exported(card, written, at)
        packed = written.with_suffix(".zip")
        _pack(written, packed)
        size = packed.stat().st_size
        packed.replace(copies.place(card.uuid))
    settle(copies.folder())
    with transaction.atomic():
        is_kept = keep_record_copy(copy=card.uuid, numbers=done.numbers, size=size, by=by, at=at)
        if is_kept and card.wants_word:
            until = operator.current().calendar.date_of(at + KEPT_FOR)
            announce_copy(customer=card.customer, copy=card.uuid, until=until, by=by, at=at)


def _exported(card: CopyCard, directory: Path, at: datetime) -> Exported:
    today = operator.current().calendar.date_of(at)
    to = addressees.of([card.customer], on=today)[card.customer]
    with translation.override(to.language):
        return export(directory=directory, customer=card.customer, for_them=True, at=at)


def _pack(folder: Path, into: Path) -> None:
    """Letters and e-mails are packed as they are."""
    with into.open("xb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as packed:
            for path in _files(folder):
                packed.write(path, path.relative_to(folder.parent))
        file.flush()
        os.fsync(file.fileno())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
