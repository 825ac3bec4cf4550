"""What stands behind what was told: the rules of law, and why a message left at its instant."""

from __future__ import annotations

import enum
from collections.abc import Collection
from datetime import datetime

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.rules.timing import SETTLING, dispatch_from
from ligneclaire.voice.topics import TOPICS, Urgency

LAW: dict[str, tuple[str, ...]] = {
    "withdrawal.requested": ("WDR-01",),
    "contract.ends_on": ("TER-01",),
    "fees.early_termination": ("TER-10", "TER-11.capped_after", "TER-11.cap_without_handset", "TER-18"),
    "fees.formula": ("TER-11.capped_after", "TER-11.cap_without_handset"),
    "refund.deposit": ("TER-20",),
    "refund.deposit_by": ("TER-19.deposit_days",),
    "refund.advance_by": ("TER-19.advance_days",),
    "refund.withdrawal_by": ("WDR-03",),
    "number.kept_until": ("TER-23.port_days",),
    "mailbox.kept_until": ("TER-22",),
}
"""The rules that bound each topic or give it its value, where nobody in charge says anything else."""


class Timing(enum.StrEnum):
    """Why a message left when it did."""

    AT_ONCE = "at once"
    """It tells what waits for nothing: a line that was cut, an appointment."""
    RECEIPT = "receipt"
    """It confirms what the customer asked for, which waits for nothing."""
    SETTLED = "settled"
    """A day had passed since the last news, and a dispatch was due."""
    IN_TIME = "in time"
    """It could not wait a day for more: the customer had to know in time."""
    HELD = "held"
    """The news had settled before; something else was waited for."""


def timing(keys: Collection[str], *, news_at: datetime, at: datetime, calendar: Calendar) -> Timing:
    """Why a message about these topics left at an instant, given when the last news before it came."""
    for urgency, reason in ((Urgency.AT_ONCE, Timing.AT_ONCE), (Urgency.RECEIPT, Timing.RECEIPT)):
        if any(TOPICS[key].urgency is urgency for key in keys):
            return reason
    settled_at = dispatch_from(calendar, news_at + SETTLING)
    if at == settled_at:
        return Timing.SETTLED
    return Timing.IN_TIME if at < settled_at else Timing.HELD
