"""Somebody who works at the desk joins an app to their account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.draw_recovery_codes import draw_recovery_codes
from ligneclaire.people.models import SecondFactor
from ligneclaire.people.rules.second_factor import secret_of, step_of


class AppNotJoined(Refused):
    """What was typed is not what the app shows now."""


class SecondFactorKnown(Refused):
    """The account has a second factor already; it has to be reset first."""


@transaction.atomic
def set_up_second_factor(
    *, user: int, seed: UUID, typed: str, shown_at: datetime, by: Actor, at: datetime
) -> tuple[str, ...]:
    """Keep the seed once its app has shown a right code, by the app's own clock; return its recovery codes."""
    step = step_of(secret_of(seed, key=settings.SECRET_KEY), typed, at=shown_at, after=0)
    if step is None:
        raise AppNotJoined(user=user)
    _, is_new = SecondFactor.objects.get_or_create(
        user_id=user, defaults={"seed": seed, "last_step": step, "recovery": [], "set_up_at": at}
    )
    if not is_new:
        raise SecondFactorKnown(user=user)
    username = User.objects.get(pk=user).get_username()
    note_changes(kind=ChangeKind.SECOND_FACTOR, after={username: {"app": True}}, by=by, at=at)
    return draw_recovery_codes(user=user, by=by, at=at)
