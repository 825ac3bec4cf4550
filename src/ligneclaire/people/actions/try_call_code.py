"""An adviser types the code that somebody reads out: right, their identity is checked; wrong, the try counts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.actions.try_code import CodeOver, CodeWrong
from ligneclaire.people.models import CallCode, IdentityCheck
from ligneclaire.people.rules.code import LIFE, TRIES, code_of, is_same
from ligneclaire.people.states import Proof


def try_call_code(*, code: UUID, typed: str, by: Actor, at: datetime) -> UUID:
    """Record that whoever speaks proved who they are, and return the check.

    Only the adviser who had the code sent tries it. The last wrong try is recorded as a check that failed. Raises
    `CodeWrong` and `CodeOver`.
    """
    refuse_unless(by, may=Right.LOG_CONTACTS)
    with transaction.atomic(durable=True):  # a refusal must not undo that the try counts
        row = _tried(code, by, at)
        is_right = row is not None and is_same(code_of(code, key=settings.SECRET_KEY), typed)
        if row and (is_right or row.tries == TRIES):
            check = _record(row, Proof.CODE if is_right else Proof.FAILED, at)
    if row is None:
        raise CodeOver(code=code)
    if not is_right:
        raise CodeWrong(left=TRIES - row.tries)
    return check


def _tried(code: UUID, by: Actor, at: datetime) -> CallCode | None:
    good = CallCode.objects.filter(
        uuid=code,
        adviser__number=by.number,
        passed_at=None,
        ended_at=None,
        tries__lt=TRIES,
        asked_at__gt=at - LIFE,
    )
    return CallCode.objects.get(uuid=code) if good.update(tries=F("tries") + 1) else None


def _record(row: CallCode, proof: Proof, at: datetime) -> UUID:
    if proof is Proof.CODE:
        CallCode.objects.filter(uuid=row.uuid).update(passed_at=at)
    check = uuid_of("call code", str(row.uuid))
    IdentityCheck.objects.create(
        uuid=check,
        customer_id=row.customer_id,
        person_id=row.person_id,
        proof=proof,
        code=row,
        adviser_id=row.adviser_id,
        at=at,
    )
    announce([row.customer_id])
    return check
