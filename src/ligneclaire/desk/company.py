"""The company's identity provider, asked who somebody is: OpenID Connect, by the library Authlib."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import structlog
from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from joserfc.errors import JoseError
from requests import RequestException

from ligneclaire.kernel.clock import now

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


class NotThrough(Exception):
    """Somebody does not come in through the provider."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Who the provider says somebody is: an e-mail only if verified, and by which means it knows."""

    subject: str
    email: str
    means: frozenset[str]


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
        token = app.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "values": [settings.OIDC_ISSUER]},
                "aud": {"essential": True, "values": [settings.OIDC_CLIENT_ID]},
            },
            leeway=LEEWAY,
        )
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
    return Claimed(subject=claims["sub"], email=_verified(more), means=_means(claims))


def nobody(claimed: Claimed) -> NotThrough:
    """Nobody of ours: IT finds in the log what to link."""
    return _not_through(Failure.UNKNOWN, LookupError(f"subject {claimed.subject}"))


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
        return _known(issuer, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, hour)
    except RequestException:
        _silent_until[issuer] = now() + SILENCE
        raise


@lru_cache(maxsize=2)
def _known(issuer: str, client_id: str, client_secret: str, _hour: datetime) -> Any:
    """The provider, with what it says of itself, asked anew every hour; one that says it is another is none."""
    app = OAuth().register(
        "company",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )
    metadata = app.load_server_metadata()
    if metadata.get("issuer") != issuer:
        raise RequestException(f"{issuer} calls itself {metadata.get('issuer')}")
    offered = metadata.get("id_token_signing_alg_values_supported", [])
    metadata["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNED] or ["RS256"]
    return app


def _more(app: Any, token: Mapping[str, Any], claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """The claims with the e-mail, which some providers give only to who asks once more."""
    if "email" in claims or not claims or "userinfo_endpoint" not in app.server_metadata:
        return claims
    more: Mapping[str, Any] = app.userinfo(token=token)
    if more.get("sub") != claims["sub"]:
        raise ValueError("the user info is about somebody else")
    return more


def _verified(claims: Mapping[str, Any]) -> str:
    email = claims.get("email")
    return email if isinstance(email, str) and claims.get("email_verified") in {True, "true"} else ""


def _means(claims: Mapping[str, Any]) -> frozenset[str]:
    methods = claims.get("amr")
    said = [*(methods if isinstance(methods, list) else []), claims.get("acr")]
    return frozenset(one for one in said if isinstance(one, str))


def _not_through(failure: Failure, why: Exception) -> NotThrough:
    log.warning("not through the identity provider", failure=failure.value, why=f"{type(why).__name__}: {why}"[:300])
    return NotThrough(failure)
