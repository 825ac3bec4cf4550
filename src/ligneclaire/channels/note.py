"""A few lines that somebody waits for and that are in no thread: a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A short text for one e-mail address or one number; a text message leaves the subject out."""

    id: UUID
    to: str
    sender: str
    sender_address: str
    language: str
    subject: str
    paragraphs: tuple[str, ...]
    sent_at: datetime
    reference: str = ""
    """Of the request that it answers, so that an answer comes back to it."""
