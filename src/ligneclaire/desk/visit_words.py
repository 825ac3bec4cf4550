"""Visits in the words of those who make them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.assign_resource import (
    LineHasOne,
    NoSuchLine,
    NoSuchResource,
    OfAnotherTechnology,
    ResourceHeld,
    ResourceUnfit,
)
from ligneclaire.visits import facts
from ligneclaire.visits.actions.close_visit import NoAccess
from ligneclaire.voice.wording import explain

WORKS, REPAIRED, NOT_POSSIBLE = "line works", "repaired", "not possible"
RESULTS: dict[str, Promise] = {
    WORKS: _("The line works"),
    REPAIRED: _("Repaired"),
    NOT_POSSIBLE: _("It was not possible"),
}
PURPOSES: dict[str, Promise] = {
    "new line": _("Connect a new line"),
    "move": _("Connect the line at the new address"),
    "repair": _("Repair the line"),
    "equipment": _("See to the equipment"),
}
KINDS: dict[str, Promise] = {
    facts.BOOKED: _("visit booked"),
    facts.MOVED: _("visit moved"),
    facts.CANCELLED: _("visit called off"),
    facts.SET_OUT: _("technician on the way"),
    facts.CLOSED: _("visit closed"),
    facts.MISSED: _("visit that did not take place"),
}
STATES: dict[str, tuple[Promise, str]] = {
    "booked": (_("to come"), ""),
    "on the way": (_("on the way"), "care"),
    "done": (_("finished"), "done"),
    "missed": (_("did not take place"), "stop"),
    "cancelled": (_("called off"), ""),
}
MISSED_BY: dict[str, Promise] = {
    "customer": _("Nobody was at home."),
    "operator": _("We did not come."),
}
FAULTS: dict[type[Refused], Promise] = {
    NoSuchResource: _("The records do not know this code: please read the label again."),
    NoAccess: _("This is neither a pair nor a port nor a path."),
    NoSuchLine: _("The records know no line here yet: leave this empty, and say so below."),
    ResourceUnfit: _("The records say that it is faulty or withdrawn: please use another one, or have this corrected."),
    ResourceHeld: _("The records keep it from others for now: please use another one."),
    OfAnotherTechnology: _("This line is of another technology: a pair carries no fibre, a path no copper."),
    LineHasOne: _("The records give this line another one meanwhile: please open the visit again."),
}
"""What is said beside the field where what was named cannot be taken."""


def value(said: Mapping[str, str], *, language: str) -> str:
    """What for, and from when to when."""
    time = explain.value_text(facts.AT, {"from": said["from"], "to": said["to"]}, language=language)
    return f"{PURPOSES[said['purpose']]}, {time}"


def result(said: str) -> str:
    """How a visit ended: chosen here, or said by a department in its own words."""
    name, _colon, why = said.partition(": ")
    if name not in RESULTS:
        return said
    return gettext("%(how)s: %(why)s") % {"how": RESULTS[name], "why": why} if why else str(RESULTS[name])
