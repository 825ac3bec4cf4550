"""The world that tests copy is the one that an import writes."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

import standing
from builders import LONG_AGO, a_world, the_story_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.rows import Tally
from ligneclaire.simulation.world import import_world


@pytest.mark.django_db
def test_an_import_has_nothing_to_add_to_the_copy() -> None:
    said = a_world()

    again = import_world(the_story_world(), by=SYSTEM, at=LONG_AGO)

    assert again.changed_nothing
    assert again.kept_for_later == said.kept_for_later
    assert {what: Tally(same=tally.new) for what, tally in said.tallies.items()} == again.tallies


@pytest.mark.django_db
def test_where_something_is_written_already_the_world_is_imported() -> None:
    first = a_world()

    assert first.changed_nothing is False
    assert a_world().changed_nothing is True


@pytest.mark.django_db
def test_another_world_is_imported() -> None:
    document = the_story_world()
    document["advisers"][0]["name"] = "Nora Autrement"

    a_world(document)

    assert import_world(document, by=SYSTEM, at=LONG_AGO).changed_nothing is True
    assert import_world(the_story_world(), by=SYSTEM, at=LONG_AGO).changed_nothing is False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("spoilt", [False, True])
def test_what_a_test_commits_is_gone_before_the_next(*, spoilt: bool) -> None:
    assert standing.held() == ()

    a_world()
    assert Permission.objects.exists()
    if spoilt:
        Permission.objects.all().delete()

    assert "people_customer" in standing.held()
