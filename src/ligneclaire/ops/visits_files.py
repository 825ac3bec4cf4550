"""Technicians as a CSV file, each line with their skills, territories and weekly hours."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ligneclaire.ops.network_files import FileRefused, Wrong
from ligneclaire.people.rules.phone import e164
from ligneclaire.visits.rules.week import overlapping
from ligneclaire.visits.values import TWO_HOURS, Hours, TechnicianEntry

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPAN = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?((?: [0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2})+)")
COLUMNS = "number,name,mobile,skills,territories,hours,window,adviser,works"
Number = Annotated[str, Field(min_length=1, max_length=20), BeforeValidator(str.strip)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.replace(";", " ").split()))


class Technician(BaseModel):
    """A line of the file; skills and territories stand between blanks or semicolons."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: Number
    name: Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(str.strip)]
    mobile: str
    skills: Annotated[tuple[Annotated[str, Field(max_length=20)], ...], Field(min_length=1), BeforeValidator(_words)]
    territories: Annotated[tuple[str, ...], Field(min_length=1), BeforeValidator(_words)]
    hours: str
    window: Annotated[int, Field(ge=15, le=720)] = TWO_HOURS
    adviser: Number | None = None
    works: bool = True

    def entry(self, region: str) -> TechnicianEntry:
        """As it is imported; raises `ValueError`."""
        mobile = e164(self.mobile, region=region)
        if mobile is None:
            raise ValueError(f"mobile: {self.mobile[:40]!r} is no telephone number")
        week = tuple(read_hours(self.hours, minutes=self.window))
        if twice := overlapping(week):
            raise ValueError(f"hours: {DAYS[twice.weekday - 1]} {twice.starts:%H:%M} overlaps others")
        return TechnicianEntry(
            number=self.number,
            name=self.name,
            mobile=mobile,
            skills=self.skills,
            territories=self.territories,
            hours=week,
            adviser=self.adviser,
            works=self.works,
        )


def read_hours(text: str, *, minutes: int = TWO_HOURS) -> Iterator[Hours]:
    """Read "Mon-Fri 8:00-12:00 13:00-17:00; Sat 9:00-11:00"; raises `ValueError`."""
    for span in text.lower().split(";"):
        match = SPAN.fullmatch(" ".join(span.split()))
        if match is None or match[1] not in DAYS or (match[2] or match[1]) not in DAYS:
            raise ValueError(f"hours: expected such as Mon-Fri 8:00-12:00 13:00-17:00, not {span.strip()[:40]!r}")
        days = range(DAYS.index(match[1]), DAYS.index(match[2] or match[1]) + 1)
        for part in match[3].split():
            starts, ends = _part(part)
            yield from (Hours(weekday=day + 1, starts=starts, ends=ends, minutes=minutes) for day in days)


def read(path: Path, *, region: str) -> Iterator[tuple[int, TechnicianEntry | Wrong]]:
    """Each line of a file, as an entry or as what is wrong with it; raises `FileRefused`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        needed = {name for name, field in Technician.model_fields.items() if field.is_required()}
        if not needed <= set(rows.fieldnames or ()) <= set(Technician.model_fields):
            raise FileRefused(f"its first line must name the columns: {COLUMNS}")
        for row in rows:
            yield rows.line_num, _entry(row, rows.line_num, region)


def _entry(row: dict[str, str], line: int, region: str) -> TechnicianEntry | Wrong:
    given = {name: text for name, text in row.items() if text}
    try:
        return Technician.model_validate(given).entry(region)
    except ValidationError as wrong:
        return Wrong(line, "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong.errors()))
    except ValueError as wrong:
        return Wrong(line, str(wrong))


def _part(text: str) -> tuple[time, time]:
    starts, ends = (_time(clock) for clock in text.split("-"))
    if ends <= starts:
        raise ValueError(f"hours: {text} ends before it begins")
    return starts, ends


def _time(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    return time(hour, minute)
