"""Stop the voice, let it only propose, or let it speak again: at once, for everybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.channels.queries import messages
from ligneclaire.facts.news import EVERYBODY, announce
from ligneclaire.facts.record import wake_all
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.dispatch import STOP_LOCK
from ligneclaire.voice.models import ModeChange
from ligneclaire.voice.rules.state import Mode
from ligneclaire.voice.tasks import send_later

INSTANT = timedelta(microseconds=1)


class ReasonMissing(Refused):
    """Whoever changes what the voice may do says why."""


@transaction.atomic
def set_mode(*, mode: Mode, reason: str, by: Actor, at: datetime) -> bool:
    """Change the mode from this instant on; return whether it was another before.

    When it returns and the voice is not live, no message is on its way out any more; what is queued waits.
    """
    refuse_unless(by, may=Right.SET_MODE)
    if not reason.strip():
        raise ReasonMissing(mode=mode)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [STOP_LOCK])
    last = ModeChange.objects.order_by("-at").first()
    before = Mode(last.mode) if last else Mode.LIVE
    if before is mode:
        return False
    at = max(at, last.at + INSTANT) if last else at  # the last word counts, whatever the clock of who says it
    ModeChange.objects.create(at=at, mode=mode, by=str(by), reason=reason.strip()[:500])
    note_changes(
        kind=ChangeKind.MODE,
        before={"voice": {"mode": before}},
        after={"voice": {"mode": mode, "reason": reason.strip()[:500]}},
        by=by,
        at=at,
    )
    announce([EVERYBODY])
    if mode is not Mode.STOP:
        wake_all(at=at)
    if mode is Mode.LIVE:
        send_later({card.uuid: card.tried for card in messages.waiting_to_leave()})
    return True
