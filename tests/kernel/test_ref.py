"""Links, identifiers, and references that survive being read aloud and typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.kernel.ref import SYMBOLS, Ref, parse_reference, reference_of, uuid7, uuid_of

references = st.builds(reference_of, st.text(), st.text(), salt=st.integers(0, 5))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def bare(reference: str) -> str:
    return reference.removeprefix("LC-").replace("-", "")


def test_a_ref_prints_and_parses() -> None:
    assert str(Ref("contract", "K-ADSL-1")) == "contract:K-ADSL-1"
    assert Ref.parse("contract:K-ADSL-1") == Ref("contract", "K-ADSL-1")
    assert Ref.parse("case:a:b") == Ref("case", "a:b")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("K-ADSL-1", "not a reference: 'K-ADSL-1'"),
        ("Contract:K-1", "not a kind of thing: 'Contract'"),
        (":K-1", "not a kind of thing: ''"),
        ("contract:", "not a number: ''"),
        ("contract: K-1", "not a number: ' K-1'"),
        ("contract:K\n1", r"not a number: 'K\n1'"),
    ],
)
def test_what_is_not_a_ref_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        Ref.parse(text)

    assert str(refused.value) == message


def test_the_same_parts_give_the_same_reference_on_every_run() -> None:
    assert reference_of("C-2001", "m1") == "LC-9SCE-4Q2H"
    assert reference_of("C-2001", "m1", salt=1) == "LC-EMRR-Y37X"
    assert reference_of("C-2001m1") != reference_of("C-2001", "m1")


@given(references)
def test_a_reference_is_two_groups_of_four_without_letters_that_look_alike(reference: str) -> None:
    groups = reference.split("-")

    assert [len(group) for group in groups] == [2, 4, 4]
    assert groups[0] == "LC"
    assert not set(bare(reference)) & set("ILOU")


@given(references)
def test_a_reference_is_understood_as_people_type_it(reference: str) -> None:
    as_typed = bare(reference).replace("0", "o").replace("1", "l").lower()

    assert parse_reference(reference) == reference
    assert parse_reference(f"  lc {as_typed[:4]} – {as_typed[4:]}\n") == reference
    assert parse_reference(as_typed) == reference
    assert parse_reference(bare(reference).replace("1", "I")) == reference


@given(references, st.integers(0, 7), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_noticed(reference: str, place: int, symbol: str) -> None:
    symbols = bare(reference)

    wrong = symbols[:place] + symbol + symbols[place + 1 :]

    assert parse_reference(wrong) == (reference if wrong == symbols else None)
    assert parse_reference(f"LC-{wrong}") == (reference if wrong == symbols else None)


@given(references, st.integers(0, 6))
def test_two_swapped_neighbours_are_noticed(reference: str, place: int) -> None:
    symbols = bare(reference)

    swapped = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]

    assert parse_reference(swapped) == (reference if swapped == symbols else None)


@pytest.mark.parametrize(
    "text", ["", "LC", "LC-9SCE-4Q2", "LC-9SCE-4Q2HH", "LD-9SCE-4Q2H", "CL-9SCE-4Q2H", "LC-9SCE-4Q2U", "LC-DZSS-CNÉ6"]
)
def test_what_is_not_a_reference_is_none(text: str) -> None:
    assert parse_reference(text) is None


@given(moments, st.integers())
def test_a_uuid7_carries_its_millisecond(at: datetime, seed: int) -> None:
    made = uuid7(at, Random(seed).getrandbits)

    assert (made.version, made.variant) == (7, RFC_4122)
    assert timedelta(milliseconds=made.int >> 80) == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        milliseconds=1
    ) * timedelta(milliseconds=1)
    assert made == uuid7(at, Random(seed).getrandbits)


def test_uuid7s_sort_by_time_and_differ_within_an_instant() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)

    made = [uuid7(noon + timedelta(milliseconds=n)) for n in range(100)]

    assert sorted(made) == made
    assert len({uuid7(noon) for _ in range(100)}) == 100


def test_a_uuid7_uses_every_bit_it_is_given() -> None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)

    assert uuid7(epoch, lambda n: (1 << n) - 1) == UUID("00000000-0000-7fff-bfff-ffffffffffff")
    assert uuid7(epoch, lambda _: 0) == UUID("00000000-0000-7000-8000-000000000000")


def test_a_uuid7_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match=r"^an instant needs a time zone: 2026-11-22T10:00:00$"):
        uuid7(datetime(2026, 11, 22, 10))  # noqa: DTZ001 - the naive value is the point


def test_the_same_parts_give_the_same_uuid_on_every_run() -> None:
    assert uuid_of("a", "b") == UUID("0473ef2d-c0d3-84ab-a59d-3580c1134e9d")
    assert uuid_of("ab") != uuid_of("a", "b")
    assert (uuid_of("ab").version, uuid_of("ab").variant) == (8, RFC_4122)
