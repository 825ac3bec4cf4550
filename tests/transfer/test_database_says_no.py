"""What an import notes is impossible to get wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from builders import a_world, refused_by
from ligneclaire.channels.models import Entry
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.transfer.models import Origin, Run
from transfer.csv_files import NOW

pytestmark = pytest.mark.django_db


def test_wrong_and_skipped_lines_are_among_the_lines() -> None:
    with refused_by("run_wrong_among_lines"):
        Run.objects.create(
            digest="d", source="old", rows="history", file="f", lines=2, wrong=2, skipped=1, begun_at=NOW
        )


def test_a_run_ends_after_it_begins() -> None:
    with refused_by("run_ends_after_it_begins"):
        Run.objects.create(
            digest="d", source="old", rows="history", file="f", begun_at=NOW, ended_at=NOW - timedelta(1)
        )


def test_a_key_of_a_source_is_one_entry() -> None:
    a_world()
    for number in "12":
        Entry.objects.create(
            uuid=uuid_of(number), customer="C-2001", medium="call", direction="in", text="Bonjour",
            happened_at=NOW, recorded_at=NOW, recorded_by="system:import/old",
        )  # fmt: skip
    Origin.objects.create(entry_id=uuid_of("1"), source="old", key="4711")

    with refused_by("origin_once"):
        Origin.objects.create(entry_id=uuid_of("2"), source="old", key="4711")
