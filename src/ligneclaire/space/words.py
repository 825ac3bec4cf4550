"""What the space says of channels, promises and devices, in the language of whoever reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.people.states import WayIn
from ligneclaire.space.devices import browser_of, system_of

CHANNELS: dict[str, tuple[Promise, str]] = {
    "letter": (_("letter"), "file-earmark-text"),
    "email": (_("e-mail"), "envelope"),
    "sms": (_("text message"), "chat-left-text"),
}
WAYS: dict[WayIn, Promise] = {WayIn.CODE: _("with a code"), WayIn.PASSKEY: _("with a passkey")}


def language() -> str:
    """The language of the page."""
    return (get_language() or "fr")[:2]


def device(said: str) -> str:
    """The browser and what it runs on."""
    browser, system = browser_of(said), system_of(said)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A device that does not say what it is")
