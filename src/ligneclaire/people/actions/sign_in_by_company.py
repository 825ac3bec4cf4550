"""The company's identity provider says who somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.link_company_identity import link_company_identity
from ligneclaire.people.actions.take_role import take_role
from ligneclaire.people.models import CompanyIdentity, Login
from ligneclaire.people.states import StaffRole


class NobodysIdentity(Refused):
    """No account that is open here is linked to this identity, and its e-mail is not that of exactly one adviser."""


@transaction.atomic
def sign_in_by_company(
    *, issuer: str, subject: str, email: str, roles: Sequence[StaffRole] | None = None, by: Actor, at: datetime
) -> int:
    """Return the account that is linked to this identity; the first time, that of the adviser with this e-mail.

    `email` is one that the provider has verified, or "". `roles` are those that the provider gives, the first that
    fits the account is taken; `None` leaves to us who is what. No accounts are made. Raises `NoRole`.
    """
    user = _account(issuer, subject, email, by, at)
    if roles is not None:
        take_role(user=user, roles=roles, by=by, at=at)
    return user


def _account(issuer: str, subject: str, email: str, by: Actor, at: datetime) -> int:
    known = CompanyIdentity.objects.filter(issuer=issuer, subject=subject).first()
    if known is not None:
        if not Login.objects.filter(user=known.user_id, user__is_active=True).exists():
            raise NobodysIdentity(subject=subject)
        return known.user_id
    linked = CompanyIdentity.objects.filter(issuer=issuer).values("user")
    rows = Login.objects.select_related("user").filter(adviser__email__iexact=email, user__is_active=True)
    found = list(rows.exclude(user__in=linked)[:2]) if email else []
    if len(found) != 1:
        raise NobodysIdentity(subject=subject)
    [login] = found
    link_company_identity(username=login.user.get_username(), issuer=issuer, subject=subject, by=by, at=at)
    return login.user_id
