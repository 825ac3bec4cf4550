"""A customer reads, where we knew to reach them before, that somebody had another address of theirs changed."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.voice.actions.send_notice import FASTEST, send_notice
from ligneclaire.voice.wording.written import address_changed


def warn_of_change(*, customer: str, of: Channel, by: Actor, at: datetime) -> bool:
    """Say it once, by the fastest way but the one that changed; return whether there was one.

    An e-mail address changes only after something came back from it: a warning to the old one would come back too.
    """
    return send_notice(
        notice=uuid_of("changed", customer, of, at.isoformat()),
        customer=customer,
        worded=lambda language: address_changed(of, language=language),
        ways=[way for way in FASTEST if way is not of],
        by=SYSTEM,  # no adviser writes their own control
        at=at,
    )
