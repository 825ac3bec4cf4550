"""Codes for emergencies: each lets their owner in once without the app."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import SecondFactor
from ligneclaire.people.rules.second_factor import RECOVERY_BYTES, RECOVERY_CODES, recovery_code, trace_of


class NoSecondFactor(Refused):
    """The account has no second factor yet."""


@transaction.atomic
def draw_recovery_codes(*, user: int, by: Actor, at: datetime) -> tuple[str, ...]:
    """Draw new recovery codes, which are not kept; the earlier ones end."""
    codes = tuple(recovery_code(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))
    traces = [trace_of(code, key=settings.SECRET_KEY) for code in codes]
    if not SecondFactor.objects.filter(user_id=user).update(recovery=traces):
        raise NoSecondFactor(user=user)
    username = User.objects.get(pk=user).get_username()
    note_changes(kind=ChangeKind.SECOND_FACTOR, after={username: {"recovery_codes": len(codes)}}, by=by, at=at)
    return codes
