from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from psycopg.types.range import TimestamptzRange

from builders import a_world, refused_by
from ligneclaire.network.models import (
    Assignment,
    BuildOrder,
    Difference,
    Line,
    Observation,
    Resource,
    Site,
    Survey,
)
from network.street import BOX, HER_PAIR, LATER, NOW, a_line, gives, more_pairs

pytestmark = pytest.mark.django_db
STAMP = {"changed_by": "department:field", "changed_at": NOW}


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def an_assignment(**changes: object) -> Assignment:
    given: dict[str, object] = {
        "resource_id": HER_PAIR,
        "kind": "pair",
        "use": "held",
        "line_id": "L-1",
        "during": TimestamptzRange(NOW, None),
        "because": "order",
    }
    return Assignment.objects.create(**STAMP | given | changes)


def a_resource(code: str, kind: str, **changes: object) -> Resource:
    return Resource.objects.create(**STAMP | {"code": code, "kind": kind} | changes)


def a_difference(**changes: object) -> Difference:
    given = {
        "uuid": UUID(int=1),
        "kind": "silent",
        "resource": HER_PAIR,
        "owner_id": "A-2",
        "due_on": date(2015, 3, 4),
        "found_at": NOW,
    }
    return Difference.objects.create(**given | changes)


def an_order(**changes: object) -> BuildOrder:
    given = {
        "reference": "LC-1",
        "site_id": BOX,
        "kind": "pair",
        "line_id": "L-1",
        "ordered_at": NOW,
        "due_on": date(2015, 4, 1),
    }
    return BuildOrder.objects.create(**STAMP | given | changes)


def test_her_pair_cannot_be_given_away_whoever_tries() -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    a_line("L-2")

    with refused_by("resource_has_one_holder"):
        an_assignment(line_id="L-2", during=TimestamptzRange(LATER, None))
    with refused_by("resource_has_one_holder"):
        an_assignment(line_id=None, use="taken", during=TimestamptzRange(LATER, None))


def test_a_line_has_one_pair_at_a_time() -> None:
    more_pairs("63510-D4-019")
    gives(a_line("L-1"), HER_PAIR)

    with refused_by("line_has_one_of_a_kind"):
        an_assignment(resource_id="63510-D4-019", during=TimestamptzRange(LATER, None))


def test_an_assignment_says_since_when_for_whom_and_why() -> None:
    a_line("L-1")

    with refused_by("assignment_from_an_instant"):
        an_assignment(during=TimestamptzRange(None, NOW))
    with refused_by("assignment_from_an_instant"):
        an_assignment(during=TimestamptzRange(NOW, NOW))
    with refused_by("assignment_of_a_line_or_of_nobody_known"):
        an_assignment(line_id=None)
    with refused_by("assignment_of_a_line_or_of_nobody_known"):
        an_assignment(line_id=None, use="quarantine", during=TimestamptzRange(NOW, LATER))
    with refused_by("assignment_with_a_reason"):
        an_assignment(because="")
    with refused_by("assignment_of_the_resources_kind"):
        an_assignment(kind="port")


def test_a_resource_is_written_as_its_kind_is() -> None:
    with refused_by("resource_kind_known"):
        a_resource("X-1", "lamp")
    with refused_by("resource_condition_known"):
        a_resource("X-1", "box", condition="lost")
    with refused_by("resource_at_a_site"):
        a_resource("X-1", "pair")
    with refused_by("resource_at_a_site"):
        a_resource("X-1", "box", site_id=BOX)
    with refused_by("resource_number_is_e164"):
        a_resource("0465710401", "number")
    with refused_by("resource_path_ends_at_a_pto"):
        a_resource("AB-1234-CD5", "path", site_id=BOX)
    with refused_by("resource_sim_is_an_iccid"):
        a_resource("1233012345678901231", "sim")
    with refused_by("resource_imsi_of_a_sim"):
        a_resource("X-1", "box", imsi="001010123456789")
    with refused_by("resource_imei_of_a_box"):
        a_resource("X-1", "box", imei="49015420323751")


def test_a_site_is_of_a_kind_and_hangs_on_another() -> None:
    site = STAMP | {"code": "X", "commune": "63510 Malintrat", "territory_id": "63"}

    with refused_by("site_kind_known"):
        Site.objects.create(**site, kind="tree")
    with refused_by("site_hangs_on_another"):
        Site.objects.create(**site, kind="pbo", parent_id="X")


def test_a_line_has_a_technology_and_ends_after_it_begins() -> None:
    line = STAMP | {"code": "X", "customer_id": "C-4001", "contract": "K-FIX-7", "since": date(2015, 3, 1)}

    with refused_by("line_technology_known"):
        Line.objects.create(**line, technology="smoke")
    with refused_by("line_ends_after_it_begins"):
        Line.objects.create(**line, technology="copper", until=date(2015, 2, 28))


def test_a_line_waits_for_one_order() -> None:
    a_line("L-1")
    an_order()

    with refused_by("build_order_one_open"):
        an_order(reference="LC-2")
    with refused_by("build_order_state_known"):
        an_order(reference="LC-2", state="lost")
    with refused_by("build_order_kind_at_a_site"):
        an_order(reference="LC-2", kind="box")


def test_a_difference_is_asked_once_and_closed_by_somebody() -> None:
    a_difference()

    with refused_by("difference_one_open"):
        a_difference(uuid=UUID(int=2))
    with refused_by("difference_kind_known"):
        a_difference(uuid=UUID(int=2), kind="odd")
    with refused_by("difference_closed_by_somebody"):
        Difference.objects.update(state="settled", note="seen", closed_at=NOW)
    with refused_by("difference_settled_with_a_note"):
        Difference.objects.update(state="settled", closed_at=NOW, closed_by="adviser:A-2")


def test_a_file_is_one_survey() -> None:
    survey = {"source": "olt", "digest": "d", "seen_at": NOW, "recorded_by": "system:ligneclaire"}
    Survey.objects.create(uuid=UUID(int=1), **survey)

    with refused_by("survey_once"):
        Survey.objects.create(uuid=UUID(int=2), **survey)
    with refused_by("observation_seen_known"):
        Observation.objects.create(survey=Survey.objects.get(), resource=HER_PAIR, seen="blue")


def test_every_constraint_of_the_network_is_broken_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    named = {
        constraint.name
        for model in apps.get_app_config("network").get_models()
        for constraint in model._meta.constraints
        if not isinstance(constraint, models.UniqueConstraint) or constraint.condition
    }

    assert {name for name in named if f'refused_by("{name}")' not in source} == set()
