"""Two advisers who merge two cases at the same moment, each into the other's, make no circle."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builders import a_world
from incoming import a_case
from ligneclaire.cases.actions.merge_cases import merge_cases
from ligneclaire.cases.actions.unmerge_case import unmerge_case
from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.together import SameCase
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from together import together

MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)


def merge(reference: str, into: str, adviser: str) -> str:
    by = Actor(ActorKind.ADVISER, adviser)
    return merge_cases(reference=reference, into=into, reason="Un seul départ.", by=by, at=MONDAY)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_merge_crosswise_at_once_leave_one_survivor() -> None:
    a_world()
    one, other = a_case("C-2001", at=MONDAY), a_case("C-2001", at=MONDAY, subject="customer:C-2001")

    for _ in range(5):
        found = together(lambda: merge(one, other, "A-1"), lambda: merge(other, one, "A-2"))

        [survivor] = [outcome for outcome in found if isinstance(outcome, str)]
        assert [type(outcome) for outcome in found if not isinstance(outcome, str)] == [SameCase]
        assert {card.survivor for card in cards.of("C-2001")} == {survivor}
        [merged] = {one, other} - {survivor}
        unmerge_case(reference=merged, reason="Encore une fois.", by=SYSTEM, at=MONDAY)
