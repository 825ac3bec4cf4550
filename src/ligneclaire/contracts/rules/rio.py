"""RIO: the code that lets a number go to another operator, tied to that number by its key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ligneclaire import law
from ligneclaire.contracts.rules.national import national
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.refusal import Refused

ORDER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"  # 37, a prime: without the last, one RIO in thirteen is refused
FORM = re.compile(r"([0-9A-Z]{2})([A-Z])([0-9A-Z+]{6})([0-9A-Z+]{3})")
SEPARATORS = re.compile(r"[\s\u2010-\u2015-]+")
MOBILE = ("06", "07")


class RioMalformed(Refused):
    """Not two, one, six and three characters of the alphabet of RIO."""


class RioOfAnotherNumber(Refused):
    """The key does not fit this number: one of the two is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rio:
    """A RIO in its four parts, printed as it is typed, "01PEROY4P4TR"."""

    operator: str
    quality: str
    reference: str
    key: str

    def __str__(self) -> str:
        return self.operator + self.quality + self.reference + self.key

    @property
    def spaced(self) -> str:
        """As it is shown to people: "01 P EROY4P 4TR"."""
        return f"{self.operator} {self.quality} {self.reference} {self.key}"

    @property
    def masked(self) -> str:
        """Enough to see that there is one and whose: "01 P •••••• •••"."""
        return f"{self.operator} {self.quality} {'•' * len(self.reference)} {'•' * len(self.key)}"


def read(text: str) -> Rio:
    """Read a RIO as people type it, with spaces, dashes and small letters."""
    parts = FORM.fullmatch(SEPARATORS.sub("", text).upper())
    if parts is None:
        raise RioMalformed(rio=text[:40])
    operator, quality, reference, key = parts.groups()
    return Rio(operator=operator, quality=quality, reference=reference, key=key)


def check(text: str, *, number: str) -> Rio:
    """Read a RIO and refuse it unless its key fits the number, as who receives a number does at once."""
    rio = read(text)
    if rio.key != key(rio.operator, rio.quality, rio.reference, number):
        raise RioOfAnotherNumber(rio=str(rio), number=number)
    return rio


def build(*, operator: str, quality: str, reference: str, number: str, on: date, country: str = "FR") -> Rio:
    """Make the RIO of a number; the quality must be one for such numbers."""
    access = "mobile" if national(number).startswith(MOBILE) else "fixed"
    known = law.value(f"rio.quality.{access}", on=on, country=country).of(tuple)
    if quality not in known:
        raise ValueError(f"quality: one of {', '.join(known)} for a {access} number, not {quality!r}")
    return read(operator + quality + reference + key(operator, quality, reference, number))


def key(operator: str, quality: str, reference: str, number: str) -> str:
    """The three characters that tie the rest of a RIO to its number."""
    sums = [0, 0, 0]
    for character in operator + quality + reference + national(number):
        if character not in ORDER:
            raise ValueError(f"not a character of a RIO: {character!r}")
        sums = [
            (factor * each + ORDER.index(character)) % len(ORDER) for factor, each in zip((1, 2, 4), sums, strict=True)
        ]
    return "".join(ORDER[each] for each in sums)


def operator_name(rio: Rio, *, on: date, country: str = "FR") -> str | None:
    """The operator that gave a RIO, as far as it is known."""
    try:
        return law.value(f"rio.operator.{rio.operator.lower()}", on=on, country=country).of(str)
    except law.UnknownRule:
        return None


def quality_of_mobile(*, is_business: bool, on: date, country: str = "FR") -> str:
    """The letter of a mobile RIO: one for private holders, one for business."""
    private, business = law.value("rio.quality.mobile", on=on, country=country).of(tuple)
    return str(business if is_business else private)


def assigned_by(activated_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day on which a line has its RIO."""
    return law.last_day("rio.assigned_days", after=activated_on, calendar=calendar)
