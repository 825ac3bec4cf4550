"""Where messages are put down instead of reaching anybody."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from ligneclaire.kernel.refusal import Refused


class AlreadySpooledOtherwise(Refused):
    """A file of this name is in the outbox with other bytes; what has left is never rewritten."""


def put(path: Path, written: bytes) -> str:
    """Write the file whole or not at all; the same bytes again change nothing."""
    if path.exists():
        if path.read_bytes() != written:
            raise AlreadySpooledOtherwise(path=str(path))
        return str(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        part.write(written)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(path)
    return str(path)


def put_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a folder of files whole or not at all; the same files again change nothing.

    Whoever calls makes sure that nobody else writes the same folder meanwhile.
    """
    if folder.exists():
        for name, content in files:
            if (folder / name).read_bytes() != content:
                raise AlreadySpooledOtherwise(path=str(folder / name))
        return
    part = folder.parent / f".{folder.name}.part"
    shutil.rmtree(part, ignore_errors=True)  # of an attempt that was cut off
    part.mkdir(parents=True)
    for name, content in files:
        with (part / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    settle(part)
    part.replace(folder)
    settle(folder.parent)


def settle(directory: Path) -> None:
    """Have the names in a directory written to the disk."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
