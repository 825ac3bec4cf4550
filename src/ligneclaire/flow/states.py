"""Where journeys and their steps stand, and what a log line says."""

from __future__ import annotations

from enum import StrEnum


class JourneyState(StrEnum):
    """Whether there is still something to do."""

    RUNNING = "running"
    """Some step is not settled."""
    DONE = "done"
    """Every step is settled."""
    CANCELLED = "cancelled"
    """The customer, or what happened, put an end to it before."""


class StepState(StrEnum):
    """Whether a step is to come, is going on, or is over."""

    WAITING = "waiting"
    """Steps before it are not over."""
    OPEN = "open"
    """It is somebody's turn."""
    DONE = "done"
    """A fact, or the day, closed it."""
    SPARED = "spared"
    """This customer does not need it."""
    CANCELLED = "cancelled"
    """Its journey was."""


class Turn(StrEnum):
    """What happened to a journey or one of its steps."""

    STARTED = "started"
    OPENED = "opened"
    CLOSED = "closed"
    REPEATED = "repeated"
    """What had closed it holds no longer: it is to be done again."""
    RE_DATED = "re-dated"
    HANDED_OVER = "handed over"
    """Its day passed in silence: the owner of the case looks."""
    STATED = "stated"
    """The plan itself said what nobody else had."""
    TAKEN_BACK = "taken back"
    SPARED = "spared"
    CANCELLED = "cancelled"
    FINISHED = "finished"


SETTLED = frozenset({StepState.DONE, StepState.SPARED})
