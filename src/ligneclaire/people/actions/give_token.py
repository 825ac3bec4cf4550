"""Let the systems of a department state facts."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.models import Department, Token
from ligneclaire.people.queries.departments import DepartmentUnknown
from ligneclaire.people.rules.token import digest_of


@transaction.atomic
def give_token(*, department: str, by: Actor, at: datetime) -> str:
    """Make a new token for a department, in place of an earlier one, and return it: it is not kept."""
    if not Department.objects.select_for_update().filter(code=department).exists():
        raise DepartmentUnknown(department=department)
    token = f"lc_{secrets.token_urlsafe(32)}"
    Token.objects.update_or_create(
        department_id=department, defaults={"digest": digest_of(token), "given_by": str(by), "given_at": at}
    )
    return token
