"""What a browser is asked to do with a passkey, and whether what comes back is right (WebAuthn)."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

LIFE = timedelta(minutes=5)  # of what is to be signed
CHALLENGE_BYTES = 32
WRONG = (WebAuthnException, ValueError, TypeError, LookupError)  # the library learns of a wrong shape by using it


class PasskeyWrong(Exception):
    """What the browser sent was not signed by this key, for this place and this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The site that keys are made for: its host name, where its pages come from, and what people call it."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHalf:
    """What we keep of a new passkey."""

    credential: bytes
    public_key: bytes
    uses: int


def handle_of(customer: str, *, key: str) -> bytes:
    """The name under which a device keeps a customer's passkey; it says nothing about them."""
    return hmac.digest(f"ligneclaire.passkey.{key}".encode(), customer.encode(), "sha256")


def how_to_add(place: Place, *, challenge: bytes, handle: bytes, called: str, known: Collection[bytes] = ()) -> str:
    """What a browser needs to make a passkey, as JSON."""
    options = generate_registration_options(
        rp_id=place.host,
        rp_name=place.name,
        user_id=handle,
        user_name=called,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=credential) for credential in known],
    )
    return options_to_json(options)


def how_to_use(place: Place, *, challenge: bytes) -> str:
    """What a browser needs to sign with any passkey that it has for this place, as JSON."""
    options = generate_authentication_options(
        rp_id=place.host, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(options)


def made(answer: str, *, place: Place, challenge: bytes) -> PublicHalf:
    """The public half of the passkey that a browser made."""
    try:
        checked = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except WRONG as wrong:
        raise PasskeyWrong from wrong
    return PublicHalf(
        credential=checked.credential_id, public_key=checked.credential_public_key, uses=checked.sign_count
    )


def credential_of(answer: str) -> bytes:
    """Which passkey a browser says it used."""
    try:
        return base64url_to_bytes(parse_authentication_credential_json(answer).id)
    except WRONG as wrong:
        raise PasskeyWrong from wrong


def used(answer: str, *, place: Place, challenge: bytes, kept: PublicHalf, handle: bytes) -> int:
    """How often the passkey was used, now that it signed."""
    try:
        checked = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=kept.public_key,
            credential_current_sign_count=kept.uses,
            require_user_verification=True,
        )
        said = parse_authentication_credential_json(answer).response.user_handle
    except WRONG as wrong:
        raise PasskeyWrong from wrong
    if said is not None and not hmac.compare_digest(said, handle):
        raise PasskeyWrong
    return checked.new_sign_count
