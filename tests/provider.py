"""An identity provider that says what a test wants it to say, also what no provider should."""

from __future__ import annotations

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "desk", "a secret of some length"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "1"}) for _ in range(2))


@dataclass
class Provider:
    """Where it is, what it says, and what was asked of it."""

    issuer: str = ""
    claims: dict[str, object] = field(default_factory=dict)
    user: Mapping[str, object] | None = None
    """What it tells who asks once more."""
    metadata: dict[str, object] = field(default_factory=dict)
    refuses: str = ""
    state: str = ""
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: KEY)
    without_id_token: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    def wellknown(self) -> dict[str, object]:
        """What it says of itself."""
        return {
            "issuer": self.issuer,
            **{f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")},
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            **self.metadata,
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where it sends the browser back to, with a code or a no."""
        self.asked.append(asked)
        told = {"error": self.refuses} if self.refuses else {"code": f"code-{len(self.asked)}"}
        return f"{asked['redirect_uri']}?{urlencode(told | {'state': self.state or asked['state']})}"

    def token(self, given: dict[str, str], authorization: str) -> dict[str, object]:
        """What it gives for a code, to who shows the secret and what was kept for it."""
        asked = self.asked[-1]
        user, _, password = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        challenge = urlsafe_b64encode(sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        shown = (unquote(user), unquote(password).replace("+", " "), given["code"], given["redirect_uri"], challenge)
        assert shown == (
            *(CLIENT, SECRET, f"code-{len(self.asked)}"),
            *(asked["redirect_uri"], asked["code_challenge"]),
        )
        assert asked["code_challenge_method"] == "S256"
        answer: dict[str, object] = {"access_token": "a", "token_type": "Bearer", "expires_in": 3600}
        return answer if self.without_id_token else answer | {"id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        """Who it says somebody is, signed."""
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": "S-1", "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce}
        return self._signed(claims | self.claims)

    def logout_token(self, **claims: object) -> str:
        """That somebody is logged out there, signed."""
        now = int(time.time())
        events: dict[str, object] = {"http://schemas.openid.net/event/backchannel-logout": {}}
        said = {"iss": self.issuer, "sub": "S-1", "aud": CLIENT, "iat": now, "exp": now + 120, "jti": "1"}
        return self._signed(said | {"events": events} | claims)

    def _signed(self, claims: Mapping[str, object]) -> str:
        said = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            head, body = (urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "none"}, said))
            return f"{head.decode()}.{body.decode()}."
        key = OctKey.import_key(SECRET) if self.algorithm == "HS256" else self.key
        return jwt.encode({"alg": self.algorithm, "kid": "1"}, said, key, algorithms=[self.algorithm])


@contextmanager
def provider() -> Iterator[Provider]:
    """Open for the length of the block, on a port of its own."""
    one = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorization":
                self.send_response(302)
                asked = {name: value for name, [value] in parse_qs(parts.query).items()}
                self.send_header("Location", one.authorize(asked))
                self.end_headers()
                return
            answers: dict[str, Callable[[], object]] = {
                "/.well-known/openid-configuration": one.wellknown,
                "/jwks": lambda: {"keys": [KEY.as_dict(private=False) | {"use": "sig"}]},
                "/userinfo": lambda: one.user,
            }
            self._say(answers[parts.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {name: value for name, [value] in parse_qs(body).items()}
            self._say(one.token(given, self.headers["Authorization"]))

        def _say(self, answer: object) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one.issuer = f"http://127.0.0.1:{server.server_port}"
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield one
        server.shutdown()
        serving.join(5)
