"""What the value of a topic may be, and when two values say the same."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Callable
from datetime import date, datetime

from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.money import Money
from ligneclaire.kernel.strict_json import NotJson, read_json
from ligneclaire.voice.announced import lacks_day

TEXT_LIMIT = 500
LIST_LIMIT = 50
DAYS_LIMIT = 3650
AMOUNT = re.compile(r"(?P<amount>[0-9]+(\.[0-9]+)?) (?P<currency>[A-Z]{3})")
YEARS = range(1900, 2101)
LEFT_IN_USE, NONE_BECAUSE = ("pair", "port", "path"), "none_because"


class Takes(enum.StrEnum):
    """The type of a topic's value, as a department writes it in JSON."""

    DATE = "date"
    MONEY = "money"
    TEXT = "text"
    TEXTS = "list of texts"
    DAYS = "number of days"
    FLAG = "true or false"
    EVENT = "object"
    REQUEST = "what somebody asks for, anew each time"
    SLOT = "from an instant to another"
    BILL = "period and amount"
    CREDITS = "list of periods and amounts"
    CLOSING = "what a visit came to"
    ANSWER = "what was answered, and by when"
    PAIR = "pair"
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
    if takes in {Takes.EVENT, Takes.REQUEST}:
        return canonical(value is not None)
    return canonical(value)


def day_told(value: object, takes: Takes) -> date | None:
    """The day that the value of a topic names, where it names one."""
    if takes is Takes.DATE and value is not None:
        return date.fromisoformat(str(value))
    if takes is Takes.SLOT and isinstance(value, dict):
        return datetime.fromisoformat(str(value["from"])).date()
    return None


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


def _is_slot(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"from", "to"}:
        return False
    begins, ends = (_instant(value[name]) for name in ("from", "to"))
    return begins is not None and ends is not None and begins < ends and begins.date() == ends.date()


def _instant(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo is not None and at.year in YEARS else None


def _is_bill(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"period", "amount"} or not _is_money(value["amount"]):
        return False
    period = value["period"]
    days = [day_of(day) for day in period] if isinstance(period, list) else []
    return len(days) == 2 and None not in days and days[0] <= days[1]  # type: ignore[operator]  # noqa: PLR2004


def _are_credits(value: object) -> bool:
    return isinstance(value, list) and 0 < len(value) <= LIST_LIMIT and all(map(_is_bill, value))


def _is_closing(value: object) -> bool:
    """A visit is closed with what it left in use, or why it left nothing."""
    if not isinstance(value, dict) or not _is_text(value.get("result")):
        return False
    stated = [name for name in (*LEFT_IN_USE, NONE_BECAUSE) if value.get(name) is not None]
    return len(stated) == 1 and _is_text(value[stated[0]])


def _is_answer(value: object) -> bool:
    """What is announced has a day."""
    if not isinstance(value, dict) or not _is_text(value.get("said")):
        return False
    by = value.get("by")
    return day_of(by) is not None if by is not None else not lacks_day(value["said"])


def _is_pair(value: object) -> bool:
    return isinstance(value, dict) and _is_text(value.get("pair"))


_CHECKS: dict[Takes, Callable[[object], bool]] = {
    Takes.DATE: lambda value: day_of(value) is not None,
    Takes.MONEY: _is_money,
    Takes.TEXT: _is_text,
    Takes.TEXTS: _is_texts,
    Takes.DAYS: _is_days,
    Takes.FLAG: lambda value: isinstance(value, bool),
    Takes.EVENT: lambda value: isinstance(value, dict),
    Takes.REQUEST: lambda value: isinstance(value, dict),
    Takes.SLOT: _is_slot,
    Takes.BILL: _is_bill,
    Takes.CREDITS: _are_credits,
    Takes.CLOSING: _is_closing,
    Takes.ANSWER: _is_answer,
    Takes.PAIR: _is_pair,
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
    Takes.REQUEST: "an object",
    Takes.SLOT: 'two instants of a day like {"from": "2015-02-20T08:00:00+01:00", "to": "2015-02-20T10:00:00+01:00"}',
    Takes.BILL: 'a period and an amount like {"period": ["2015-02-01", "2015-02-28"], "amount": {...}}',
    Takes.CREDITS: f"a list of 1 to {LIST_LIMIT} periods and amounts",
    Takes.CLOSING: (
        '"result" with the "pair", "port" or "path" that was really used, or with "none_because": '
        "a visit is not closed without it"
    ),
    Takes.ANSWER: '"said" with a day, in it or as "by": what is announced without its date is no answer',
    Takes.PAIR: 'an object like {"pair": "63510-D4-017"}',
    Takes.ANYTHING: "any value",
}
