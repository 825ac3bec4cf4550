"""An amount of money: whole minor units and a currency, never a float."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, total_ordering

from babel.numbers import UnknownCurrencyError, get_currency_precision, validate_currency

AMOUNT = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
LIMIT = 2**63  # what a PostgreSQL bigint holds


class Rounding(Enum):
    """What becomes of a part of a minor unit."""

    HALF_UP = "half_up"
    """To the nearest; a half goes away from zero, as merchants and the tax office do."""
    HALF_EVEN = "half_even"
    """To the nearest; a half goes to the even neighbour."""
    DOWN = "down"
    """Towards zero."""
    UP = "up"
    """Away from zero."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (cents) of one currency."""

    minor: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        _decimals(self.currency)
        if not -LIMIT <= self.minor < LIMIT:
            raise ValueError("amount too large")

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str = "EUR") -> Money:
        """Read an amount in major units, such as "300.00"; more decimals than the currency has are an error."""
        text = f"{amount:f}" if isinstance(amount, Decimal) else str(amount)
        if not AMOUNT.fullmatch(text):
            raise ValueError(f"not an amount: {text[:40]!r}")
        minor = Fraction(text) * 10 ** _decimals(currency)
        if minor.denominator != 1:
            raise ValueError(f"too many decimals for {currency}: {text}")
        return cls(minor.numerator, currency)

    @classmethod
    def from_json(cls, value: object) -> Money:
        """Read `{"amount": "300.00", "currency": "EUR"}`, exactly these two strings."""
        if not isinstance(value, Mapping) or set(value) != {"amount", "currency"}:
            raise ValueError('expected {"amount": "...", "currency": "..."}')
        amount, currency = value["amount"], value["currency"]
        if not isinstance(amount, str) or not isinstance(currency, str):
            raise ValueError("amount and currency must be strings")  # noqa: TRY004 - doors translate ValueError
        return cls.of(amount, currency)

    def as_json(self) -> dict[str, str]:
        """Write the amount in major units as a string, with the currency."""
        return {"amount": str(self.amount), "currency": self.currency}

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with all the decimals of its currency."""
        return Decimal(self.minor).scaleb(-_decimals(self.currency))

    def share(self, part: Fraction, *, rounding: Rounding) -> Money:
        """Take a part of this amount, rounded to a minor unit in the named way."""
        return Money(_rounded(self.minor * part, rounding), self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._comparable(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._comparable(other), self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._comparable(other)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def _comparable(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other.minor


@cache
def _decimals(currency: str) -> int:
    try:
        validate_currency(currency)
    except UnknownCurrencyError:
        raise ValueError(f"unknown currency: {currency[:40]!r}") from None
    return get_currency_precision(currency)


def _rounded(exact: Fraction, rounding: Rounding) -> int:
    sign = -1 if exact < 0 else 1
    whole, rest = divmod(abs(exact), 1)
    away_from_zero = {
        Rounding.HALF_UP: rest * 2 >= 1,
        Rounding.HALF_EVEN: rest * 2 > 1 or (rest * 2 == 1 and whole % 2 == 1),
        Rounding.DOWN: False,
        Rounding.UP: rest > 0,
    }
    return sign * (whole + away_from_zero[rounding])
