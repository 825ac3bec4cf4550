"""Where events may go: over a protected connection, and not into our own network."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 500
# Plain http is for a receiver on this very machine, while it is being built.
FORM = r"^(https://[^/?#@[:space:]]+|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?)([/?][^#[:space:]]*)?$"
_FORM = re.compile(FORM.replace("[:space:]", r"\s"))
# Of one's own network, which older Pythons take for the Internet: RFC 8215, RFC 3879, RFC 4291 §2.5.5.1.
INSIDE = tuple(map(IPv6Network, ("64:ff9b:1::/48", "fec0::/10", "::/96")))
TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in an IPv6 one


def is_fit(url: str) -> bool:
    """Whether events may be sent there at all: no user and password, no fragment."""
    if len(url) > LONGEST or not _FORM.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_outside(address: str) -> bool:
    """Whether an address is somebody else's on the Internet, also where it is wrapped in another."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in TRANSLATED:
            wrapped = ip_address(int(found) & 0xFFFFFFFF)  # type: ignore[assignment]  # below 2**32 it is IPv4
        if wrapped is not None:
            return _is_of_others(wrapped)
    return _is_of_others(found)


def _is_of_others(found: IPv4Address | IPv6Address) -> bool:
    is_ours = isinstance(found, IPv6Address) and any(found in network for network in INSIDE)
    return found.is_global and not found.is_multicast and not is_ours
