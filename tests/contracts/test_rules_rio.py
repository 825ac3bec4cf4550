"""RIO: reading, checking and making them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ligneclaire.contracts.rules.national import national
from ligneclaire.contracts.rules.rio import (
    ORDER,
    Rio,
    RioMalformed,
    RioOfAnotherNumber,
    assigned_by,
    build,
    check,
    key,
    operator_name,
    quality_of_mobile,
    read,
)

TODAY = date(2026, 11, 22)
FORM = re.compile(r"^[0-9A-Z]{2}[A-Z][0-9A-Z+]{6}[0-9A-Z+]{3}$")
EXAMPLE = "061234" + "5678"  # the inter-operator document's own; in pieces, for it is not kept free for fiction
VECTORS = [
    ("01", "P", "EROY4P", EXAMPLE, "4TR"),
    ("01", "P", "EROY4P", EXAMPLE[:-2] + "87", "4UU"),
    ("02", "P", "ABC123", "0639980001", "IHE"),
    ("03", "E", "9Z8Y7X", "0639980002", "M4K"),
    ("04", "P", "000000", "0639989999", "DT+"),
    ("01", "P", "T00000", "0639980001", "6D+"),
    ("01", "F", "HOME01", "0199001234", "4WY"),
]

references = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=6, max_size=6)
numbers = st.integers(0, 9999).map(lambda last: f"063998{last:04}")


@pytest.mark.parametrize(("operator", "quality", "reference", "number", "expected"), VECTORS)
def test_rio_keys_are_those_of_the_inter_operator_algorithm(
    operator: str, quality: str, reference: str, number: str, expected: str
) -> None:
    assert key(operator, quality, reference, number) == expected
    made = build(operator=operator, quality=quality, reference=reference, number=number, on=TODAY)
    assert (str(made), made.spaced) == (
        f"{operator}{quality}{reference}{expected}",
        f"{operator} {quality} {reference} {expected}",
    )


def test_rio_has_37_symbols_and_the_last_is_plus() -> None:
    assert (len(ORDER), len(set(ORDER)), ORDER[-1]) == (37, 37, "+")


@pytest.mark.parametrize(
    "text",
    ["02PABC123IHE", "02 P ABC123 IHE", " 02-p-abc123-ihe ", "02\u00a0P\u202fABC123\u2011IHE"],
)
def test_rio_is_read_as_people_type_it(text: str) -> None:
    assert read(text) == Rio(operator="02", quality="P", reference="ABC123", key="IHE")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "02PABC123IH",
        "02PABC123IHEE",
        "02+ABC123IHE",
        "022ABC123IHE",
        "+2PABC123IHE",
        "02PÀBC123IHE",
        "02PABC12_IHE",
    ],
)
def test_rio_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(RioMalformed) as refused:
        read(text)

    assert refused.value.values == {"rio": text}


def test_rio_is_checked_against_its_number() -> None:
    assert str(check("04 p 000000 dt+", number="+33639989999")) == "04P000000DT+"

    with pytest.raises(RioOfAnotherNumber) as refused:
        check("04P000000DT+", number="0639989998")

    assert refused.value.values == {"rio": "04P000000DT+", "number": "0639989998"}


@given(references, numbers, st.integers(0, 8))
def test_rio_detects_swapped_neighbours_in_the_number(reference: str, number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assume(swapped != number and swapped.startswith("0"))

    right, wrong = key("02", "P", reference, number), key("02", "P", reference, swapped)

    assert right[0] == wrong[0]  # a plain sum does not see it
    assert right[1] != wrong[1]
    assert right[2] != wrong[2]


@given(references, numbers, st.integers(0, 4))
def test_rio_detects_swapped_neighbours_in_the_reference(reference: str, number: str, at: int) -> None:
    swapped = reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]
    assume(swapped != reference)

    with pytest.raises(RioOfAnotherNumber):
        check(f"02P{swapped}{key('02', 'P', reference, number)}", number=number)


@given(references, numbers, st.sampled_from(["P", "E"]))
def test_rio_that_was_made_is_read_back(reference: str, number: str, quality: str) -> None:
    made = build(operator="02", quality=quality, reference=reference, number=number, on=TODAY)

    assert FORM.match(str(made))
    assert check(made.spaced.lower(), number=number) == made


@pytest.mark.parametrize(
    ("quality", "number", "problem"),
    [
        ("F", "0639980001", "quality: one of P, E for a mobile number, not 'F'"),
        ("P", "0199001234", "quality: one of F, G, M, N, R, S, T, U, V, W, X, Y, Z for a fixed number, not 'P'"),
        ("P", "063998000", "not a French number: '063998000'"),
    ],
)
def test_rio_is_not_made_with_a_letter_that_does_not_fit(quality: str, number: str, problem: str) -> None:
    with pytest.raises(ValueError) as refused:
        build(operator="02", quality=quality, reference="ABC123", number=number, on=TODAY)

    assert str(refused.value) == problem


def test_rio_is_not_made_from_characters_outside_the_alphabet() -> None:
    with pytest.raises(ValueError) as refused:
        build(operator="02", quality="P", reference="ABC_23", number="0639980001", on=TODAY)

    assert str(refused.value) == "not a character of a RIO: '_'"


def test_rio_tells_the_operator_that_gave_it_if_known() -> None:
    assert operator_name(read("04P000000DT+"), on=TODAY) == "Free"
    assert operator_name(read("ZZP000000DT+"), on=TODAY) is None


def test_rio_of_a_business_has_a_letter_of_its_own() -> None:
    assert quality_of_mobile(is_business=True, on=TODAY) == "E"
    assert quality_of_mobile(is_business=False, on=TODAY) == "P"


def test_rio_is_assigned_the_day_after_activation() -> None:
    assert assigned_by(date(2026, 11, 28)) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("06 39 98 00 01", "0639980001"),
        ("06.39.98.00.01", "0639980001"),
        ("+33 6 39 98 00 01", "0639980001"),
        ("+33 700 00000 00000", "07000000000000"),
        ("0700 00000 00000", "07000000000000"),
    ],
)
def test_a_number_is_written_as_it_is_dialled(written: str, dialled: str) -> None:
    assert national(written) == dialled


@pytest.mark.parametrize("written", ["", "6 39 98 00 01", "+34 600 000 000", "+", "06 39 98 00 0"])
def test_what_is_not_a_french_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError) as refused:
        national(written)

    assert str(refused.value) == f"not a French number: {written!r}"
