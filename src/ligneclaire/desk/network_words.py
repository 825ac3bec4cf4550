"""The network in words."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.network.facts import BUILD_CANCELLED, BUILD_ORDERED, GIVEN, RELEASED
from ligneclaire.ui.firsts import written_date

KINDS: dict[str, Promise] = {
    GIVEN: _("given to the line"),
    RELEASED: _("no longer the line's"),
    BUILD_ORDERED: _("to be built for the line"),
    BUILD_CANCELLED: _("no longer to be built for the line"),
}
RESOURCES: dict[str, Promise] = {
    "pair": _("copper pair"),
    "port": _("port"),
    "path": _("optical path"),
    "number": _("number"),
    "sim": _("SIM card"),
    "box": _("box"),
}
USES: dict[str, Promise] = {
    "held": _("a line has it"),
    "quarantine": _("in quarantine after its contract"),
    "taken": _("in use by somebody whom the records do not name"),
}
CONDITIONS: dict[str, Promise] = {
    "usable": _("usable"),
    "faulty": _("faulty"),
    "retired": _("retired"),
}
SITES: dict[str, Promise] = {
    "exchange": _("exchange"),
    "cabinet": _("street cabinet"),
    "pm": _("sharing point (PM)"),
    "distribution box": _("distribution box"),
    "pbo": _("optical branching point (PBO)"),
}
TECHNOLOGIES: dict[str, Promise] = {"copper": _("copper"), "fibre": _("fibre"), "mobile": _("mobile")}
SEEN: dict[str, tuple[Promise, str]] = {"active": (_("in use"), "done"), "silent": (_("silent"), "stop")}
DIFFERENCES: dict[str, Promise] = {
    "not recorded": _("in use, and free for the records"),
    "unknown": _("in use, and unknown to the records"),
    "silent": _("a line has it, and it is silent"),
    "two numbers": _("two numbers answer on it"),
    "given away": _("a line has it, and somebody says that another has"),
    "wrong line": _("it carries another line than recorded"),
}
WORDS: dict[str, dict[str, Promise]] = {
    "resource": RESOURCES,
    "use": USES,
    "condition": CONDITIONS,
    "site": SITES,
    "technology": TECHNOLOGIES,
    "difference": DIFFERENCES,
}
"""What templates ask for, by the kind of thing."""


def value(said: dict[str, str]) -> str:
    """Which resource; of one that is not there yet, by which day it is built."""
    what = str(RESOURCES[said["kind"]])
    if name := said.get("resource"):
        return f"{what} {name}"
    day = written_date(date.fromisoformat(said["due_on"]), "j F Y")
    return gettext("%(what)s, by %(day)s") % {"what": what, "day": day}
