"""The company's identity provider knows an account under this identifier."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.states import ChangeKind
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.withdraw_login import NoLogin
from ligneclaire.people.models import CompanyIdentity, Login, StaffSession

LONGEST = 255


class IdentityTaken(Refused):
    """Another account is linked to this identifier."""


class IdentityUnfit(Refused):
    """An identifier has 1 to 255 characters."""


@transaction.atomic
def link_company_identity(*, username: str, issuer: str, subject: str, by: Actor, at: datetime) -> None:
    """Let whoever the provider calls so come in with this account, in place of who did before, who is out at once."""
    if not 0 < len(subject) <= LONGEST:
        raise IdentityUnfit(subject=subject[:40])
    row = Login.objects.select_for_update(of=("self",)).filter(user__username=username, user__is_active=True).first()
    if row is None:
        raise NoLogin(username=username)
    taken = CompanyIdentity.objects.filter(issuer=issuer, subject=subject).exclude(user=row.user_id)
    if taken.exists():
        raise IdentityTaken(username=username, subject=subject)
    earlier = CompanyIdentity.objects.filter(user=row.user_id).first()
    new, _ = CompanyIdentity.objects.update_or_create(
        user_id=row.user_id,
        defaults={"issuer": issuer, "subject": subject, "linked_by": str(by), "linked_at": at},
    )
    before = {"issuer": earlier.issuer, "subject": earlier.subject} if earlier else {}
    after = {"issuer": new.issuer, "subject": new.subject}
    if before and before != after:
        StaffSession.objects.filter(user=row.user_id).delete()
    note_changes(kind=ChangeKind.LOGIN, before={username: before}, after={username: after}, by=by, at=at)
