"""Words for tests that need a world to stand on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.simulation.world import Report, import_world

STORIES = Path(__file__).resolve().parents[1] / "stories"
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)


def the_story_world() -> Any:
    """The world of the stories as a document of its own, free to be changed."""
    return json.loads((STORIES / "operator.json").read_text(encoding="utf-8"))


def a_world(document: object = None, *, at: datetime = LONG_AGO) -> Report:
    """Import a world, that of the stories unless another is given."""
    return import_world(document or the_story_world(), by=SYSTEM, at=at)


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """Expect that the database, not Python, refuses what is written in the block."""
    with pytest.raises(IntegrityError, match=f'constraint "{constraint}'), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()
