"""Somebody else stands in for an adviser."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.facts.news import EVERYBODY, announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import advisers


class BackupOfOneself(Refused):
    """Who stands in for an adviser is somebody else."""


@transaction.atomic
def set_backup(*, adviser: str, backup: str, by: Actor, at: datetime) -> None:
    """Say who answers for an adviser when they are away, at once; an import says it again."""
    refuse_unless(by, may=Right.PLAN_TEAM)
    if adviser == backup:
        raise BackupOfOneself(adviser=adviser)
    rows = {number: advisers.locked(number) for number in sorted({adviser, backup})}
    row = rows[adviser]
    before, row.backup_id = row.backup_id, backup
    row.changed_by, row.changed_at = str(by), at
    row.save(update_fields=["backup", "changed_by", "changed_at"])
    note_changes(
        kind=ChangeKind.ADVISER,
        before={adviser: {"backup": before}},
        after={adviser: {"backup": backup}},
        by=by,
        at=at,
    )
    announce([EVERYBODY])
