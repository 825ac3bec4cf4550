"""Named statements from a file of SQL, so that SQL stands as SQL."""

from __future__ import annotations

import re
from pathlib import Path

NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def named(path: Path) -> dict[str, str]:
    """The statements of a file by the names above them."""
    _, *pieces = NAME.split(path.read_text(encoding="utf-8"))
    return dict(zip(pieces[::2], pieces[1::2], strict=True))
