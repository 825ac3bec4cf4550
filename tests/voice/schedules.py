"""Whole schedules out of a string of bytes: what is stated, when, when we know of it, and when somebody looks.

Bytes, because Hypothesis draws and shrinks them a hundred times as fast as the same schedule drawn piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.rules.state import WITHDRAWAL, Mode, Stated

CALENDAR = Calendar()
SUBJECTS = ("contract:K-1", "contract:K-2")
DEPARTMENTS = frozenset(
    {
        "billing",
        "contracts",
        "equipment",
        "equipment-south-west",
        "journeys",
        "mailroom",
        "marketing",
        "third-party-operators",
    }
)
START = datetime(2015, 2, 6, 16, 0, tzinfo=UTC)  # a Friday afternoon
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GAPS = (
    *(0 * MINUTE,) * 3,
    MINUTE,
    20 * MINUTE,
    3 * HOUR,
    9 * HOUR,
    15 * HOUR,  # from the start, the eve of a dispatch
    24 * HOUR,
    2 * DAY,
    3 * DAY,
    9 * DAY,
)
LAGS = (*(0 * MINUTE,) * 5, MINUTE, 5 * HOUR, 4 * DAY)  # from the source's time to ours
DELAYS = (MINUTE, 5 * HOUR, DAY, 6 * DAY)  # from a question to its answer
EQUIPMENT = ("equipment", "equipment-south-west")


def _eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


@dataclass(frozen=True)
class Habit:
    """Who states a topic, and with which values."""

    key: str
    sources: tuple[str, ...]
    values: tuple[object, ...]
    effective: tuple[date | None, ...] = (None,)


HABITS = (
    Habit("equipment.days_after_formal_notice", EQUIPMENT, (7, 10, 14)),
    Habit("equipment.return_by", (*EQUIPMENT, "marketing"), ("2015-02-25", "2015-03-01")),
    Habit("equipment.to_return", EQUIPMENT, (["box", "tv decoder"], ["TV decoder", "box"], ["box"])),
    Habit("equipment.received", EQUIPMENT, (["box"], ["box", "tv decoder"])),
    Habit("equipment.missing", (*EQUIPMENT, "journeys"), (["box", "tv decoder"], ["box"])),
    Habit("equipment.formal_notice", ("journeys", "equipment"), ("2015-03-20", "2015-02-26")),
    Habit("equipment.charged", ("equipment", "journeys"), (_eur("300.00"), _eur("60.00"))),
    Habit("closing_bill.date", ("billing", "journeys", "contracts", "mailroom"), ("2015-03-05", "2015-02-12")),
    Habit("contract.ends_on", ("contracts", "journeys", "mailroom"), ("2015-02-20", "2015-03-02", "2015-02-11")),
    Habit("fees.formula", ("billing", "journeys"), ("20% of 10 x 30.00 EUR", "4 x 30.00 EUR")),
    Habit("refund.deposit", ("billing", "contracts"), (_eur("49.00"), _eur("40.00"))),
    Habit("refund.deposit_by", ("billing", "journeys"), ("2015-03-16", "2015-02-24")),
    Habit("refund.paid", ("billing",), (_eur("49"), _eur("40.00"))),
    Habit("closing_bill.issued", ("billing",), ("2015-03-05", "2015-02-12", "2015-04-01")),
    Habit(
        "line.taken_over_by",
        ("third-party-operators", "marketing", "contracts"),
        ("other operator", "another"),
        (None, date(2015, 2, 13), date(2015, 2, 18)),
    ),
    Habit("support.for_line", ("third-party-operators",), ("other operator", "another"), (None, date(2015, 2, 13))),
    Habit("contract.goes_on", ("contracts", "marketing"), (True, False)),
    Habit("contract.closed", ("journeys", "contracts"), ({},)),
    Habit("contact.phone", ("billing", "equipment"), ("1014",)),
    Habit("weather.forecast", ("marketing", "somebody"), ("rain",)),
    Habit("closing_bill.date", ("somebody",), ("2015-03-09",)),
)
REQUESTS = ({"received_by": "letter"}, {"received_by": "online"}, {"received_by": "letter", "wished_on": "2015-03-20"})
STAYS = ("termination.withdrawn", "port.failed", "termination.withdrawn", "port.cancelled")
MODES = (Mode.LIVE, Mode.SHADOW, Mode.LIVE, Mode.STOP)
HEAD, SIZE = 2, 6  # bytes that say which topics come up, bytes a move
KINDS = 24  # of moves; most state what a department has the habit to state
REPEAT, REQUEST, TAKE_BACK, WITHDRAW = {17}, {18, 19}, {20}, {21, 22}


@dataclass(frozen=True)
class Schedule:
    """Facts as they become known, the changes of mode, and the instants at which somebody looks."""

    facts: tuple[Stated, ...]
    modes: tuple[tuple[datetime, Mode], ...]
    looks: tuple[datetime, ...]
    delays: tuple[timedelta, ...]
    end: datetime

    def __repr__(self) -> str:
        facts = [
            f"{fact.recorded_at:%m-%d %H:%M} (at {fact.at:%m-%d %H:%M}) {fact.name} {fact.subject} "
            f"{fact.kind} {fact.value} {fact.effective or ''}"
            for fact in self.facts
        ]
        modes = [f"{since:%m-%d %H:%M} {mode}" for since, mode in self.modes]
        looks = ", ".join(f"{look:%m-%d %H:%M}" for look in self.looks)
        return "\n  ".join(["Schedule:", *facts, *modes, f"looks {looks}"])


def schedules(*, most: int = 14, modes: bool = True) -> st.SearchStrategy[Schedule]:
    """Schedules of a few moves, and as often of many."""
    few = st.binary(min_size=HEAD + 2 * SIZE, max_size=HEAD + 6 * SIZE)
    many = st.binary(min_size=HEAD + 7 * SIZE, max_size=HEAD + most * SIZE)
    return st.one_of(few, many).map(lambda drawn: schedule(drawn, modes=modes))


def schedule(drawn: bytes, *, modes: bool) -> Schedule:
    """Read bytes as a schedule; every string of bytes is one."""
    now, habits = START, _habits(drawn[0], drawn[1])
    facts: list[Stated] = []
    changes: list[tuple[datetime, Mode]] = []
    looks: list[datetime] = []
    delays: list[timedelta] = []
    for number, (what, gap, who, value, lag, look) in enumerate(_moves(drawn), start=1):
        now += GAPS[gap % len(GAPS)]
        if what % KINDS == KINDS - 1 and modes:
            if not changes or now > changes[-1][0]:
                changes.append((now, MODES[value % len(MODES)]))
        else:
            at = now - LAGS[lag % len(LAGS)]
            facts.append(_fact(number, what % KINDS, habits, who, value, at=at, recorded_at=now, before=facts))
        delays.append(DELAYS[look % len(DELAYS)])
        if look % 3 == 0:
            looks.append(now + MINUTE * (look % 7 == 0))
    if changes and changes[-1][1] is not Mode.LIVE:
        changes.append((now + 3 * DAY, Mode.LIVE))
    return Schedule(tuple(facts), tuple(changes), tuple(looks), tuple(delays), now + 40 * DAY)


def _moves(drawn: bytes) -> Iterator[bytes]:
    return (drawn[start : start + SIZE] for start in range(HEAD, len(drawn) - SIZE + 1, SIZE))


def _habits(first: int, breadth: int) -> tuple[Habit, ...]:
    """Let few topics come up as often as many: that is where departments meet."""
    count = (1, 2, 4, len(HABITS))[breadth % 4]
    start = first % len(HABITS) if first % 2 else 0
    return (HABITS[start:] + HABITS)[:count]


def _fact(
    number: int,
    kind: int,
    habits: tuple[Habit, ...],
    who: int,
    value: int,
    *,
    at: datetime,
    recorded_at: datetime,
    before: list[Stated],
) -> Stated:
    subject = SUBJECTS[who % 5 == 4]
    if kind in REQUEST:
        asked = "withdrawal.requested" if value % 8 == 7 else "termination.requested"
        return _stated(number, "mailroom", asked, REQUESTS[value % len(REQUESTS)], subject, at, recorded_at)
    if kind in TAKE_BACK:
        stays = STAYS[value // 2 % len(STAYS)]
        return _stated(number, "mailroom", stays, REQUESTS[value % 2], subject, at, recorded_at)
    if kind in WITHDRAW and before:
        target = before[value % len(before)]
        name = target.source_id if value % 5 else f"f{number + 1}"  # the next one, that is not there yet
        return _stated(number, target.source, WITHDRAWAL, {"fact": name}, subject, at, recorded_at)
    if kind == 17 and before:
        return replace(before[value % len(before)], id=number, source_id=f"f{number}", at=at, recorded_at=recorded_at)
    habit = habits[kind % len(habits)]
    fact = _stated(
        number,
        habit.sources[(who // 5) % len(habit.sources)],
        habit.key,
        habit.values[value % len(habit.values)],
        subject,
        at,
        recorded_at,
    )
    return replace(fact, effective=habit.effective[(value // 8) % len(habit.effective)])


def _stated(
    number: int, source: str, kind: str, value: object, subject: str, at: datetime, recorded_at: datetime
) -> Stated:
    return Stated(
        id=number,
        source=source,
        source_id=f"f{number}",
        kind=kind,
        subject=subject,
        value=value,
        at=at,
        recorded_at=recorded_at,
    )
