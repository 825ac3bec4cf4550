"""Every plan, by kind and version: a running journey keeps the version it began with."""

from typing import Any

from ligneclaire.flow.plan import Plan
from ligneclaire.journeys.plans.termination import TERMINATION
from ligneclaire.journeys.plans.withdrawal import WITHDRAWAL

PLANS: tuple[Plan[Any], ...] = (TERMINATION, WITHDRAWAL)
"""What may begin now; an older version stays in `_KNOWN` while a row needs it."""
_KNOWN = {(plan.kind, plan.version): plan for plan in PLANS}

# What plans listen to, by the first word of a topic or kind of fact.
FAMILIES = (
    *("termination", "contract", "line", "support", "closing_bill", "fees", "refund", "equipment", "number", "mailbox"),
    *("port", "withdrawal", "fact", "voice", "channels"),
)


def plan_of(kind: str, version: int) -> Plan[Any]:
    """The definition that a journey began with."""
    return _KNOWN[kind, version]
