"""Somebody is on duty for a team, or for the house."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.facts.news import EVERYBODY, announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.models import Operator, Territory
from ligneclaire.people.queries import advisers
from ligneclaire.people.queries.operator import NoOperator
from ligneclaire.people.queries.settings import HOUSE


class TeamUnknown(Refused):
    """There is no team of this territory."""


@transaction.atomic
def set_duty(*, team: str | None, adviser: str | None, by: Actor, at: datetime) -> None:
    """Say who answers for those of a team who are away together with their backups; without a team, for the house.

    Nobody on duty is an answer too: then those of the house answer, or who is there along the backups.
    """
    refuse_unless(by, may=Right.PLAN_TEAM)
    row = _team(team) if team is not None else _house()
    new = advisers.locked(adviser).number if adviser is not None else None
    before, row.duty_id = row.duty_id, new
    row.changed_by, row.changed_at = str(by), at
    row.save(update_fields=["duty", "changed_by", "changed_at"])
    kind, about = (ChangeKind.TERRITORY, row.code) if isinstance(row, Territory) else (ChangeKind.OPERATOR, HOUSE)
    if before != new:
        note_changes(kind=kind, before={about: {"duty": before}}, after={about: {"duty": new}}, by=by, at=at)
        announce([EVERYBODY])


def _team(code: str) -> Territory:
    row = Territory.objects.select_for_update(of=("self",)).filter(code=code).first()
    if row is None:
        raise TeamUnknown(team=code)
    return row


def _house() -> Operator:
    row = Operator.objects.select_for_update(of=("self",)).first()
    if row is None:
        raise NoOperator
    return row
