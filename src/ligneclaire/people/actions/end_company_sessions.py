"""The company's identity provider no longer vouches for somebody."""

from __future__ import annotations

from datetime import datetime

from ligneclaire.kernel.actor import Actor
from ligneclaire.people.desk_sessions import SessionStore
from ligneclaire.people.models import CompanyIdentity, StaffSession
from ligneclaire.people.rules.desk_session import BEGAN, COMPANY


def end_company_sessions(
    *, issuer: str, subject: str, session: str, begun_by: datetime, by: Actor, at: datetime
) -> int:
    """End the sessions of an identity that began through the provider up to an instant; return how many.

    `session` is what the provider calls the one that it means, or "" for all. Later sessions are left alone, so that
    an old word of the provider does nothing when it is said again.
    """
    users = CompanyIdentity.objects.filter(issuer=issuer, subject=subject).values("user")
    ended = []
    for row in StaffSession.objects.filter(user__in=users):
        said = SessionStore().decode(row.session_data)
        is_meant = COMPANY in said and (not session or said[COMPANY] in {"", session})
        if is_meant and datetime.fromisoformat(said[BEGAN]) <= begun_by:
            ended.append(row.session_key)
    StaffSession.objects.filter(session_key__in=ended).delete()
    return len(ended)
