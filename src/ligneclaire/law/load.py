"""Read a country's file of rules, and say exactly what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, TypeAdapter, ValidationError

from ligneclaire.kernel.money import Money
from ligneclaire.law.parameter import Basis, Mark, Parameter, Unit, Value

Text = Annotated[str, Field(pattern=r"\S")]
Part = Annotated[Decimal, Field(ge=0), AfterValidator(Fraction)]

VALUES: dict[Unit, TypeAdapter[Any]] = dict.fromkeys(Unit, TypeAdapter(Annotated[StrictInt, Field(ge=0)])) | {
    Unit.PERCENT: TypeAdapter(Annotated[Part, AfterValidator(lambda percent: percent / 100)]),
    Unit.TIMES: TypeAdapter(Part),
    Unit.MONEY: TypeAdapter(Annotated[object, AfterValidator(Money.from_json)]),
    Unit.FLAG: TypeAdapter(StrictBool),
    Unit.TEXT: TypeAdapter(Text),
    Unit.LIST: TypeAdapter(tuple[Text, ...]),
    Unit.DATES: TypeAdapter(tuple[date, ...]),
}


class InvalidLaw(ValueError):
    """A file of rules that cannot be used; the message names file, id and field."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^([A-Z]{3}-[0-9]{2}|[a-z]+)(\.[a-z0-9_]+)*$")
    name: Text
    value: Any
    unit: Unit
    source: Text
    basis: Basis = Basis.EVENT
    marks: tuple[Mark, ...] = ()
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def load(text: str, *, file: str) -> dict[str, tuple[Parameter, ...]]:
    """Read the text of a file: for each id its values, oldest first."""
    rules: dict[str, tuple[Parameter, ...]] = {}
    for table in _tables(text, file):
        rule = str(table.get("id", "?"))
        if rule in rules:
            raise InvalidLaw(f"{file}: {rule}: id: used twice")
        try:
            rules[rule] = tuple(_in_order([_parameter(fields) for fields in _dated(table)]))
        except ValidationError as error:
            first = error.errors()[0]
            field = first["loc"][0] if error.title == _Entry.__name__ else "value"
            raise InvalidLaw(f"{file}: {rule}: {field}: {first['msg']}") from None
        except ValueError as error:
            raise InvalidLaw(f"{file}: {rule}: {error}") from None
    return rules


def _tables(text: str, file: str) -> list[dict[str, object]]:
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InvalidLaw(f"{file}: {error}") from None
    match content:
        case {"parameter": [*tables], **other} if not other and all(isinstance(table, dict) for table in tables):
            return tables
    raise InvalidLaw(f"{file}: expected [[parameter]] tables and nothing else")


def _dated(table: dict[str, object]) -> Iterator[dict[str, object]]:
    # One value stands in the table itself; several stand in `values`, each replacing fields of the table.
    common = {field: value for field, value in table.items() if field != "values"}
    several = table.get("values", [{}])
    if not isinstance(several, list) or not several or not all(isinstance(fields, dict) for fields in several):
        raise ValueError("values: expected a list of tables")
    for fields in several:
        yield common | fields


def _parameter(fields: dict[str, object]) -> Parameter:
    entry = _Entry.model_validate(fields)
    value: Value = VALUES[entry.unit].validate_python(entry.value)
    return Parameter(**{**dict(entry), "value": value})


def _in_order(dated: list[Parameter]) -> Iterator[Parameter]:
    for parameter, following in zip_longest(dated, dated[1:]):
        end = parameter.valid_to if following is None else _until(parameter, following)
        if parameter.valid_from is not None and end is not None and end <= parameter.valid_from:
            raise ValueError("valid_to: not after valid_from")
        yield replace(parameter, valid_to=end)


def _until(parameter: Parameter, following: Parameter) -> date:
    start = parameter.valid_from
    if following.basis is not parameter.basis:
        raise ValueError("basis: must be the same for every value")
    if following.valid_from is None or (start is not None and following.valid_from <= start):
        raise ValueError("valid_from: each value but the first needs one, later than the one before")
    if parameter.valid_to not in {None, following.valid_from}:
        raise ValueError(f"valid_to: {parameter.valid_to}, but the next value is valid from {following.valid_from}")
    return following.valid_from
