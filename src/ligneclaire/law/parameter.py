"""One value of one rule, for the time in which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from ligneclaire.kernel.calendar import DayKind
from ligneclaire.kernel.money import Money

Value = int | Fraction | Money | bool | str | tuple[str, ...] | tuple[date, ...]
Kind = TypeVar("Kind")


class Unit(StrEnum):
    """What a value counts; days name their kind."""

    CALENDAR_DAYS = "calendar_days"
    OUVRABLE_DAYS = "ouvrable_days"
    OUVRE_DAYS = "ouvre_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    MINUTES = "minutes"
    COUNT = "count"
    PERCENT = "percent"
    TIMES = "times"
    MONEY = "money"
    FLAG = "flag"
    TEXT = "text"
    LIST = "list"
    DATES = "dates"


DAY_KINDS = {
    Unit.CALENDAR_DAYS: DayKind.CALENDAR,
    Unit.OUVRABLE_DAYS: DayKind.OUVRABLE,
    Unit.OUVRE_DAYS: DayKind.OUVRE,
}


class Basis(StrEnum):
    """Which date decides between the values of a rule."""

    EVENT = "event"
    CONTRACT = "contract"


class Mark(StrEnum):
    """Why a value should be verified before an operator relies on it."""

    OWN = "own"
    """From general knowledge, without a source that was read."""
    POST_SNAPSHOT = "post-snapshot"
    """Took effect after the consolidated text that was read."""
    VERIFY = "verify"
    """The sources are weak, old or do not agree; the note says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value with its unit and source, in force from `valid_from` to before `valid_to`.

    Without `valid_from` it was in force before anything else that we know; `earliest` says that it was looked up for
    a date before `valid_from`, for which no value is known.
    """

    id: str
    name: str
    value: Value
    unit: Unit
    source: str
    basis: Basis = Basis.EVENT
    marks: tuple[Mark, ...] = ()
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    earliest: bool = False

    def of(self, kind: type[Kind]) -> Kind:
        """The value, which must be of exactly this type: `law.value("TER-01", on=day).of(int)`."""
        if isinstance(self.value, kind) and type(self.value) is kind:
            return self.value
        raise TypeError(f"{self.id} is not {kind.__name__}: {self.value!r}")

    @property
    def day_kind(self) -> DayKind:
        """Which days a number of days counts."""
        return DAY_KINDS[self.unit]
