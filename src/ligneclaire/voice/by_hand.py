"""What people of a department type, read into what their systems would send, and written back."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from ligneclaire.kernel.money import Money
from ligneclaire.voice.intake import Parsed, Problem, parse
from ligneclaire.voice.topics import MOVE_WITHDRAWN, RENOUNCED, REQUESTED, STATABLE, TOPICS, WITHDRAWN
from ligneclaire.voice.values import Takes, day_of, problem
from ligneclaire.voice.wording import explain
from ligneclaire.voice.wording.texts import LANGUAGES

ASKED = frozenset({REQUESTED, RENOUNCED, WITHDRAWN, MOVE_WITHDRAWN})  # events that came from the customer, somehow
WAYS = {"letter": "letter", "courrier": "letter", "lettre": "letter", "email": "email", "e-mail": "email"}
FLAGS = {**dict.fromkeys(("yes", "true", "oui", "vrai"), True), **dict.fromkeys(("no", "false", "non", "faux"), False)}
SIGNS = {"€": "EUR", "£": "GBP"}
DAY = re.compile(r"(?P<day>[0-9]{1,2})[./-](?P<month>[0-9]{1,2})[./-](?P<year>[0-9]{4})")
DAYS = re.compile(r"(?P<days>[0-9]{1,5})(?: ?(?:days?|jours?|j))?", re.IGNORECASE)
# Groups of thousands are kept apart by spaces only: a point or comma in front of three figures may mean either.
AMOUNT = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:\s[0-9]{3})+|[0-9]+)(?:[.,](?P<part>[0-9]{1,2}))?(?:\s?(?P<currency>[A-Za-z]{3}|[€£]))?"
)
BETWEEN = re.compile(r"[\n|]")


class Fault(enum.StrEnum):
    """What may be wrong with something typed."""

    MISSING = "nothing is typed"
    UNREADABLE = "it is not written as its topic wants it"
    UNKNOWN = "there is none"
    BEFORE_CONTRACT = "the day is before the contract began"
    REPEATED = "another line says the same"
    CONTRADICTED = "another line says something else of the same contract and topic"
    STATED_OTHERWISE = "something else was stated under this id"
    TOO_LATE = "it can no longer be taken back, or there is nothing to take back"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with which field: contract, key, value, effective, or line for the whole."""

    field: str
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A statement as typed; the topic by its key or its name in any language."""

    contract: str
    key: str
    value: str
    effective: str = ""


def statement(typed: Typed, *, source: str, name: str, currency: str, at: datetime) -> Parsed | Mistake:
    """Read what was typed as a statement of a department; an amount without a currency is in the operator's."""
    key, contract = topic_key(typed.key), typed.contract.strip().upper()
    if key is None:
        return Mistake("key", Fault.UNKNOWN if typed.key.strip() else Fault.MISSING)
    if not contract:
        return Mistake("contract", Fault.MISSING)
    value = read(typed.value, key, currency=currency)
    if problem(value, TOPICS[key].takes):
        return Mistake("value", Fault.UNREADABLE if typed.value.strip() else Fault.MISSING)
    data: dict[str, object] = {"key": key, "value": value}
    if typed.effective.strip():
        effective = day(typed.effective)
        if effective is None:
            return Mistake("effective", Fault.UNREADABLE)
        data["effective"] = effective.isoformat()
    item = {"id": name, "at": at.isoformat(), "source": source, "contract": contract, "event": "fact", "data": data}
    parsed = parse(item)
    return parsed if isinstance(parsed, Parsed) else mistake(parsed)


def mistake(found: Problem) -> Mistake:
    """What the intake found wrong with something that could be read."""
    match found.field:
        case "contract":
            return Mistake("contract", Fault.UNKNOWN)
        case "at":
            return Mistake("contract", Fault.BEFORE_CONTRACT)
        case "data.effective":
            return Mistake("effective", Fault.BEFORE_CONTRACT)
        case "id":
            return Mistake("line", Fault.STATED_OTHERWISE)
        case "event":
            return Mistake("line", Fault.TOO_LATE)
    return Mistake("value", Fault.BEFORE_CONTRACT)


def topic_key(text: str) -> str | None:
    """The key of a topic that departments may state, by key or by name, however it is spaced and capitalised."""
    return _keys().get(_folded(text))


def read(text: str, key: str, *, currency: str) -> object:
    """Read the value of a topic; what cannot be read stays the text that it is, which the topic does not take."""
    text = text.strip()
    takes = TOPICS[key].takes
    return _event(text, key) if takes in {Takes.EVENT, Takes.REQUEST} else _READ[takes](text, currency)


def day(text: str) -> date | None:
    """Read a day: 2015-03-05, or with the day first 5/3/2015, 5.3.2015, 05-03-2015."""
    text = text.strip()
    if found := DAY.fullmatch(text):
        text = f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}"
    return day_of(text)


def written(value: object, key: str) -> str:
    """Write a value, other than an event's, so that it can be typed over and read again."""
    match TOPICS[key].takes:
        case Takes.MONEY:
            return str(Money.from_json(value))
        case Takes.TEXTS if isinstance(value, list):
            return "\n".join(map(str, value))
        case Takes.FLAG:
            return "yes" if value else "no"
    return str(value)


def _date(text: str, _currency: str) -> object:
    found = day(text)
    return found.isoformat() if found else text


def _money(text: str, currency: str) -> object:
    found = AMOUNT.fullmatch(text)
    if found is None:
        return text
    named = (found["currency"] or currency).upper()
    amount = re.sub(r"\s", "", found["whole"]) + (f".{found['part']}" if found["part"] else "")
    try:
        return Money.of(amount, SIGNS.get(named, named)).as_json()
    except ValueError:
        return text


def _days(text: str, _currency: str) -> object:
    found = DAYS.fullmatch(text)
    return int(found["days"]) if found else text


def _text(text: str, _currency: str) -> object:
    return text


def _texts(text: str, _currency: str) -> object:
    return [part.strip() for part in BETWEEN.split(text) if part.strip()]


def _flag(text: str, _currency: str) -> object:
    return FLAGS.get(text.casefold(), text)


def _event(text: str, key: str) -> object:
    """That it happened; of what a customer asked for also how it arrived, and a later end that they wish for."""
    if key not in ASKED:
        return text or {}
    way, _, wished = text.partition(" ")
    if way.casefold() not in WAYS or (wished and (key != REQUESTED or day(wished) is None)):
        return text
    value = {"received_by": WAYS[way.casefold()]}
    return value | ({"wished_on": str(day(wished))} if wished else {})


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


@cache
def _keys() -> Mapping[str, str]:
    names = {_folded(explain.topic_name(one.key, language=to)): one.key for one in STATABLE for to in LANGUAGES}
    return names | {one.key: one.key for one in STATABLE}


_READ: Mapping[Takes, Callable[[str, str], object]] = {
    Takes.DATE: _date,
    Takes.MONEY: _money,
    Takes.TEXT: _text,
    Takes.TEXTS: _texts,
    Takes.DAYS: _days,
    Takes.FLAG: _flag,
}
