"""A file of rules is refused with the file, the id and the field that is wrong."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ligneclaire.kernel.money import Money
from ligneclaire.law.load import InvalidLaw, load
from ligneclaire.law.parameter import Basis, Mark, Parameter, Unit


def a_rule(**changes: str | None) -> str:
    fields: dict[str, str | None] = {
        "id": '"TER-01"',
        "name": '"Notice"',
        "value": "10",
        "unit": '"calendar_days"',
        "source": '"CC L224-39"',
        **changes,
    }
    return "[[parameter]]\n" + "".join(f"{field} = {text}\n" for field, text in fields.items() if text is not None)


def refusal_of(text: str) -> str:
    with pytest.raises(InvalidLaw) as refused:
        load(text, file="fr.toml")
    return str(refused.value)


def test_a_rule_with_one_value() -> None:
    text = a_rule(basis='"contract"', marks='["own", "verify"]', note='"Why"', valid_from="2026-04-03")

    assert load(text, file="fr.toml") == {
        "TER-01": (
            Parameter(
                id="TER-01",
                name="Notice",
                value=10,
                unit=Unit.CALENDAR_DAYS,
                source="CC L224-39",
                basis=Basis.CONTRACT,
                marks=(Mark.OWN, Mark.VERIFY),
                note="Why",
                valid_from=date(2026, 4, 3),
            ),
        )
    }


def test_each_value_lasts_until_the_next_and_may_replace_fields() -> None:
    text = a_rule(
        value=None,
        values="""[
            { value = 8 },
            { value = 10, valid_from = 2023-01-01, source = "Law 2" },
            { value = 12, valid_from = 2024-02-29, valid_to = 2025-01-01 },
        ]""",
    )

    values = load(text, file="fr.toml")["TER-01"]

    assert [(each.value, each.valid_from, each.valid_to, each.source) for each in values] == [
        (8, None, date(2023, 1, 1), "CC L224-39"),
        (10, date(2023, 1, 1), date(2024, 2, 29), "Law 2"),
        (12, date(2024, 2, 29), date(2025, 1, 1), "CC L224-39"),
    ]


@pytest.mark.parametrize(
    ("unit", "written", "read"),
    [
        ("calendar_days", "10", 10),
        ("ouvrable_days", "3", 3),
        ("ouvre_days", "0", 0),
        ("months", "24", 24),
        ("years", "10", 10),
        ("hours", "5", 5),
        ("minutes", "3", 3),
        ("count", "4", 4),
        ("percent", "25", Fraction(1, 4)),
        ("percent", "5.5", Fraction(11, 200)),
        ("times", "1.5", Fraction(3, 2)),
        ("money", '{ amount = "120.00", currency = "EUR" }', Money.of("120.00")),
        ("flag", "true", True),
        ("text", '"opt-in"', "opt-in"),
        ("list", '["FR", "ES"]', ("FR", "ES")),
        ("dates", "[2026-01-31]", (date(2026, 1, 31),)),
    ],
)
def test_a_value_is_read_in_its_unit(unit: str, written: str, read: object) -> None:
    [parameter] = load(a_rule(unit=f'"{unit}"', value=written), file="fr.toml")["TER-01"]

    assert (parameter.unit, parameter.value, type(parameter.value)) == (Unit(unit), read, type(read))


def test_every_unit_is_tried_here() -> None:
    tried = test_a_value_is_read_in_its_unit.pytestmark[0].args[1]  # type: ignore[attr-defined]  # set by parametrize

    assert {unit for unit, _, _ in tried} == set(Unit)


@pytest.mark.parametrize(
    ("unit", "written", "problem"),
    [
        ("months", "-1", "Input should be greater than or equal to 0"),
        ("months", "true", "Input should be a valid integer"),
        ("months", "1.5", "Input should be a valid integer"),
        ("percent", "true", "Decimal input should be an integer, float, string or Decimal object"),
        ("percent", "-5", "Input should be greater than or equal to 0"),
        ("money", "120", 'Value error, expected {"amount": "...", "currency": "..."}'),
        ("money", '{ amount = "1.001", currency = "EUR" }', "Value error, too many decimals for EUR: 1.001"),
        ("flag", "1", "Input should be a valid boolean"),
        ("text", '" "', r"String should match pattern '\S'"),
        ("list", "[1]", "Input should be a valid string"),
        ("dates", '"2026-01-31"', "Input should be a valid tuple"),
    ],
)
def test_a_value_that_is_not_in_its_unit_is_refused(unit: str, written: str, problem: str) -> None:
    assert refusal_of(a_rule(unit=f'"{unit}"', value=written)) == f"fr.toml: TER-01: value: {problem}"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": None}, "?: id: Field required"),
        ({"id": '"ter 1"'}, r"ter 1: id: String should match pattern '^([A-Z]{3}-[0-9]{2}|[a-z]+)(\.[a-z0-9_]+)*$'"),
        ({"id": "1"}, "1: id: Input should be a valid string"),
        ({"name": None}, "TER-01: name: Field required"),
        ({"value": None}, "TER-01: value: Field required"),
        ({"unit": None}, "TER-01: unit: Field required"),
        ({"source": None}, "TER-01: source: Field required"),
        ({"source": '" "'}, r"TER-01: source: String should match pattern '\S'"),
        ({"basis": '"bill"'}, "TER-01: basis: Input should be 'event' or 'contract'"),
        ({"marks": '["sure"]'}, "TER-01: marks: Input should be 'own', 'post-snapshot' or 'verify'"),
        ({"valid_from": '"soon"'}, "TER-01: valid_from: Input should be a valid date or datetime, input is too short"),
        ({"valid_until": "2026-01-01"}, "TER-01: valid_until: Extra inputs are not permitted"),
        ({"values": "3"}, "TER-01: values: expected a list of tables"),
        ({"values": "[]"}, "TER-01: values: expected a list of tables"),
        ({"values": "[3]"}, "TER-01: values: expected a list of tables"),
        (
            {"valid_from": "2026-01-01", "valid_to": "2026-01-01"},
            "TER-01: valid_to: not after valid_from",
        ),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, str | None], problem: str) -> None:
    assert refusal_of(a_rule(**changes)) == f"fr.toml: {problem}"


def test_an_unknown_unit_is_refused_with_those_that_exist() -> None:
    assert refusal_of(a_rule(unit='"days"')) == (
        "fr.toml: TER-01: unit: Input should be 'calendar_days', 'ouvrable_days', 'ouvre_days', 'months', 'years', "
        "'hours', 'minutes', 'count', 'percent', 'times', 'money', 'flag', 'text', 'list' or 'dates'"
    )


LATER_THAN_BEFORE = "valid_from: each value but the first needs one, later than the one before"


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("", "", LATER_THAN_BEFORE),
        ("valid_from = 2023-01-01", "valid_from = 2023-01-01", LATER_THAN_BEFORE),
        ("valid_from = 2023-01-01", "valid_from = 2022-01-01", LATER_THAN_BEFORE),
        (
            "valid_to = 2023-01-02",
            "valid_from = 2023-01-01",
            "valid_to: 2023-01-02, but the next value is valid from 2023-01-01",
        ),
        (
            "valid_to = 2022-12-31",
            "valid_from = 2023-01-01",
            "valid_to: 2022-12-31, but the next value is valid from 2023-01-01",
        ),
        ("", 'valid_from = 2023-01-01, basis = "contract"', "basis: must be the same for every value"),
    ],
)
def test_values_that_overlap_or_leave_a_gap_are_refused(first: str, second: str, problem: str) -> None:
    values = ", ".join(f"{{ {fields} }}" for fields in (first, second))

    assert refusal_of(a_rule(values=f"[{values}]")) == f"fr.toml: TER-01: {problem}"


def test_an_id_used_twice_is_refused() -> None:
    assert refusal_of(a_rule() + a_rule()) == "fr.toml: TER-01: id: used twice"


@pytest.mark.parametrize("text", ["", "parameter = 3", "parameter = [3]", "[parameter]\nid = 'A'", a_rule() + "[x]"])
def test_a_file_with_something_else_is_refused(text: str) -> None:
    assert refusal_of(text) == "fr.toml: expected [[parameter]] tables and nothing else"


def test_a_file_that_is_not_toml_is_refused_with_the_line() -> None:
    assert refusal_of("parameter = [") == "fr.toml: Invalid value (at end of document)"
