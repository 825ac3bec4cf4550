"""The folder of copies that customers asked for: a file each, under a name that no page says."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder() -> Path:
    """Where copies lie."""
    return Path(settings.VAR) / "copies"


def place(copy: UUID) -> Path:
    """The file of one."""
    return folder() / f"{copy}.zip"


def drop(copies: Iterable[UUID]) -> None:
    """Remove the files of these; one that is gone is fine."""
    for copy in copies:
        place(copy).unlink(missing_ok=True)


def clear() -> None:
    """Remove what was cut off half-way, for the one job that writes here."""
    for part in folder().glob(".*"):
        shutil.rmtree(part)
