"""How far a complaint may be taken, and when: customer service, consumer service, ombudsman."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ligneclaire import law
from ligneclaire.kernel.calendar import Calendar


class Level(StrEnum):
    """Who looks at a complaint, one after the other."""

    CUSTOMER_SERVICE = "customer_service"
    CONSUMER_SERVICE = "consumer_service"
    OMBUDSMAN = "ombudsman"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A written complaint with the days of its answers that did not settle it, and of going to the next level."""

    made_on: date
    answered_on: date | None = None
    taken_further_on: date | None = None
    answered_again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ombudsman:
    """Who decides between a customer and us."""

    name: str
    site: str


def consumer_service_from(complaint: Complaint, *, calendar: Calendar = law.FRANCE) -> date:
    """From when the consumer service can be asked: after an answer that settles nothing, or a month of silence."""
    silence = law.last_day("complaint.customer_service", after=complaint.made_on, calendar=calendar)
    return min(complaint.answered_on or silence, silence)


def ombudsman_from(complaint: Complaint, *, calendar: Calendar = law.FRANCE) -> date | None:
    """The day from which the ombudsman can be asked; None while the customer has an answer and has not gone further.

    After the consumer service's answer or its month of silence, or directly after two months without any answer.
    """
    ways = [complaint.answered_again_on]
    if complaint.taken_further_on is not None:
        ways.append(law.last_day("complaint.consumer_service", after=complaint.taken_further_on, calendar=calendar))
    silence = law.last_day("complaint.silence", after=complaint.made_on, calendar=calendar)
    if complaint.answered_on is None or complaint.answered_on > silence:
        ways.append(silence)
    return min((day for day in ways if day is not None), default=None)


def ombudsman_until(complaint: Complaint, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day on which the ombudsman can be asked."""
    return law.last_day("complaint.ombudsman_within", after=complaint.made_on, calendar=calendar)


def levels_on(complaint: Complaint, day: date, *, calendar: Calendar = law.FRANCE) -> tuple[Level, ...]:
    """The levels that are open to the customer on a day."""
    ombudsman = ombudsman_from(complaint, calendar=calendar)
    until = ombudsman_until(complaint, calendar=calendar)
    is_open = {
        Level.CUSTOMER_SERVICE: day >= complaint.made_on,
        Level.CONSUMER_SERVICE: day >= consumer_service_from(complaint, calendar=calendar),
        Level.OMBUDSMAN: ombudsman is not None and ombudsman <= day <= until,
    }
    return tuple(level for level, is_level_open in is_open.items() if is_level_open)


def ombudsman_rejects_by(asked_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day on which the ombudsman says that a request cannot be looked at."""
    return law.last_day("complaint.ombudsman_rejects", after=asked_on, calendar=calendar)


def ombudsman_result_by(notified_on: date, *, calendar: Calendar = law.FRANCE) -> date:
    """The last day for a result, unless the ombudsman takes longer."""
    return law.last_day("complaint.ombudsman_result", after=notified_on, calendar=calendar)


def ombudsman(*, on: date, country: str = "FR") -> Ombudsman:
    """Who the ombudsman is."""
    return Ombudsman(
        name=law.value("complaint.ombudsman.name", on=on, country=country).of(str),
        site=law.value("complaint.ombudsman.site", on=on, country=country).of(str),
    )


def missing_in_negative_answer(text: str, *, on: date, country: str = "FR") -> tuple[str, ...]:
    """What an answer that does not settle a complaint must say and does not: the ombudsman's name and site."""
    who = ombudsman(on=on, country=country)
    said = " ".join(text.casefold().split())
    return tuple(word for word in (who.name, who.site) if word.casefold() not in said)
