"""Sessions of the desk: Django's own, in rows that say whose they are, so that their owner can see and end them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Rows

from ligneclaire.people.models import StaffSession


class SessionStore(Rows):
    """Django's store, on our rows."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The rows."""
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """A row with the account that is logged in, if any."""
        return StaffSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]  # Django's, not in its stubs
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=int(data[SESSION_KEY]) if SESSION_KEY in data else None,
        )
