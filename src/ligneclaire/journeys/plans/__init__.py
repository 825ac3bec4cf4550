"""Every plan, by kind and version: a running journey keeps the version it began with."""

from ligneclaire.flow.course import Definitions
from ligneclaire.journeys.plans.fix_fault import FIX_FAULT
from ligneclaire.journeys.plans.move_home import MOVE_HOME
from ligneclaire.journeys.plans.new_line import NEW_LINE
from ligneclaire.journeys.plans.termination import TERMINATION
from ligneclaire.journeys.plans.withdrawal import WITHDRAWAL

CURRENT = (TERMINATION, WITHDRAWAL, MOVE_HOME, NEW_LINE, FIX_FAULT)
OUTDATED = ()  # older versions that a row may still need
DEFINITIONS = Definitions(current=CURRENT, known={(plan.kind, plan.version): plan for plan in (*CURRENT, *OUTDATED)})

# What plans listen to, by the first word of a topic or kind of fact.
FAMILIES = (
    *("termination", "contract", "line", "support", "closing_bill", "fees", "refund", "equipment", "number", "mailbox"),
    *("port", "withdrawal", "fact", "voice", "channels", "contracts"),
    *("move", "fault", "visit", "visits", "call", "bill", "credit", "compensation", "remedy", "network"),
)
