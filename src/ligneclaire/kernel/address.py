"""From where a request comes, as far as the machines in front of us say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

Address = IPv4Address | IPv6Address
SIGNS_OF_A_PROXY = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The machine that speaks to us, and those for whom it says it passes something on, nearest last."""

    peer: str
    forwarded_for: str = ""
    is_passed_on: bool = False  # a proxy is in between, even if it does not say for whom

    def sender(self) -> str:
        """The address that counts as the sender's: the last on the way to us that is not of our own network."""
        named = list(reversed(self._named())) if _is_inside(self.peer) else []
        outside = [text for text in named if not _is_inside(text)]
        return next(iter([*outside, *named, self.peer])) or UNKNOWN

    def is_inside(self) -> bool:
        """Whether it certainly never left our own network; a proxy that says nothing proves nothing."""
        named = self._named()
        return all(map(_is_inside, [self.peer, *named])) and (bool(named) or not self.is_passed_on)

    def _named(self) -> list[str]:
        return [text.strip() for text in self.forwarded_for.split(",") if text.strip()]


def way_of(headers: Mapping[str, str]) -> Way:
    """Read the way of a request from what its server noted, in the names of WSGI."""
    forwarded_for = headers.get("HTTP_X_FORWARDED_FOR", "")
    is_passed_on = bool(forwarded_for) or any(name in headers for name in SIGNS_OF_A_PROXY)
    return Way(peer=headers.get("REMOTE_ADDR", ""), forwarded_for=forwarded_for, is_passed_on=is_passed_on)


def _is_inside(text: str) -> bool:
    try:
        address: Address = ip_address(text)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_private
