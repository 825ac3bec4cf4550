"""What shows another system that an event is ours (Standard Webhooks 1.0)."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from uuid import UUID

PREFIX = "whsec_"


def secret_of(seed: UUID, *, key: str) -> str:
    """The secret of a subscription, which is kept nowhere."""
    return PREFIX + b64encode(hmac.digest(key.encode(), b"hooks" + seed.bytes, "sha256")).decode()


def headers_of(secret: str, *, name: UUID | str, at: int, body: bytes) -> dict[str, str]:
    """The headers that go with a body: which event it is, when it was sent, and the proof of both."""
    signed = b".".join([str(name).encode(), str(at).encode(), body])
    proof = b64encode(hmac.digest(b64decode(secret.removeprefix(PREFIX)), signed, "sha256")).decode()
    return {"webhook-id": str(name), "webhook-timestamp": str(at), "webhook-signature": f"v1,{proof}"}
