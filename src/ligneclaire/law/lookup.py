"""Look a value up by rule and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from ligneclaire.kernel.refusal import Refused
from ligneclaire.law.load import load
from ligneclaire.law.parameter import Basis, Parameter

DATA = files("ligneclaire.law") / "data"


class UnknownCountry(Refused):
    """No file of rules for this country."""


class UnknownRule(Refused):
    """No such rule in this country, or it had ended by that date."""


def value(rule: str, *, on: date, concluded_on: date | None = None, country: str = "FR") -> Parameter:
    """The value of a rule on the day of the event, or of the contract's conclusion where the rule goes by that.

    Before the first known value it is that one, marked `earliest`.
    """
    dated = _rules(country).get(rule)
    if dated is None:
        raise UnknownRule(rule=rule, country=country)
    day = on
    if dated[0].basis is Basis.CONTRACT:
        if concluded_on is None:
            raise ValueError(f"{rule} goes by the date of the contract: concluded_on is missing")
        day = concluded_on
    if dated[0].valid_from is not None and day < dated[0].valid_from:
        return replace(dated[0], earliest=True)
    for parameter in dated:
        if parameter.valid_to is None or day < parameter.valid_to:
            return parameter
    raise UnknownRule(rule=rule, country=country, on=day)


def parameters(country: str = "FR") -> tuple[Parameter, ...]:
    """Every value of every rule of a country, by id and then by date."""
    rules = _rules(country)
    return tuple(parameter for rule in sorted(rules) for parameter in rules[rule])


def countries() -> tuple[str, ...]:
    """The countries that have a file of rules."""
    return tuple(sorted(path.name.removesuffix(".toml").upper() for path in DATA.iterdir()))


@cache
def _rules(country: str) -> Mapping[str, tuple[Parameter, ...]]:
    if country not in countries():
        raise UnknownCountry(country=country)
    file = DATA / f"{country.lower()}.toml"
    return load(file.read_text(encoding="utf-8"), file=file.name)
