"""Those who work for a territory, as one team, and who is on duty for it."""

from __future__ import annotations

from dataclasses import dataclass

from ligneclaire.people.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """A team: its territory, and the adviser on duty for it, or nobody."""

    code: str
    name: str
    duty: str
    duty_name: str


def listed() -> tuple[TeamCard, ...]:
    """All teams, by the name of their territory."""
    return tuple(
        TeamCard(
            code=row.code,
            name=row.name,
            duty=row.duty_id or "",
            duty_name=row.duty.name if row.duty else "",
        )
        for row in Territory.objects.select_related("duty").order_by("name", "code")
    )
