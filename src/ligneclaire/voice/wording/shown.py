"""How the value of a topic reads, wherever it is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from ligneclaire.contracts.queries.household import HeldEquipment
from ligneclaire.kernel.canonical import canonical
from ligneclaire.kernel.money import Money
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import LEFT_IN_USE, NONE_BECAUSE, Takes
from ligneclaire.voice.wording.formats import day, hour, listed, money
from ligneclaire.voice.wording.texts import Texts

TERM = re.compile(
    r"(?:(?P<percent>[0-9]{1,2})% of )?(?:(?P<months>[0-9]{1,2}) x )?"
    r"(?P<amount>[0-9]+\.[0-9]{2}) (?P<currency>[A-Z]{3})"
)
OPERATORS = {"line.taken_over_by": "operators", "support.for_line": "supporters"}


def shown(key: str, value: object, texts: Texts, *, equipment: Sequence[HeldEquipment] = ()) -> str:
    """Write the value of a topic; equipment is named with the serial numbers that are known."""
    takes = TOPICS[key].takes if key in TOPICS else Takes.ANYTHING
    if value is None:
        return texts.say("things.nothing")
    if takes is Takes.TEXTS and isinstance(value, list):
        return _texts(key, [str(name) for name in value], texts, equipment)
    if takes is Takes.TEXT:
        return _text(key, str(value), texts)
    return _SHOWN[takes](value, texts)


def things(kinds: Sequence[str], texts: Texts, *, equipment: Sequence[HeldEquipment] = ()) -> str:
    """List equipment: a kind that we know by its usual name, with its serial numbers when they leave no doubt."""
    wanted = Counter(plain(kind) for kind in kinds)
    named = {plain(kind): kind.strip() for kind in reversed(kinds)}
    return listed([_thing(named[kind], count, texts, equipment) for kind, count in wanted.items()], texts)


def way(value: str, texts: Texts) -> tuple[str, bool]:
    """A way to return equipment, and whether it is one that we have a word for."""
    known = texts.named("ways", value)
    return (known, True) if known else (texts.say("things.quoted", text=value.strip()), False)


def formula(value: str, texts: Texts) -> str:
    """A sum of shares of monthly payments, or of days of one, such as "20% of 10 x 30.00 EUR + 20% of 3.87 EUR".

    What is none is quoted.
    """
    terms = [TERM.fullmatch(term) for term in value.split(" + ")]
    if not all(terms):
        return texts.say("things.quoted", text=value.strip())
    return " + ".join(_term(term, texts) for term in terms if term)


def _term(term: re.Match[str], texts: Texts) -> str:
    amount = money(Money.of(term["amount"], term["currency"]), texts)
    months = term["months"]
    of = texts.count("things.instalments", int(months), count=months, amount=amount) if months else amount
    return texts.say("things.share", percent=term["percent"], of=of) if term["percent"] else of


def _thing(kind: str, count: int, texts: Texts, equipment: Iterable[HeldEquipment]) -> str:
    name = texts.named("kinds", kind) or kind
    serials = [held.serial for held in equipment if plain(held.kind) == plain(kind)]
    if len(serials) != count:
        return name
    return texts.say("things.serial", name=name, serials=listed(serials, texts))


def _texts(key: str, names: Sequence[str], texts: Texts, equipment: Sequence[HeldEquipment]) -> str:
    if key == "remedy.offered":
        return listed([texts.named("remedies", name) or name for name in names], texts)
    return things(names, texts, equipment=equipment)


def _text(key: str, value: str, texts: Texts) -> str:
    if key in OPERATORS:
        return texts.named(OPERATORS[key], value) or value.strip()
    if key == "fees.formula":
        return formula(value, texts)
    return way(value, texts)[0] if key == "equipment.return_how" else value


def plain(kind: str) -> str:
    """The name of a kind of equipment in a form in which two can be compared."""
    return " ".join(kind.casefold().split())


def _as_stated(value: object, _texts: Texts) -> str:
    return value if isinstance(value, str) else canonical(value)


def _slot(value: object, texts: Texts) -> str:
    assert isinstance(value, dict)
    begins, ends = (datetime.fromisoformat(str(value[name])) for name in ("from", "to"))
    return texts.say("things.slot", date=day(begins.date(), texts), begins=hour(begins, texts), ends=hour(ends, texts))


def _bill(value: object, texts: Texts) -> str:
    assert isinstance(value, dict)
    first, last = (day(date.fromisoformat(on), texts) for on in value["period"])
    return texts.say("things.for_days", amount=money(Money.from_json(value["amount"]), texts), first=first, last=last)


def _answer(value: object, texts: Texts) -> str:
    assert isinstance(value, dict)
    said = texts.say("things.quoted", text=str(value["said"]).strip())
    on = value.get("by")
    return texts.say("things.effective_on", value=said, date=day(date.fromisoformat(on), texts)) if on else said


def _closing(value: object, texts: Texts) -> str:
    assert isinstance(value, dict)
    result = texts.named("results", str(value["result"])) or str(value["result"]).strip()
    left = next(str(value[name]) for name in (*LEFT_IN_USE, NONE_BECAUSE) if value.get(name) is not None)
    return texts.say("things.closing", result=result, left=left.strip())


def _pair(value: object, _texts: Texts) -> str:
    assert isinstance(value, dict)
    return str(value["pair"])


def _each(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


_SHOWN: dict[Takes, Callable[[object, Texts], str]] = {
    Takes.DATE: lambda value, texts: day(date.fromisoformat(str(value)), texts),
    Takes.MONEY: lambda value, texts: money(Money.from_json(value), texts),
    Takes.DAYS: lambda value, texts: texts.count("things.days", int(str(value)), count=str(value)),
    Takes.FLAG: lambda value, texts: texts.say("things.yes" if value else "things.no"),
    Takes.EVENT: lambda _, texts: texts.say("things.event"),
    Takes.REQUEST: lambda _, texts: texts.say("things.event"),
    Takes.SLOT: _slot,
    Takes.BILL: _bill,
    Takes.CREDITS: lambda value, texts: listed([_bill(one, texts) for one in _each(value)], texts),
    Takes.CLOSING: _closing,
    Takes.ANSWER: _answer,
    Takes.PAIR: _pair,
    Takes.TEXTS: _as_stated,
    Takes.ANYTHING: _as_stated,
}
