"""Let a system of a department use the API."""

from __future__ import annotations

import secrets
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.scopes import ALL, Scope
from ligneclaire.people.models import Department, Token
from ligneclaire.people.queries import tokens
from ligneclaire.people.queries.departments import DepartmentUnknown
from ligneclaire.people.rules.token import digest_of

MAIN, YEAR, NAME_LENGTH = "main", timedelta(days=365), 40


class TokenWithoutUse(Refused):
    """A token lets do something, for some time, and its name has 1 to 40 characters."""


@transaction.atomic
def give_token(
    *,
    department: str,
    name: str = MAIN,
    scopes: AbstractSet[Scope] = ALL,
    life: timedelta = YEAR,
    by: Actor,
    at: datetime,
) -> str:
    """Make a token for a system of a department, in place of an earlier one of this name, and return it, unkept."""
    if not scopes or life <= timedelta() or not 0 < len(name) <= NAME_LENGTH:
        raise TokenWithoutUse(name=name, scopes=",".join(sorted(scopes)), ends_at=at + life)
    if not Department.objects.select_for_update().filter(code=department).exists():
        raise DepartmentUnknown(department=department)
    token = f"lc_{secrets.token_urlsafe(32)}"
    earlier = Token.objects.filter(department__code=department, name=name).first()
    new, _ = Token.objects.update_or_create(
        department_id=department,
        name=name,
        defaults={
            "digest": digest_of(token),
            "scopes": sorted(scope.value for scope in scopes),
            "given_by": str(by),
            "given_at": at,
            "ends_at": at + life,
            "last_used_on": None,
        },
    )
    before = {str(earlier): tokens.values_of(earlier)} if earlier else {}
    note_changes(kind=ChangeKind.TOKEN, before=before, after={str(new): tokens.values_of(new)}, by=by, at=at)
    return token
