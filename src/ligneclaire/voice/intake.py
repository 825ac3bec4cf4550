"""Read what a source states: one JSON object, checked for shape, before anything is looked up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.kernel.strict_json import NotJson, read_json
from ligneclaire.voice.rules.state import OWN_RECORDS, WITHDRAWAL
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes, day_of, problem

SIZE_LIMIT = 64 * 1024
DEPTH_LIMIT = 32
MANY = 500  # from here on a batch goes behind live news
LIMITS = {"id": 200, "at": 40, "source": 80, "event": 80, "customer": 20, "contract": 40}
OPTIONAL = {"customer", "contract"}
OURS = ("voice", "channels", "cases", "network", "promises", "journeys", "visits", "desk")  # this system itself
RESERVED = tuple(f"{name}." for name in OURS)
NO_TOPICS = OWN_RECORDS | {WITHDRAWAL}
UNSTORABLE = re.compile(r"[\ud800-\udfff]|(?<!\\)(?:\\\\)*\\u0000")  # in JSON text
YEARS = range(1970, 2101)

_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which field."""

    field: str
    reason: str
    constraint: str = ""  # of the database, where that is what says no

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A well-formed statement, about a customer and a contract that still have to be known."""

    source: str
    source_id: str
    kind: str
    customer: str | None
    contract: str | None
    value: object
    effective: date | None
    at: datetime

    @property
    def name(self) -> str:
        """How people and files call it."""
        return f"{self.source}/{self.source_id}"


def parse_line(line: bytes) -> Parsed | Problem:
    """Read one JSON line."""
    line = line.strip()
    if len(line) > SIZE_LIMIT:
        return Problem("line", f"longer than {SIZE_LIMIT} bytes")
    try:
        item = read_json(line)
    except NotJson as wrong:
        return Problem("line", str(wrong))
    # Most lines show by their bytes that nothing in them is deep, or cannot be kept.
    is_plain = b"\\u" not in line and line.count(b"{") + line.count(b"[") <= DEPTH_LIMIT
    return _read(item, is_plain=is_plain)


def parse(item: object) -> Parsed | Problem:
    """Check the shape of one statement; the first thing that is wrong is named."""
    return _read(item, is_plain=False)


def _read(item: object, *, is_plain: bool) -> Parsed | Problem:
    if not isinstance(item, dict):
        return Problem("line", f"expected an object, got {type(item).__name__}")
    found = next(_problems(item, is_plain=is_plain), None)
    return found or _parsed(item)


def _problems(item: Mapping[str, object], *, is_plain: bool) -> Iterator[Problem]:
    yield from _problems_of_texts(item)
    if not is_plain:
        yield from _problems_of_text(item)
    if item["source"] in OURS:
        yield Problem("source", f"{item['source']!r} is this system itself")
    if _instant(item["at"]) is None:
        yield Problem("at", f"expected a time with its offset like 2015-02-10T09:12:00+01:00, got {item['at']!r:.60}")
    yield from _problems_of_data(item)


def _problems_of_texts(item: Mapping[str, object]) -> Iterator[Problem]:
    for field, limit in LIMITS.items():
        value = item.get(field)
        if value is None and field in OPTIONAL:
            continue
        if field not in item:
            yield Problem(field, "is missing")
        elif not isinstance(value, str) or not value.strip():
            yield Problem(field, "expected a text that is not empty")
        elif len(value) > limit:
            yield Problem(field, f"expected at most {limit} characters, got {len(value)}")


def _problems_of_text(item: Mapping[str, object]) -> Iterator[Problem]:
    if _is_deeper(item, DEPTH_LIMIT):
        yield Problem("data", f"is nested deeper than {DEPTH_LIMIT} levels")
    text = _TEXT.encode(item)
    if len(text) > SIZE_LIMIT:
        yield Problem("data", f"{len(text)} characters; at most {SIZE_LIMIT} are taken")
    if UNSTORABLE.search(text):
        yield Problem("data", "has a character that cannot be kept (NUL or half a surrogate pair)")


def _is_deeper(value: object, levels: int) -> bool:
    layer = [value]
    for _ in range(levels):
        layer = [inner for outer in layer for inner in _inside(outer)]
        if not layer:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _instant(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo is not None and at.year in YEARS else None


def _problems_of_data(item: Mapping[str, object]) -> Iterator[Problem]:
    data, event = item.get("data", {}), str(item["event"])
    if not isinstance(data, dict):
        yield Problem("data", "expected an object")
    elif event == "fact":
        yield from _problems_of_fact(item, data)
    elif event.startswith(RESERVED) or event in OWN_RECORDS:
        yield Problem("event", f"{event!r} is stated by this system only")
    elif event == WITHDRAWAL and not isinstance(data.get("fact"), str):
        yield Problem("data.fact", "expected the id of the fact to withdraw")
    elif event in TOPICS and (wrong := problem(data, TOPICS[event].takes)):
        yield Problem("data", wrong)
    elif event in TOPICS:
        yield from _problems_of_subject(item)


def _problems_of_fact(item: Mapping[str, object], data: Mapping[str, object]) -> Iterator[Problem]:
    yield from _problems_of_topic(item, data)
    effective = data.get("effective")
    if effective is not None and day_of(effective) is None:
        yield Problem("data.effective", "expected a date like 2015-02-13")


def _problems_of_topic(item: Mapping[str, object], data: Mapping[str, object]) -> Iterator[Problem]:
    key = data.get("key")
    if not isinstance(key, str) or not 0 < len(key) <= LIMITS["event"]:
        yield Problem("data.key", f"expected a text of 1 to {LIMITS['event']} characters")
    elif key.startswith(RESERVED) or key in NO_TOPICS:
        yield Problem("data.key", f"{key!r} is not a topic")
    elif "value" not in data:
        yield Problem("data.value", "is missing")
    elif key in TOPICS:
        if wrong := problem(data.get("value"), TOPICS[key].takes):
            yield Problem("data.value", wrong)
        yield from _problems_of_subject(item)


def _problems_of_subject(item: Mapping[str, object]) -> Iterator[Problem]:
    if item.get("contract") is None:
        yield Problem("contract", "is missing: this topic is about a contract")


def _parsed(item: Mapping[str, object]) -> Parsed:
    data = item.get("data", {})
    assert isinstance(data, dict)
    is_fact = item["event"] == "fact"
    at = _instant(item["at"])
    assert at is not None
    customer, contract = item.get("customer"), item.get("contract")
    kind = str(data["key"] if is_fact else item["event"])
    asked_on = at.date() if kind in TOPICS and TOPICS[kind].takes is Takes.REQUEST else None
    return Parsed(
        source=str(item["source"]),
        source_id=str(item["id"]),
        kind=kind,
        customer=str(customer) if customer is not None else None,
        contract=str(contract) if contract is not None else None,
        value=data["value"] if is_fact else data,
        effective=asked_on or (day_of(data.get("effective")) if is_fact else None),
        at=at,
    )
