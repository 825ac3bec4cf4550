"""What an import says of technicians, and what somebody asks for who needs one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from ligneclaire.visits.states import Purpose

TWO_HOURS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when to when somebody works on a day of the week (Monday is 1), in windows of so many minutes."""

    weekday: int
    starts: time
    ends: time
    minutes: int = TWO_HOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianEntry:
    """A technician; the mobile is E.164, `adviser` the number under which they have an account at the desk, if any."""

    number: str
    name: str
    mobile: str
    skills: tuple[str, ...]
    territories: tuple[str, ...]
    hours: tuple[Hours, ...]
    adviser: str | None = None
    works: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedEntry:
    """Somebody has to come: to whom, for what, what they must be able to do, and what the order says."""

    contract: str
    purpose: Purpose
    customer: str
    skill: str
    territory: str
    line: str = ""
    place: str = ""
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From when to when somebody may come."""

    starts: datetime
    ends: datetime
