"""Whatever is told, a message prints all of it, and no date or amount of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.channels.content import Content
from ligneclaire.kernel.money import Money
from ligneclaire.voice.rules.state import Telling, Told
from ligneclaire.voice.topics import LEAVING, TOPICS
from ligneclaire.voice.values import Takes, day_told
from ligneclaire.voice.wording.compose import WORDINGS
from ligneclaire.voice.wording.formats import day, money
from ligneclaire.voice.wording.shown import shown
from ligneclaire.voice.wording.texts import texts
from voice.gate import stated as a_fact
from voice.letters import HOUSEHOLD, HUGO, a_customer, says, telling, text

LETTER = date(2015, 2, 17)
TOLD = date(2015, 2, 11)
BACK = date(2015, 3, 30)
ASKED = date(2015, 2, 10)
REQUESTS = tuple(
    a_fact("journeys", key, {"received_by": "online", "declared_at": "2015-02-10T23:12:00+01:00"}, "2015-02-10 23:12")
    for key in LEAVING
)
SINCE, STAMPED = {"2001"}, {"2015"}  # a household's first contract, a declaration's time as machines write it
FORMULA = {"€5.00", "5,00\u202f€"}
NEVER = re.compile(r"[{}]|  |\bNone\b|\.\.|\b[a-z]+\.[a-z]+_|ne nous appelez|do not call|suivra|will follow")

days = st.dates(date(2015, 1, 1), date(2016, 12, 31))


def a_bill(first: date, cents: int) -> dict[str, object]:
    return {"period": [first.isoformat(), f"{first:%Y-%m}-28"], "amount": Money(cents).as_json()}


values = {
    Takes.DATE: days.map(date.isoformat),
    Takes.MONEY: st.integers(1, 10_000_000).map(lambda cents: Money(cents).as_json()),
    Takes.TEXT: st.sampled_from(["other operator", "parcel", "prepaid label", "Untel Mobile", "4 x 5.00 EUR"]),
    Takes.TEXTS: st.lists(st.sampled_from(["box", "tv decoder", "hub"]), min_size=1, max_size=3),
    Takes.DAYS: st.integers(0, 60),
    Takes.FLAG: st.booleans(),
    Takes.EVENT: st.just({"received_by": "letter"}),
    Takes.REQUEST: st.just({"received_by": "letter"}),
    Takes.SLOT: days.map(lambda on: {"from": f"{on}T08:00:00+01:00", "to": f"{on}T10:00:00+01:00"}),
    Takes.BILL: st.builds(a_bill, days, st.integers(1, 10_000_000)),
    Takes.CREDITS: st.lists(st.builds(a_bill, days, st.integers(1, 10_000_000)), min_size=1, max_size=3),
}


@st.composite
def a_telling(draw: st.DrawFn, key: str) -> Telling:
    some = values[TOPICS[key].takes]
    before = draw(st.none() | some)
    value = draw(some) if before is None else draw(st.none() | some)
    effective, since = draw(st.none() | days), draw(st.none() | days)
    return telling(
        key,
        value,
        effective=effective.isoformat() if effective and value is not None else "",
        before=before,
        since=since.isoformat() if since else "",
        told=TOLD.isoformat(),
    )


class Message(NamedTuple):
    """What is said, what is to come, what was told and is still so, and how it reads."""

    tellings: tuple[Telling, ...]
    later: dict[str, str]
    known: dict[str, object]
    content: Content


@st.composite
def a_message(draw: st.DrawFn) -> Message:
    keys = draw(st.lists(st.sampled_from(sorted(WORDINGS)), min_size=1, unique=True))
    tellings = tuple(draw(a_telling(key)) for key in keys)
    behind = draw(st.lists(st.sampled_from(sorted(set(WORDINGS) - {t.key for t in tellings if t.value}))))
    later = {key: draw(days).isoformat() for key in behind}
    still = set(draw(st.lists(st.sampled_from(sorted(WORDINGS))))) - {t.key for t in tellings}
    known = {key: draw(values[TOPICS[key].takes]) for key in sorted(still)}
    content = says(
        *tellings,
        later=later,
        on=LETTER.isoformat(),
        received_by=draw(st.sampled_from(["", "letter"])),
        request=draw(st.none() | st.sampled_from(REQUESTS)),
        known=known,
        language=draw(st.sampled_from(["fr", "en"])),
        addressee=draw(st.sampled_from([a_customer(), a_customer(present=HUGO, absent_until=BACK)])),
    )
    return Message(tellings, later, known, content)


def found_days(content: Content) -> set[str]:
    months = "|".join(format_date(date(2015, month, 1), "MMMM", locale=content.language) for month in range(1, 13))
    return set(re.findall(rf"\d{{1,2}}(?:er)? (?:{months}) \d{{4}}", text(content)))


def found_amounts(content: Content) -> set[str]:
    return set(re.findall(r"€[\d.,]*\d|\d[\d.,\u202f]*\u202f€", text(content)))


def found_years(content: Content) -> set[str]:
    without_days = text(content)
    for found in sorted(found_days(content), key=len, reverse=True):
        without_days = without_days.replace(found, "")
    return set(re.findall(r"\b20[01]\d\b", without_days.replace("C-2001", "")))


def stated(tellings: Iterable[Telling]) -> list[Telling | Told]:
    return [said for t in tellings for said in (t, t.earlier) if said and said.value is not None]


def bills_of(value: object, takes: Takes) -> list[Any]:
    found = [value] if takes is Takes.BILL else value if takes is Takes.CREDITS else []
    return found if isinstance(found, list) else []


@given(a_message())
def test_every_date_and_amount_comes_from_what_was_stated(
    message: Message,
) -> None:
    tellings, later, known, content = message
    words, said = texts(content.language), [*stated(tellings), *(telling(key, value) for key, value in known.items())]
    bills = [bill for s in said for bill in bills_of(s.value, TOPICS[s.key].takes)]
    dates = {on for s in said if (on := day_told(s.value, TOPICS[s.key].takes))}
    dates |= {date.fromisoformat(str(on)) for bill in bills for on in bill["period"]}
    dates |= {s.effective for s in said if s.effective} | {date.fromisoformat(by) for by in later.values()}
    amounts = {money(Money.from_json(s.value), words) for s in said if TOPICS[s.key].takes is Takes.MONEY}
    amounts |= {money(Money.from_json(bill["amount"]), words) for bill in bills}

    assert found_days(content) <= {day(on, words) for on in dates | {LETTER, TOLD, BACK, ASKED}}
    assert found_amounts(content) <= amounts | FORMULA
    assert found_years(content) <= SINCE | STAMPED


@given(a_message())
def test_everything_told_is_printed(message: Message) -> None:
    tellings, later, _, content = message
    whole, words = text(content), texts(content.language)
    equipment = HOUSEHOLD[2].equipment

    silent = {Takes.FLAG, Takes.EVENT, Takes.REQUEST}
    printed = [
        shown(t.key, t.value, words, equipment=equipment)
        for t in tellings
        if t.value is not None and TOPICS[t.key].takes not in silent
    ]
    assert [value for value in printed if value not in whole] == []
    assert [by for by in later.values() if day(date.fromisoformat(by), words) not in whole] == []


@given(a_message())
def test_a_message_is_whole_and_in_order(message: Message) -> None:
    content = message.content
    words = texts(content.language)
    order = {day(date(2015, 1, 1).replace(year=y, month=m, day=d), words): (y, m, d) for y, m, d in every_day()}

    assert NEVER.findall(text(content).replace("\n\n", "\n")) == []
    assert all((content.subject, content.salutation, content.opening, content.closing, content.contact.phone))
    steps = [order[found[0]] for step in content.steps if (found := re.findall(r"\d+(?:er)? \S+ \d{4}", step.when))]
    assert all(first <= second for first, second in pairwise(steps))
    assert len(set(content.opening)) == len(content.opening)


def every_day() -> Iterable[tuple[int, int, int]]:
    for ordinal in range(date(2015, 1, 1).toordinal(), date(2017, 1, 1).toordinal()):
        on = date.fromordinal(ordinal)
        yield on.year, on.month, on.day
