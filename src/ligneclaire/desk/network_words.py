"""The network in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.network.facts import BUILD_ORDERED, GIVEN, RELEASED

KINDS: dict[str, Promise] = {
    GIVEN: _("given to the line"),
    RELEASED: _("no longer the line's"),
    BUILD_ORDERED: _("to be built for the line"),
}
RESOURCES: dict[str, Promise] = {
    "pair": _("copper pair"),
    "port": _("port"),
    "path": _("optical path"),
    "number": _("number"),
    "sim": _("SIM card"),
    "box": _("box"),
}


def value(said: dict[str, str]) -> str:
    """Which resource, or by which day it is built."""
    return f"{RESOURCES[said['kind']]}: {said.get('resource') or said['due_on']}"
