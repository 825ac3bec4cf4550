"""What a visit is for, and where it stands."""

from __future__ import annotations

from django.db import models


class Purpose(models.TextChoices):
    """Why somebody has to come."""

    NEW_LINE = "new line"
    MOVE = "move"
    REPAIR = "repair"
    EQUIPMENT = "equipment"


class VisitState(models.TextChoices):
    """A visit is held while it is chosen, then booked, and ends done, missed or cancelled."""

    HELD = "held"
    BOOKED = "booked"
    ON_THE_WAY = "on the way"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


OCCUPYING = (VisitState.HELD, VisitState.BOOKED, VisitState.ON_THE_WAY, VisitState.DONE)
"""While a visit is one of these, its technician is nowhere else at that time."""
TO_COME = (VisitState.BOOKED, VisitState.ON_THE_WAY)


class MissedBy(models.TextChoices):
    """Through whom a visit did not take place."""

    OPERATOR = "operator"
    CUSTOMER = "customer"


class Gone(models.TextChoices):
    """Why a time cannot be had."""

    TAKEN = "taken"
    """Everybody who could come then is with somebody else."""
    TOO_SOON = "too soon"
    """Nobody is sent before the next working day."""
    NOT_OFFERED = "not offered"
    """Nobody who can do it works there at that time: a holiday, a night, another territory."""
    OVER = "over"
    """It was held, not booked in time, and somebody else has it now; or it has begun."""
