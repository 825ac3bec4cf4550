"""What a browser says of itself, in two words that its owner knows."""

from __future__ import annotations

from django.utils.translation import gettext

# The first that fits: browsers name those that they want to be taken for as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device(said: str) -> str:
    """The browser and what it runs on."""
    browser, system = browser_of(said), system_of(said)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A device that does not say what it is")


def browser_of(said: str) -> str:
    """The name of the browser, or nothing."""
    return next((name for sign, name in BROWSERS if sign in said), "")


def system_of(said: str) -> str:
    """What it runs on, or nothing."""
    return next((name for sign, name in SYSTEMS if sign in said), "")
