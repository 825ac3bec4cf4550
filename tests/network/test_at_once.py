"""Many writers on connections of their own: whatever they do, a pair and a number have one holder."""

from __future__ import annotations

from functools import partial

import pytest

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.assign_resource import NothingFree, ResourceHeld
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.actions.release_resource import release_resource
from ligneclaire.network.models import Assignment, Resource
from ligneclaire.network.queries.lines import held_by
from ligneclaire.network.states import ResourceKind
from ligneclaire.network.values import ResourceEntry
from network.street import LATER, NOW, a_line, finds, gives, more_pairs
from together import together

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 64
NUMBER = "+33465710403"


@pytest.fixture(autouse=True)
def lines() -> list[str]:
    a_world()
    return [a_line(f"L-{place}") for place in range(WRITERS)]


def test_sixty_four_writers_share_forty_pairs_without_a_double_holder(lines: list[str]) -> None:
    more_pairs(*(f"63510-D4-{place}" for place in range(100, 139)))  # and the one that was free

    answers = together(*(partial(finds, line) for line in lines))

    given = [answer for answer in answers if isinstance(answer, str)]
    assert (len(given), len(set(given))) == (40, 40)
    assert [type(answer) for answer in answers if not isinstance(answer, str)] == [NothingFree] * 24
    assert Assignment.objects.filter(line__code__in=lines).count() == 40
    assert set(given) <= set(Resource.objects.filter(is_held=True).values_list("code", flat=True))


def test_giving_and_taking_back_at_once_wait_for_each_other_in_one_order(lines: list[str]) -> None:
    more_pairs(*(f"63510-D4-{place}" for place in range(100, 132)))
    half = lines[:32]
    for line in half:
        finds(line)
    pairs = {line: held_by(line, ResourceKind.PAIR) for line in half}

    answers = together(
        *(partial(gives_back, line, pairs[line]) for line in half),
        *(partial(gives, line, pairs[theirs], at=LATER) for line, theirs in zip(lines[32:], half, strict=True)),
    )

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    held = Assignment.objects.filter(during__upper_inf=True, line__code__in=lines)
    assert {type(answer) for answer in refused} <= {ResourceHeld}
    assert held.count() == 32 - len(refused)
    assert {row.resource_id for row in held} == set(
        Resource.objects.filter(is_held=True, code__in=pairs.values()).values_list("code", flat=True)
    )


def gives_back(line: str, pair: str) -> None:
    release_resource(line=line, resource=pair, because="moved", by=SYSTEM, at=LATER)


def test_sixty_four_writers_want_one_number_and_one_has_it(lines: list[str]) -> None:
    import_network(resources=[ResourceEntry(code=NUMBER, kind=ResourceKind.NUMBER)], by=SYSTEM, at=NOW)

    answers = together(*(partial(gives, line, NUMBER) for line in lines))

    assert [answer for answer in answers if isinstance(answer, str)] == [NUMBER]
    assert [type(answer) for answer in answers if not isinstance(answer, str)] == [ResourceHeld] * 63
