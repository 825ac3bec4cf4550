"""Words for tests of the pure gate: facts as departments state them, and what the voice makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.rules.advance import Progress, advance
from ligneclaire.voice.rules.state import SETTLEMENT, WITHDRAWAL, Mode, Rules, State, Stated

CALENDAR = Calendar()
ADSL, MOBILE = "contract:K-ADSL-1", "contract:K-MOB-2"
DEPARTMENTS = frozenset(
    {
        "billing",
        "contracts",
        "equipment",
        "equipment-south-west",
        "journeys",
        "mailroom",
        "marketing",
        "space",
        "third-party-operators",
        "visits",
    }
)
LETTER = {"received_by": "letter"}
ONLINE = {"received_by": "online"}
_numbers = count(1)


class Heard(NamedTuple):
    """A message: when it left, what it said, and what stays behind until when."""

    at: str
    says: list[tuple[str, object]]
    later: list[tuple[str, str]]


def at(text: str) -> datetime:
    """An instant in the customer's time, such as "2015-02-13 08:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.tz)


def stated(
    source: str,
    key: str,
    value: object,
    when: str,
    *,
    known: str = "",
    name: str = "",
    about: str = ADSL,
    effective: str = "",
) -> Stated:
    """A fact stated at an instant of the source's time, known to us then or later."""
    number = next(_numbers)
    return Stated(
        id=number,
        source=source,
        source_id=name or f"f{number}",
        kind=key,
        subject=about,
        value=value,
        effective=date.fromisoformat(effective) if effective else None,
        at=at(when),
        recorded_at=at(known or when),
    )


def requested(when: str, *, by: object = LETTER, name: str = "", source: str = "mailroom") -> Stated:
    """The customer asks to end the contract."""
    return stated(source, "termination.requested", by, when, name=name)


def taken_back(when: str, *, by: object = LETTER, name: str = "", source: str = "mailroom") -> Stated:
    """The customer stays after all."""
    return stated(source, "termination.withdrawn", by, when, name=name)


def withdrawn(fact: str, when: str, *, source: str, known: str = "", name: str = "") -> Stated:
    """A source takes back what it stated under an id."""
    return stated(source, WITHDRAWAL, {"fact": fact}, when, known=known, name=name)


def settled(key: str, values: list[object], chosen: object, when: str, *, about: str = ADSL) -> Stated:
    """The owner says which of these values is true."""
    return stated("voice", SETTLEMENT, {"key": key, "values": values, "chosen": chosen}, when, about=about)


def a_state(
    *facts: Stated, modes: Iterable[tuple[str, Mode]] = (), with_equipment: Iterable[str] = (), country: str = "FR"
) -> State:
    """A customer of whom nothing was decided yet."""
    changes = tuple((at(since), mode) for since, mode in modes)
    return State(
        customer="C-2001",
        rules=Rules(calendar=Calendar(country=country), sources=DEPARTMENTS, modes=changes),
        facts=tuple(sorted(facts, key=lambda fact: fact.order)),
        with_equipment=frozenset(with_equipment),
    )


def until(when: str, *facts: Stated, **state: object) -> Progress:
    """Everything that came of these facts before an instant."""
    return advance(a_state(*facts, **state), at(when))  # type: ignore[arg-type]  # passed on by name


def heard(progress: Progress) -> list[Heard]:
    """What left, in order."""
    return [
        Heard(
            at=f"{utterance.at.astimezone(CALENDAR.tz):%Y-%m-%d %H:%M}",
            says=[(telling.key, telling.value) for telling in utterance.tellings],
            later=[(later.key, later.by.isoformat()) for later in utterance.follow_ups],
        )
        for utterance in progress.utterances
    ]


def changed_from(progress: Progress) -> list[object]:
    """The earlier value that each topic was said to have had, message by message; None where none was named."""
    tellings = (telling for utterance in progress.utterances for telling in utterance.tellings)
    return [telling.earlier.value if telling.earlier else None for telling in tellings]


def ended(progress: Progress, *facts: Stated) -> list[str]:
    """How each of these facts ended, with the reason."""
    outcomes = [outcome for _, outcome in progress.ended]
    found = {outcome.fact: outcome for outcome in outcomes}
    assert len(found) == len(outcomes), "a fact ends once"
    return [
        " ".join(filter(None, (found[fact.id].end, found[fact.id].reason))) if fact.id in found else "waiting"
        for fact in facts
    ]


def promised(progress: Progress) -> list[tuple[str, str, str | None, str]]:
    """What was promised: (topic, value or telling, due on, state)."""
    return [
        (pledge.key, pledge.matter, pledge.due_on.isoformat() if pledge.due_on else None, pledge.state)
        for pledge in progress.state.pledges
    ]
