"""What the gate needs to know of the operator: calendar, departments, law, and how much the voice may do."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.queries import departments, operator
from ligneclaire.voice.models import ModeChange
from ligneclaire.voice.rules.state import Mode, Rules


def current() -> Rules:
    """The rules in force; each decision looks up the mode of its own instant."""
    card = operator.current()
    return Rules(
        calendar=Calendar(country=card.country, zone=card.zone),
        sources=departments.codes(),
        modes=modes(),
    )


def modes() -> tuple[tuple[datetime, Mode], ...]:
    """Every change of mode, oldest first."""
    return tuple((row.at, Mode(row.mode)) for row in ModeChange.objects.order_by("at"))


def mode_at(at: datetime) -> Mode:
    """How much the voice may do at an instant."""
    row = ModeChange.objects.filter(at__lte=at).order_by("-at").first()
    return Mode(row.mode) if row else Mode.LIVE
