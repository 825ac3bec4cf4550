"""A customer reads that everything about them can be downloaded."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.voice.actions.send_notice import send_notice
from ligneclaire.voice.wording.written import copy_ready

INTO_THE_SPACE = (Channel.EMAIL, Channel.SMS)  # the ways by which they can come into their space


def announce_copy(*, customer: str, copy: UUID, until: date, by: Actor, at: datetime) -> None:
    """Say it once, by the fastest way there is, with the day until which it can be fetched."""
    send_notice(
        notice=uuid_of("copy", str(copy)),
        customer=customer,
        worded=lambda language: copy_ready(until, language=language),
        ways=INTO_THE_SPACE,
        by=by,
        at=at,
    )
