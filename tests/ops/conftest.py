"""Places for real servers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that the user of a database server can enter, also when pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="ligneclaire-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
