"""What the plans of leaving read alike: what was told, what has to come back, what was paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TypeAlias

from ligneclaire.flow.engine import SOURCE
from ligneclaire.flow.plan import Stands
from ligneclaire.flow.plan import View as AnyView
from ligneclaire.journeys.plans.keys import MESSAGE_SENT, PAID, RECEIVED, TO_RETURN
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind
from ligneclaire.kernel.money import Money

View: TypeAlias = AnyView[Terms]
YEARS = range(1900, 2101)


def told_at(view: View, key: str) -> datetime | None:
    """When the first message that says a topic left."""
    for fact in view.heard:
        match fact.value:
            case {"topics": list() as topics} if fact.kind == MESSAGE_SENT and key in topics:
                return fact.at
    return None


def unless_others(view: View, key: str, value: object) -> object:
    """A value to state while no department says anything of the topic; what was stated before stays."""
    return view.own.get(key) if view.stated_by_others(key, source=SOURCE) else value


def after(view: View, day: date, days: int = 1) -> datetime:
    """The first instant so many days after a day."""
    return view.calendar.at(view.calendar.add(day, days, DayKind.CALENDAR), time(0, 0))


def said_at(view: View, key: str) -> datetime | None:
    """When a topic was first stated, if anything stands of it."""
    found = view.stands.get(key)
    return found.said[0].at if found and not found.is_contested else None


def day_in(value: Mapping[str, object] | None, name: str) -> date | None:
    """A day that somebody wrote into an event, if it is one to count from."""
    try:
        day = date.fromisoformat(str(value[name])) if value else None
    except (KeyError, ValueError):
        return None
    return day if day and day.year in YEARS else None


def to_return(view: View) -> frozenset[str]:
    """Names of what has to come back: as stated, or what we lent."""
    stated = _names(view.stands.get(TO_RETURN))
    return stated or frozenset(thing.kind.casefold() for thing in view.terms.equipment)


def missing(view: View) -> frozenset[str]:
    """Names of what has not come back; a thing may be called by its serial number."""
    arrived = _names(view.stands.get(RECEIVED), all_of_them=True)
    kinds = {thing.serial.casefold(): thing.kind.casefold() for thing in view.terms.equipment}
    return to_return(view) - {kinds.get(name, name) for name in arrived}


def received_on(view: View) -> date | None:
    """The day on which the last thing arrived, once nothing is missing."""
    found = view.stands.get(RECEIVED)
    if found is None or missing(view):
        return None
    return max(fact.effective or view.calendar.date_of(fact.at) for fact in found.said)


def came_back(view: View) -> datetime | None:
    """Since when nothing is missing."""
    day = received_on(view)
    return view.calendar.at(day, time(0, 0)) if day else None


def paid_at(view: View, *amounts: Money) -> datetime | None:
    """When one of these amounts was paid back."""
    found = view.stands.get(PAID)
    for fact in found.said if found else ():
        if Money.from_json(fact.value) in amounts:
            return fact.at
    return None


def amount_of(view: View, key: str) -> Money | None:
    """What stands of a topic that takes money."""
    value = view.value(key)
    return Money.from_json(value) if value is not None else None


def _names(found: Stands | None, *, all_of_them: bool = False) -> frozenset[str]:
    if found is None or (found.is_contested and not all_of_them):
        return frozenset()
    values = [fact.value for fact in found.said] if all_of_them else [found.value]
    return frozenset(
        " ".join(str(name).casefold().split()) for value in values if isinstance(value, list) for name in value
    )
