"""Accounts of the desk: who logs in is loaded together with the adviser or clerk it is, at every request."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from ligneclaire.people.access.roles import NOBODY, Role
from ligneclaire.people.queries import logins
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.logins import ClerkCard

CARD, ROLE = "desk_card", "desk_role"  # on the user, for the length of a request


class Accounts(ModelBackend):
    """Django's own accounts and passwords."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:  # type: ignore[override]  # narrower than its mixin's
        """One account, with its adviser or clerk beside it; one that is nobody's has none."""
        found = logins.account(user_id)
        if found is None:
            return super().get_user(user_id)
        user, card, role = found
        setattr(user, CARD, card)
        setattr(user, ROLE, role)
        return user if self.user_can_authenticate(user) else None


def adviser_of(user: AbstractBaseUser | AnonymousUser) -> AdviserCard | None:
    """The adviser who is logged in with this account, if it is an adviser's."""
    card = getattr(user, CARD, None)
    return card if isinstance(card, AdviserCard) else None


def clerk_of(user: AbstractBaseUser | AnonymousUser) -> ClerkCard | None:
    """The clerk who is logged in with this account, if it is a clerk's."""
    card = getattr(user, CARD, None)
    return card if isinstance(card, ClerkCard) else None


def role_of(user: AbstractBaseUser | AnonymousUser) -> Role:
    """In which role somebody is logged in."""
    role: Role = getattr(user, ROLE, NOBODY)
    return role
