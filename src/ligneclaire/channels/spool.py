"""Where messages are put down instead of reaching anybody."""

from __future__ import annotations

import os
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
