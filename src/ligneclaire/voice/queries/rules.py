"""What the gate needs to know of the operator: calendar, departments, law, and how much the voice may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from ligneclaire.cases.facts import CASES
from ligneclaire.people.queries import advisers, operator
from ligneclaire.people.queries.operator import House
from ligneclaire.voice.models import ModeChange
from ligneclaire.voice.rules.state import Mode, Rules
from ligneclaire.voice.topics import PLANS, VISITS


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeCard:
    """A change of mode, who made it and why; `by` is a name where an adviser did it."""

    mode: Mode
    at: datetime
    by: str
    reason: str


def current() -> Rules:
    """The rules in force; each decision looks up the mode of its own instant."""
    return of(*house_and_changes())


def of(house: House, changes: Iterable[ModeCard]) -> Rules:
    """The rules of this operator after these changes of mode."""
    return Rules(
        calendar=house.operator.calendar,
        sources=frozenset(house.departments) | {PLANS, VISITS, CASES},
        modes=tuple((change.at, change.mode) for change in changes),
    )


def house_and_changes() -> tuple[House, tuple[ModeCard, ...]]:
    """The operator and every change of mode, oldest first, in one query."""
    house, row = operator.house_and(HOUSE_AND_CHANGES)
    return house, tuple(
        ModeCard(
            mode=Mode(one["mode"]),
            at=datetime.fromisoformat(one["at"]),
            by=one["name"] or one["by"],
            reason=one["reason"],
        )
        for one in row.changes  # type: ignore[attr-defined]
    )


def changes() -> tuple[ModeCard, ...]:
    """Every change of mode, oldest first."""
    return tuple(_card(row) for row in _rows().order_by("at"))


def last_change(at: datetime) -> ModeCard | None:
    """The change of mode that holds at an instant; nothing while the voice has always been live."""
    row = _rows().filter(at__lte=at).order_by("-at").first()
    return _card(row) if row else None


def mode_now() -> Mode:
    """How much the voice may do from now on, whatever clock the last change was made by."""
    row = ModeChange.objects.order_by("-at").first()
    return Mode(row.mode) if row else Mode.LIVE


def _rows() -> QuerySet[ModeChange]:
    return ModeChange.objects.annotate(by_name=advisers.name_of("by"))


def _card(row: ModeChange) -> ModeCard:
    return ModeCard(mode=Mode(row.mode), at=row.at, by=row.by_name or row.by, reason=row.reason)  # type: ignore[attr-defined]


CHANGES = _rows().order_by("at").values(one=JSONObject(mode="mode", at="at", by="by", reason="reason", name="by_name"))
HOUSE_AND_CHANGES = operator.asking(changes=ArraySubquery(CHANGES))
