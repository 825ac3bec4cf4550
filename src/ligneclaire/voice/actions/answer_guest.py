"""Somebody who ended a contract without signing in is answered where they asked for it."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.voice.rules.guests import Answer
from ligneclaire.voice.tasks import answer_guest_later


def answer_guest(*, request: str, answer: Answer, by: Actor, at: datetime) -> None:
    """Give an answer its job, in the transaction that calls for it; whether and where it goes, only the job looks."""
    answer_guest_later(request, answer)
