"""Somebody types a code: it is right or wrong, and every try counts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import OneTimeCode
from ligneclaire.people.rules.code import LIFE, TRIES, code_of, is_same


class CodeWrong(Refused):
    """It is not the code; `left` tries are left."""


class CodeOver(Refused):
    """The code was used, replaced or tried too often, or its ten minutes are over."""


def try_code(*, code: UUID, typed: str, by: Actor, at: datetime) -> tuple[str, ...]:
    """Try a code, which can then not be typed again, and return the numbers of those whom it may sign in."""
    with transaction.atomic(durable=True):  # a refusal must not undo that the try counts
        row = _tried(code, at)
        is_right = row is not None and is_same(code_of(code, key=settings.SECRET_KEY), typed) and bool(row.persons)
        if is_right:
            OneTimeCode.objects.filter(uuid=code).update(entered_at=at)
    if row is None:
        raise CodeOver(code=code)
    if not is_right:
        raise CodeWrong(left=TRIES - row.tries)
    return tuple(row.persons)


def _tried(code: UUID, at: datetime) -> OneTimeCode | None:
    good = OneTimeCode.objects.filter(
        uuid=code, entered_at=None, ended_at=None, tries__lt=TRIES, asked_at__gt=at - LIFE
    )
    return OneTimeCode.objects.get(uuid=code) if good.update(tries=F("tries") + 1) else None
