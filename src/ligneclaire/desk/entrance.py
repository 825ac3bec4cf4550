"""Between a right password and being logged in: who is on the way, and coming in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest

from ligneclaire.kernel.address import way_of
from ligneclaire.kernel.clock import now
from ligneclaire.people.accounts import Accounts
from ligneclaire.people.queries import operator
from ligneclaire.people.rules.desk_session import BEGAN, DEVICE, device_of
from ligneclaire.people.rules.passkey import Place

ON_THE_WAY, TO_SIGN = "second_step", "to_sign"
LIFE, MINUTE = timedelta(minutes=10), timedelta(minutes=1)
NOTHING = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """Somebody whose password was right: where they want to go, and the seed of the app that they may join."""

    user: User
    wanted: str
    seed: UUID

    @property
    def id(self) -> int:
        """The number of the account."""
        return self.user.pk

    @property
    def username(self) -> str:
        """The name of the account."""
        return self.user.get_username()


def begin(request: HttpRequest, user: User, *, wanted: str) -> None:
    """Remember in the session, under a new key, whose password was right; nobody is logged in by it."""
    request.session.cycle_key()
    seed, at = str(uuid4()), now().isoformat()
    request.session[ON_THE_WAY] = {"user": user.pk, "wanted": wanted, "seed": seed, "at": at}


def on_the_way(request: HttpRequest) -> OnTheWay | None:
    """Who gave the right password here within the last minutes."""
    kept = request.session.get(ON_THE_WAY)
    if not kept or datetime.fromisoformat(kept["at"]) <= now() - LIFE:
        return None
    user = Accounts().get_user(kept["user"])
    return OnTheWay(user=user, wanted=kept["wanted"], seed=UUID(kept["seed"])) if isinstance(user, User) else None


def enter(request: HttpRequest, user: User) -> None:
    """Log in, under a new key."""
    login(request, user)
    request.session.pop(ON_THE_WAY, None)
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[BEGAN] = now().isoformat()


def authenticator_time() -> datetime:
    """The time on everybody's telephone, also where our clock is days ahead."""
    return now() - timedelta(days=settings.CLOCK_SHIFT_DAYS)


def tries_of(request: HttpRequest, username: str) -> dict[str, str]:
    """As whom and from where somebody tries."""
    return {"username": username, "address": way_of(request.META).sender()}


def minutes(after: timedelta) -> int:
    """How many minutes to wait, begun ones too."""
    return -(-after // MINUTE)


def place_of(request: HttpRequest) -> Place:
    """The site that passkeys are made for."""
    host = request.get_host()
    return Place(host=host.partition(":")[0], origin=f"{request.scheme}://{host}", name=operator.current().name)


def remember_to_sign(request: HttpRequest, challenge: UUID) -> None:
    """What a passkey has to sign in this session."""
    request.session[TO_SIGN] = str(challenge)


def to_sign(request: HttpRequest) -> UUID:
    """What was to be signed in this session, once."""
    return UUID(request.session.pop(TO_SIGN, str(NOTHING)))
