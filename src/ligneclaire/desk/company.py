"""The company's identity provider, asked who somebody is: OpenID Connect, by the library Authlib."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import structlog
from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.django_client import OAuth
from authlib.oauth2.claims import JWTClaims
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from joserfc.errors import InvalidClaimError, JoseError, MissingClaimError
from requests import RequestException

from ligneclaire.kernel.clock import now
from ligneclaire.people.states import StaffRole

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
PATIENCE, LEEWAY = 10.0, 60  # seconds
SILENCE = timedelta(seconds=30)
# Signed by a key that only the provider has: what is not signed, or with a secret that we share, shows nothing.
SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
# The library takes what a provider answers for what it should be.
UNREADABLE = (JoseError, ValueError, TypeError, AttributeError, LookupError)
log = structlog.get_logger("ligneclaire.desk")
_silent_until = dict[str, datetime]()  # by issuer, so that not everybody waits for one that does not answer


class Failure(StrEnum):
    """Why somebody does not come in."""

    UNREACHABLE = "unreachable"
    """The provider does not answer, or not as one."""
    STALE = "stale"
    """The answer belongs to nothing that was asked here, or asked too long ago."""
    DENIED = "denied"
    """The provider, or whoever was asked there, said no."""
    UNPROVED = "unproved"
    """What the provider answered is not proved to be from it, for us, now."""
    UNKNOWN = "unknown"
    """It is nobody of ours."""
    NO_ROLE = "no role"
    """It is one of ours, but in no role here as the provider says."""


class NotThrough(Exception):
    """Somebody does not come in through the provider."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Who the provider says somebody is: an e-mail only if verified, by which means it knows, and in which roles.

    Of the roles the first that fits counts; `None` where the provider has no say in them.
    """

    subject: str
    email: str
    means: frozenset[str]
    roles: tuple[StaffRole, ...] | None
    session: str
    """What the provider calls the session that somebody has there, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Who is logged out at the provider, of which session or (without one) of all, and when that was said."""

    subject: str
    session: str
    at: datetime


class LogoutToken(JWTClaims):  # type: ignore[misc]  # the library has no types
    """What OpenID Connect Back-Channel Logout 1.0 wants a logout token to say, and not to say."""

    def validate(self, now: int | None = None, leeway: int = 0) -> None:
        """Refuse what is none, or is not of now."""
        for name in ("iss", "sub", "aud", "iat", "exp", "jti", "events"):
            if not self.get(name):
                raise MissingClaimError(name)
        super().validate(now, leeway)
        if "nonce" in self:
            raise InvalidClaimError("nonce")
        if not isinstance(self["events"].get(LOGOUT), dict):
            raise InvalidClaimError("events")
        if not isinstance(self["sub"], str) or not isinstance(self.get("sid", ""), str):
            raise InvalidClaimError("sub")


def name() -> str:
    """What the company calls itself; nothing where nobody comes in through it."""
    return settings.OIDC_NAME or urlsplit(settings.OIDC_ISSUER).hostname or ""


def ask(request: HttpRequest) -> HttpResponseRedirect:
    """Send the browser to the provider, with what its answer has to match kept in the session."""
    try:
        answer: HttpResponseRedirect = _app().authorize_redirect(
            request, request.build_absolute_uri(reverse("desk:company-back"))
        )
    except RequestException as down:
        raise _not_through(Failure.UNREACHABLE, down) from down
    return answer


def answered(request: HttpRequest) -> Claimed:
    """Who came back, once what the provider says is proved: by whom, for whom, when, and for this very session."""
    try:
        app = _app()
        token = app.authorize_access_token(request, claims_options=_from_it_to_us(), leeway=LEEWAY)
        claims = token.get("userinfo") or {}
        more = _more(app, token, claims)
    except MismatchingStateError as stale:
        raise _not_through(Failure.STALE, stale) from stale
    except OAuthError as denied:
        raise _not_through(Failure.DENIED, denied) from denied
    except RequestException as down:
        raise _not_through(Failure.UNREACHABLE, down) from down
    except UNREADABLE as unproved:
        raise _not_through(Failure.UNPROVED, unproved) from unproved
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise _not_through(Failure.UNPROVED, ValueError("no id_token, or one about nobody"))
    email = _verified(claims if "email" in claims else more)
    session = claims.get("sid")
    return Claimed(
        subject=claims["sub"],
        email=email,
        means=_means(claims),
        roles=_roles(claims, more),
        session=session if isinstance(session, str) else "",
    )


def told_to_end(logout_token: str) -> Ended:
    """Who is logged out at the provider, once it is proved that it says so, to us, now.

    That it was said before is not looked up: it is about sessions that had begun by then, and they are over.
    """
    try:
        told = {"id_token": logout_token}
        claims = _app().parse_id_token(
            told, nonce=None, claims_options=_from_it_to_us(), claims_cls=LogoutToken, leeway=LEEWAY
        )
    except RequestException as down:
        raise _not_through(Failure.UNREACHABLE, down) from down
    except UNREADABLE as unproved:
        raise _not_through(Failure.UNPROVED, unproved) from unproved
    at = datetime.fromtimestamp(claims["iat"], UTC) + timedelta(seconds=LEEWAY)
    return Ended(subject=claims["sub"], session=claims.get("sid", ""), at=at)


def nobody(claimed: Claimed) -> NotThrough:
    """Nobody of ours: IT finds in the log what to link."""
    return _not_through(Failure.UNKNOWN, LookupError(f"subject {claimed.subject}"))


def without_role(claimed: Claimed) -> NotThrough:
    """One of ours whom the provider gives no role here."""
    return _not_through(Failure.NO_ROLE, LookupError(f"subject {claimed.subject} has none of {settings.OIDC_ROLES}"))


def is_second_factor(claimed: Claimed) -> bool:
    """Whether the provider says that it asked for two factors already."""
    return not claimed.means.isdisjoint(settings.OIDC_SECOND_FACTOR)


def way_out(request: HttpRequest) -> str:
    """Where the provider logs somebody out; back to our own log-in page where it has no such place."""
    page = request.build_absolute_uri(reverse("desk:login"))
    try:
        app = _app()
        if "end_session_endpoint" not in app.server_metadata:
            return page
        found = app.create_logout_url(post_logout_redirect_uri=page, client_id=settings.OIDC_CLIENT_ID)
    except RequestException as down:
        raise _not_through(Failure.UNREACHABLE, down) from down
    return str(found["url"])


def _app() -> Any:
    at, issuer = now(), settings.OIDC_ISSUER
    if at < _silent_until.get(issuer, at):
        raise RequestException(f"{issuer} did not answer a moment ago")
    hour = at.replace(minute=0, second=0, microsecond=0)
    try:
        return _known(issuer, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, settings.OIDC_SCOPES, hour)
    except RequestException:
        _silent_until[issuer] = now() + SILENCE
        raise


@lru_cache(maxsize=2)
def _known(issuer: str, client_id: str, client_secret: str, scopes: tuple[str, ...], _hour: datetime) -> Any:
    """The provider, with what it says of itself, asked anew every hour; one that says it is another is none."""
    scope = " ".join(("openid", "email", *scopes))
    app = OAuth().register(
        "company",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": scope, "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )
    metadata = app.load_server_metadata()
    if metadata.get("issuer") != issuer:
        raise RequestException(f"{issuer} calls itself {metadata.get('issuer')}")
    offered = metadata.get("id_token_signing_alg_values_supported", [])
    metadata["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNED] or ["RS256"]
    return app


def _from_it_to_us() -> dict[str, object]:
    return {
        "iss": {"essential": True, "values": [settings.OIDC_ISSUER]},
        "aud": {"essential": True, "values": [settings.OIDC_CLIENT_ID]},
    }


def _more(app: Any, token: Mapping[str, Any], claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """What some providers say only to who asks once more: the e-mail, and the roles if they have a say in them."""
    is_whole = "email" in claims and not (settings.OIDC_ROLES and _at(claims, settings.OIDC_ROLES_CLAIM) is None)
    if is_whole or not claims or "userinfo_endpoint" not in app.server_metadata:
        return {}
    more: Mapping[str, Any] = app.userinfo(token=token)
    if more.get("sub") != claims["sub"]:
        raise ValueError("the user info is about somebody else")
    return more


def _verified(claims: Mapping[str, Any]) -> str:
    email = claims.get("email")
    return email if isinstance(email, str) and claims.get("email_verified") in {True, "true"} else ""


def _roles(claims: Mapping[str, Any], more: Mapping[str, Any]) -> tuple[StaffRole, ...] | None:
    """In the order of the table."""
    if not settings.OIDC_ROLES:
        return None
    path = settings.OIDC_ROLES_CLAIM
    found = _at(claims, path)
    said = _at(more, path) if found is None else found
    groups = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    return tuple(role for group, role in settings.OIDC_ROLES.items() if group in groups)


def _at(claims: object, path: str) -> object:
    """The claim with this name, or, by the dots in it, one inside another."""
    if not isinstance(claims, Mapping):
        return None
    outer, dot, inner = path.partition(".")
    return claims[path] if path in claims else _at(claims.get(outer), inner) if dot else None


def _means(claims: Mapping[str, Any]) -> frozenset[str]:
    methods = claims.get("amr")
    said = [*(methods if isinstance(methods, list) else []), claims.get("acr")]
    return frozenset(one for one in said if isinstance(one, str))


def _not_through(failure: Failure, why: Exception) -> NotThrough:
    log.warning("not through the identity provider", failure=failure.value, why=f"{type(why).__name__}: {why}"[:300])
    return NotThrough(failure)
