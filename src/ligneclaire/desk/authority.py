"""Who may be told what: authorised persons, and whether whoever speaks proved who they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.queries import authorised, identity_checks
from ligneclaire.people.queries.authorised import PersonCard
from ligneclaire.people.queries.identity_checks import CheckCard
from ligneclaire.people.rules.authority import FAILED_TOO_OFTEN, is_recent


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Those who may speak for a customer today, and today's checks of identity, the newest first."""

    persons: tuple[PersonCard, ...]
    checks: tuple[CheckCard, ...]
    adviser: str
    at: datetime

    @property
    def failed(self) -> int:
        """How many checks failed."""
        return sum(not check.is_passed for check in self.checks)

    @property
    def is_alarming(self) -> bool:
        """Whether somebody may be trying to pass for the customer."""
        return self.failed >= FAILED_TOO_OFTEN

    @property
    def mine(self) -> CheckCard | None:
        """The last check by the adviser who looks, while it may be of whoever they speak with."""
        mine = (check for check in self.checks if check.adviser == self.adviser)
        return next((check for check in mine if is_recent(check.at, at=self.at)), None)

    def person(self, uuid: UUID | None) -> PersonCard | None:
        """One of those who may speak."""
        return next((one for one in self.persons if one.uuid == uuid), None)

    def told(self, check: CheckCard | None) -> Disclosure:
        """What a check lets us tell."""
        return Disclosure(check=check, person=self.person(check.person) if check else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What may be told to whoever was checked; nothing without a check that passed."""

    check: CheckCard | None
    person: PersonCard | None

    @property
    def is_open(self) -> bool:
        """Whether anything may be told."""
        return self.check is not None and self.check.is_passed


def standing(numbers: Collection[str], *, adviser: str, calendar: Calendar, at: datetime) -> Standing:
    """How it is for a person with these numbers at an instant, as an adviser sees it."""
    today: date = calendar.date_of(at)
    return Standing(
        persons=authorised.holding(authorised.of(numbers), on=today),
        checks=identity_checks.since(numbers, calendar.at(today, time(0, 0))),
        adviser=adviser,
        at=at,
    )
