"""What a request to end a contract must say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ligneclaire import law


def missing(given: Mapping[str, str], *, on: date, country: str = "FR") -> tuple[str, ...]:
    """The fields asked by law that were left empty; a reason is never one of them."""
    asked = law.value("TER-05.fields", on=on, country=country).of(tuple)
    return tuple(field for field in asked if not given.get(field, "").strip())
