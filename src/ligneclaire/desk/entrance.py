"""Between a right password and being logged in: who is on the way, and coming in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from ligneclaire.kernel.address import way_of
from ligneclaire.kernel.clock import now
from ligneclaire.people.accounts import Accounts
from ligneclaire.people.queries import operator
from ligneclaire.people.rules.desk_session import BEGAN, COMPANY, DEVICE, OFTEN, device_of
from ligneclaire.people.rules.passkey import Place

ON_THE_WAY, TO_SIGN = "second_step", "to_sign"
WAY, REMEMBERED = "desk_way", timedelta(days=30)
LIFE, MINUTE = timedelta(minutes=10), timedelta(minutes=1)
NOTHING = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """Somebody whose password was right: where they want to go, and the seed of the app that they may join.

    Whom the company's identity provider sent has what it calls their session, or "".
    """

    user: User
    wanted: str
    seed: UUID
    company: str | None

    @property
    def id(self) -> int:
        """The number of the account."""
        return self.user.pk

    @property
    def username(self) -> str:
        """The name of the account."""
        return self.user.get_username()


def begin(request: HttpRequest, user: User, *, wanted: str, company: str | None = None) -> None:
    """Remember in the session, under a new key, whose password was right; nobody is logged in by it."""
    request.session.cycle_key()
    seed, at = str(uuid4()), now().isoformat()
    kept = {"user": user.pk, "wanted": wanted, "seed": seed, "at": at, "company": company}
    request.session[ON_THE_WAY] = kept


def on_the_way(request: HttpRequest) -> OnTheWay | None:
    """Who gave the right password here within the last minutes."""
    kept = request.session.get(ON_THE_WAY)
    if not kept or datetime.fromisoformat(kept["at"]) <= now() - LIFE:
        return None
    user = Accounts().get_user(kept["user"])
    if not isinstance(user, User):
        return None
    return OnTheWay(user=user, wanted=kept["wanted"], seed=UUID(kept["seed"]), company=kept["company"])


def enter(request: HttpRequest, user: User, *, company: str | None = None) -> None:
    """Log in, under a new key; through the company if it has a name for the session, or ""."""
    login(request, user)
    request.session.pop(ON_THE_WAY, None)
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[BEGAN] = now().isoformat()
    request.session.pop(COMPANY, None)
    if company is not None:
        request.session[COMPANY] = company
    request.session.set_expiry(_lasts(request))


def go_on(request: HttpRequest) -> None:
    """Let the session last from now on as long as one may in which nothing happens, but no longer than any may."""
    if BEGAN in request.session:
        lasts = _lasts(request)
        if abs(timedelta(seconds=request.session.get_expiry_age()) - lasts) > OFTEN:
            request.session.set_expiry(lasts)


def _lasts(request: HttpRequest) -> timedelta:
    longest = settings.OIDC_SESSION_LONGEST if COMPANY in request.session else settings.SESSION_LONGEST
    return min(settings.SESSION_IDLE, datetime.fromisoformat(request.session[BEGAN]) + longest - now())


def goes_through_company(request: HttpRequest) -> bool:
    """Whether whoever was logged in here last came through the company's identity provider."""
    return bool(settings.OIDC_ISSUER) and request.COOKIES.get(WAY) == COMPANY


def remember_way(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Keep in the browser whether somebody came in through the company, so that it is asked again when they are out."""
    if COMPANY not in request.session:
        answer.delete_cookie(WAY)
        return answer
    is_secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(WAY, COMPANY, max_age=REMEMBERED, secure=is_secure, httponly=True, samesite="Lax")
    return answer


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
