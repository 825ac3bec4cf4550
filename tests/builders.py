"""Words for tests that need a world to stand on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.simulation.world import Report, import_world
from standing import LONG_AGO, STORIES, STORY_WORLD, stand

__all__ = ["LONG_AGO", "STORIES", "a_world", "refused_by", "the_story_world"]


def the_story_world() -> Any:
    """The world of the stories as a document of its own, free to be changed."""
    return json.loads(STORY_WORLD)


def a_world(document: object = None, *, at: datetime = LONG_AGO) -> Report:
    """Import a world, that of the stories unless another is given."""
    if at == LONG_AGO and document in (None, the_story_world()) and (report := stand()):
        return report
    return import_world(document or the_story_world(), by=SYSTEM, at=at)


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """Expect that the database, not Python, refuses what is written in the block."""
    with pytest.raises(IntegrityError, match=f'constraint "{constraint}'), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()
