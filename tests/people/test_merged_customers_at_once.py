"""Two advisers who merge two numbers at the same moment, each into the other, make no circle."""

from __future__ import annotations

import pytest

from builders import a_world
from ligneclaire.people.actions.merge_customers import ChangedMeanwhile
from ligneclaire.people.queries import numbers
from ligneclaire.people.queries.merging import SamePerson
from people.persons import merge, unmerge
from together import together

ONE, OTHER, THIRD = "C-4002", "C-5001", "C-4001"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_merge_crosswise_at_once_leave_one_survivor() -> None:
    a_world()

    for _ in range(5):
        found = together(lambda: merge(ONE, OTHER), lambda: merge(OTHER, ONE))

        [survivor] = [outcome for outcome in found if isinstance(outcome, str)]
        assert [type(outcome) for outcome in found if not isinstance(outcome, str)] == [SamePerson]
        assert set(numbers.survivors([ONE, OTHER]).values()) == {survivor}
        [merged] = {ONE, OTHER} - {survivor}
        unmerge(merged)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_make_a_chain_at_once_leave_it_whole_or_look_again() -> None:
    a_world()

    for _ in range(5):
        found = together(lambda: merge(ONE, OTHER), lambda: merge(THIRD, ONE))

        merged = [isinstance(outcome, str) for outcome in found]
        assert {type(outcome) for outcome in found} <= {str, ChangedMeanwhile}
        meant = numbers.survivors([ONE, THIRD])
        last = OTHER if merged[0] else ONE
        assert any(merged)
        assert meant == {ONE: last, THIRD: last if merged[1] else THIRD}
        for number in (ONE, THIRD):
            if meant[number] != number:
                unmerge(number)
