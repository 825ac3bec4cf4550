"""A device with passkeys, as a browser lets it answer (WebAuthn): keys on the curve P-256, no attestation."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey, and what it does when a page asks."""

    origin: str = "http://testserver"
    name: bytes = b"passkey-1"
    uses: int = 0
    verifies: bool = True
    handle: bytes = b""
    key: Any = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def makes(self, options: str) -> str:
        """Answer to a page that adds a passkey."""
        asked = json.loads(options)
        self.handle = base64url_to_bytes(asked["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        held = bytes(16) + len(self.name).to_bytes(2) + self.name + public
        data = self._data(asked["rp"]["id"], WITH_KEY) + held
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._said("webauthn.create", asked["challenge"]), attestationObject=attested
        )

    def signs(self, options: str) -> str:
        """Answer to a page that lets somebody in."""
        asked = json.loads(options)
        self.uses += 1
        said, data = self._said("webauthn.get", asked["challenge"]), self._data(asked["rpId"], 0)
        signature = self.key.sign(data + sha256(said).digest(), ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=self.handle)

    def _data(self, host: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        name = bytes_to_base64url(self.name)
        written = {part: bytes_to_base64url(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": written})
