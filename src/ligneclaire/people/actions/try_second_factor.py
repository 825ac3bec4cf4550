"""Somebody who gave their password types what their app shows, or a code for emergencies."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.draw_recovery_codes import NoSecondFactor
from ligneclaire.people.models import SecondFactor
from ligneclaire.people.rules.second_factor import secret_of, step_of, trace_of


class SecondFactorWrong(Refused):
    """Neither what the app shows now, nor a recovery code that is left; or it was used already."""


@transaction.atomic
def try_second_factor(*, user: int, typed: str, shown_at: datetime, by: Actor, at: datetime) -> None:
    """Use up a code of the app or a recovery code; how often one may try is counted before."""
    row = SecondFactor.objects.select_for_update().filter(user_id=user).first()
    if row is None:
        raise NoSecondFactor(user=user)
    step = step_of(secret_of(row.seed, key=settings.SECRET_KEY), typed, at=shown_at, after=row.last_step)
    kept = [bytes(trace) for trace in row.recovery]
    left = [trace for trace in kept if trace != trace_of(typed, key=settings.SECRET_KEY)]
    if step is None and len(left) == len(kept):
        raise SecondFactorWrong(user=user)
    row.last_step, row.recovery = step or row.last_step, left
    row.save(update_fields=["last_step", "recovery"])
