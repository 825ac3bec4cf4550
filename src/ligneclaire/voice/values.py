"""What the value of a topic may be, and when two values say the same."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Callable
from datetime import date

from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.strict_json import NotJson, read_json

TEXT_LIMIT = 500
LIST_LIMIT = 50
DAYS_LIMIT = 3650
AMOUNT = re.compile(r"(?P<amount>[0-9]+(\.[0-9]+)?) (?P<currency>[A-Z]{3})")
YEARS = range(1900, 2101)


class Takes(enum.StrEnum):
    """The type of a topic's value, as a department writes it in JSON."""

    DATE = "date"
    MONEY = "money"
    TEXT = "text"
    TEXTS = "list of texts"
    DAYS = "number of days"
    FLAG = "true or false"
    EVENT = "object"
    ANYTHING = "anything"


def problem(value: object, takes: Takes) -> str | None:
    """Say what is wrong with a value, or nothing when a topic may take it."""
    return None if _CHECKS[takes](value) else f"expected {_EXPECTED[takes]}, got {shown(value)}"


def comparable(value: object, takes: Takes) -> str:
    """Reduce a value to what counts when two are compared: order of a list, case and trailing zeros do not."""
    if takes is Takes.MONEY and value is not None:
        return canonical(Money.from_json(value).as_json())
    if takes is Takes.TEXTS and isinstance(value, list):
        return canonical(sorted({" ".join(text.casefold().split()) for text in value}))
    if takes is Takes.TEXT and isinstance(value, str):
        return canonical(" ".join(value.split()))
    if takes is Takes.EVENT:
        return canonical(value is not None)
    return canonical(value)


def typed(text: str, takes: Takes) -> object:
    """Read a value as people type it: a text or a date as it stands, an amount like "300.00 EUR", else JSON."""
    if problem(text, takes) is None:
        return text
    if takes is Takes.MONEY and (amount := AMOUNT.fullmatch(text)):
        return amount.groupdict()
    try:
        return read_json(text.encode(errors="replace"))
    except NotJson:
        return text


def shown(value: object) -> str:
    """Write a value as JSON for people, shortened when it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004


def day_of(value: object) -> date | None:
    """Read a day as departments write it; None for week dates, without hyphens, or too far away to count days from."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day.isoformat() == value and day.year in YEARS else None


def _is_money(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"amount", "currency"}:
        return False
    try:
        return Money.from_json(value).minor >= 0
    except (ValueError, TypeError):
        return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= TEXT_LIMIT


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and 0 < len(value) <= LIST_LIMIT and all(map(_is_text, value))


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= DAYS_LIMIT


_CHECKS: dict[Takes, Callable[[object], bool]] = {
    Takes.DATE: lambda value: day_of(value) is not None,
    Takes.MONEY: _is_money,
    Takes.TEXT: _is_text,
    Takes.TEXTS: _is_texts,
    Takes.DAYS: _is_days,
    Takes.FLAG: lambda value: isinstance(value, bool),
    Takes.EVENT: lambda value: isinstance(value, dict),
    Takes.ANYTHING: lambda _: True,
}

_EXPECTED = {
    Takes.DATE: "a date like 2015-02-20",
    Takes.MONEY: 'an amount like {"amount": "300.00", "currency": "EUR"}',
    Takes.TEXT: f"a text of 1 to {TEXT_LIMIT} characters",
    Takes.TEXTS: f"a list of 1 to {LIST_LIMIT} texts",
    Takes.DAYS: f"a whole number of days from 0 to {DAYS_LIMIT}",
    Takes.FLAG: "true or false",
    Takes.EVENT: "an object",
    Takes.ANYTHING: "any value",
}
