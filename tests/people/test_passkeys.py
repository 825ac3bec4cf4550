"""Passkeys: made by a customer, checked by signature, used for this place and this moment only."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings

from builders import a_world, refused_by
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.add_passkey import PasskeyRefused, PasskeyUnnamed, add_passkey
from ligneclaire.people.actions.ask_challenge import ask_challenge
from ligneclaire.people.actions.claim_challenge import NothingToSign
from ligneclaire.people.actions.remove_passkey import NoPasskey, remove_passkey
from ligneclaire.people.actions.sign_in_by_passkey import PasskeyNotAccepted, sign_in_by_passkey
from ligneclaire.people.models import Challenge, Passkey, Session
from ligneclaire.people.queries import passkeys, sessions
from ligneclaire.people.queries.passkeys import PasskeyCard
from ligneclaire.people.rules.passkey import Place, handle_of, how_to_add, how_to_use
from people.authenticator import Device

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = Place(host="testserver", origin="http://testserver", name="Télécom Ligne Claire")


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def add(device: Device, *, customer: str = "C-2001", name: str = "Mon téléphone", place: Place = HERE) -> UUID:
    asked = ask_challenge(customer=customer, by=SYSTEM, at=NOW)
    options = how_to_add(
        place, challenge=asked.value, handle=handle_of(customer, key=settings.SECRET_KEY), called="Lenoir"
    )
    return add_passkey(
        customer=customer, name=name, answer=device.makes(options), challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW
    )


def use(device: Device, *, place: Place = HERE, at: datetime = NOW) -> str:
    asked = ask_challenge(customer=None, by=SYSTEM, at=NOW)
    answer = device.signs(how_to_use(place, challenge=asked.value))
    return sign_in_by_passkey(answer=answer, challenge=asked.uuid, place=HERE, device="Firefox/1", by=SYSTEM, at=at)


def test_a_customer_comes_in_with_a_passkey_without_saying_who_they_are() -> None:
    device = Device()
    uuid = add(device)

    key = use(device, at=NOW + MINUTE)

    visitor = sessions.of_key(key, at=NOW + MINUTE)
    assert visitor is not None
    assert visitor.customer == "C-2001"
    assert passkeys.of("C-2001") == (PasskeyCard(uuid=uuid, name="Mon téléphone", added_at=NOW, used_at=NOW + MINUTE),)
    assert passkeys.of("C-3001") == ()
    assert passkeys.credentials_of("C-2001") == (b"passkey-1",)
    assert Challenge.objects.count() == 0


def test_options_ask_for_a_key_that_finds_its_owner_and_name_nobody() -> None:
    options = json.loads(
        how_to_add(HERE, challenge=b"c" * 32, handle=handle_of("C-2001", key="k"), called="Lenoir", known=[b"other"])
    )

    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [key["id"] for key in options["excludeCredentials"]] == ["b3RoZXI"]
    assert b"C-2001" not in handle_of("C-2001", key="k")
    assert handle_of("C-2001", key="k") != handle_of("C-2001", key="l")


@pytest.mark.parametrize(
    "device",
    [
        pytest.param(Device(origin="http://elsewhere"), id="another site"),
        pytest.param(Device(verifies=False), id="nobody unlocked the device"),
    ],
)
def test_a_passkey_made_elsewhere_or_by_nobody_is_refused(device: Device) -> None:
    with pytest.raises(PasskeyRefused):
        add(device)
    assert Passkey.objects.count() == 0


def test_a_passkey_for_another_host_is_refused() -> None:
    with pytest.raises(PasskeyRefused):
        add(Device(), place=Place(host="other", origin="http://other", name="Other"))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "[]",
        "null",
        "x" * 100,
        '{"id": 1}',
        '{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"!","attestationObject":"!"}}',
    ],
)
def test_nonsense_is_refused(answer: str) -> None:
    asked = ask_challenge(customer="C-2001", by=SYSTEM, at=NOW)
    with pytest.raises(PasskeyRefused):
        add_passkey(customer="C-2001", name="x", answer=answer, challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW)
    asked = ask_challenge(customer=None, by=SYSTEM, at=NOW)
    with pytest.raises(PasskeyNotAccepted):
        sign_in_by_passkey(answer=answer, challenge=asked.uuid, place=HERE, device="", by=SYSTEM, at=NOW)
    assert (Passkey.objects.count(), Session.objects.count()) == (0, 0)


def test_a_passkey_belongs_to_one_customer() -> None:
    device = Device()
    add(device)

    with pytest.raises(PasskeyRefused):
        add(device, customer="C-3001")
    assert passkeys.of("C-3001") == ()


@pytest.mark.parametrize("name", ["", "  ", "\x00"])
def test_a_passkey_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(PasskeyUnnamed):
        add(Device(), name=name)
    assert passkeys.of("C-2001") == ()


def test_a_name_is_cleaned_and_cut() -> None:
    add(Device(), name="  mon\x00  " + "x" * 80)

    assert [card.name for card in passkeys.of("C-2001")] == ["mon " + "x" * 56]


def test_a_passkey_that_we_do_not_know_lets_nobody_in() -> None:
    with pytest.raises(PasskeyNotAccepted):
        use(Device())
    assert Session.objects.count() == 0


def test_another_key_under_the_same_name_lets_nobody_in() -> None:
    add(Device())

    with pytest.raises(PasskeyNotAccepted):
        use(Device())


@pytest.mark.parametrize(
    ("what", "value"), [("origin", "http://elsewhere"), ("verifies", False), ("handle", b"somebody else"), ("uses", -1)]
)
def test_a_signature_for_something_else_lets_nobody_in(what: str, value: object) -> None:
    device = Device(uses=7)
    add(device)
    setattr(device, what, value)

    with pytest.raises(PasskeyNotAccepted):
        use(device)
    assert Session.objects.count() == 0


def test_what_was_signed_once_is_not_accepted_again() -> None:
    device = Device()
    add(device)
    asked = ask_challenge(customer=None, by=SYSTEM, at=NOW)
    answer = device.signs(how_to_use(HERE, challenge=asked.value))
    sign_in_by_passkey(answer=answer, challenge=asked.uuid, place=HERE, device="", by=SYSTEM, at=NOW)

    with pytest.raises(NothingToSign):
        sign_in_by_passkey(answer=answer, challenge=asked.uuid, place=HERE, device="", by=SYSTEM, at=NOW)
    assert Session.objects.count() == 1


def test_what_is_to_be_signed_is_good_for_five_minutes() -> None:
    device = Device()
    add(device)

    with pytest.raises(NothingToSign):
        use(device, at=NOW + 5 * MINUTE)


def test_what_one_customer_was_to_sign_is_of_no_use_to_another() -> None:
    asked = ask_challenge(customer="C-3001", by=SYSTEM, at=NOW)

    with pytest.raises(NothingToSign):
        add_passkey(customer="C-2001", name="x", answer="", challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW)
    with pytest.raises(NothingToSign):
        sign_in_by_passkey(answer="", challenge=asked.uuid, place=HERE, device="", by=SYSTEM, at=NOW)


def test_what_nobody_signed_is_forgotten() -> None:
    ask_challenge(customer=None, by=SYSTEM, at=NOW)

    ask_challenge(customer=None, by=SYSTEM, at=NOW + 6 * MINUTE)

    assert Challenge.objects.count() == 1


def test_a_passkey_is_removed_by_its_owner_only() -> None:
    device = Device()
    uuid = add(device)

    with pytest.raises(NoPasskey) as refused:
        remove_passkey(passkey=uuid, customer="C-3001", by=SYSTEM, at=NOW)
    assert refused.value.values == {"passkey": uuid, "customer": "C-3001"}
    remove_passkey(passkey=uuid, customer="C-2001", by=SYSTEM, at=NOW)

    with pytest.raises(PasskeyNotAccepted):
        use(device)


def test_a_passkey_has_a_name() -> None:
    add(Device())

    with refused_by("passkey_has_a_name"):
        Passkey.objects.update(name="")
