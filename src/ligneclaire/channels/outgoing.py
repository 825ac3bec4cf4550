"""A message ready to leave, with everything its channel needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ligneclaire.channels.content import Content


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
