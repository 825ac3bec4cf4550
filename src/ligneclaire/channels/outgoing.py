"""A message ready to leave, with everything its channel needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.channels.content import Content
from ligneclaire.kernel.refusal import Refused


class NotYet(Refused):
    """Whoever carries messages could not take this one now; the same later may do."""


class Undeliverable(Refused):
    """Whoever carries messages will never take this one as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A message written before, and the address that it came from."""

    id: UUID
    sender_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that goes with a message, with its bytes."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message for one customer by one channel; whoever writes it chose the channel by its `outbound`."""

    id: UUID
    to: tuple[str, ...]
    """The lines of `postal_lines` for a letter; otherwise one e-mail address or one number."""
    sender: tuple[str, ...]
    """The operator's name, then its postal address."""
    content: Content
    sent_at: datetime
    earlier: tuple[Earlier, ...] = ()
    """What was written before about the same case by the same channel, oldest first."""
    enclosed: tuple[Enclosed, ...] = ()
