"""A refusal has a code and values; doors make the sentence."""

from __future__ import annotations

import pickle

import pytest

from ligneclaire.kernel.refusal import Refused


class BillAlreadyIssued(Refused):
    """This account already has a bill for this period."""


def test_the_code_is_the_class_name_in_snake_case() -> None:
    assert BillAlreadyIssued().code == "bill_already_issued"
    assert Refused().code == "refused"


def test_the_values_are_kept_and_cannot_be_changed() -> None:
    refused = BillAlreadyIssued(account="B-1", count=2)

    assert dict(refused.values) == {"account": "B-1", "count": 2}
    with pytest.raises(TypeError):
        refused.values["account"] = "B-2"  # type: ignore[index]  # the write is the point


def test_a_refusal_prints_its_code_and_values_for_developers() -> None:
    assert str(BillAlreadyIssued(account="B-1", count=2)) == "bill_already_issued (account=B-1, count=2)"
    assert str(BillAlreadyIssued()) == "bill_already_issued"


def test_a_refusal_survives_the_way_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(BillAlreadyIssued(account="B-1")))

    assert (type(sent), dict(sent.values)) == (BillAlreadyIssued, {"account": "B-1"})
