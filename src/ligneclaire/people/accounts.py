"""Accounts of the desk: who logs in is loaded together with the adviser it is, at every request."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from ligneclaire.people.queries import advisers
from ligneclaire.people.queries.advisers import AdviserCard

ADVISER = "adviser_card"  # on the user, for the length of a request


class Accounts(ModelBackend):
    """Django's own accounts and passwords."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:  # type: ignore[override]  # narrower than its mixin's
        """One account, with its adviser beside it; one that is no adviser's has none."""
        found = advisers.account(user_id)
        if found is None:
            return super().get_user(user_id)
        user, card = found
        setattr(user, ADVISER, card)
        return user if self.user_can_authenticate(user) else None


def adviser_of(user: AbstractBaseUser | AnonymousUser) -> AdviserCard | None:
    """The adviser who is logged in with this account, if it is an adviser's."""
    card = getattr(user, ADVISER, None)
    return card if isinstance(card, AdviserCard) else None
