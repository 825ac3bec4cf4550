"""Where events may go, how long they wait, and what proves that they are ours."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from datetime import timedelta
from uuid import UUID

import pytest

from ligneclaire.hooks.rules.address import is_fit, is_outside
from ligneclaire.hooks.rules.patience import wait
from ligneclaire.hooks.rules.signing import headers_of, secret_of


@pytest.mark.parametrize(
    "url",
    ["https://crm.example", "https://crm.example:8443/hooks?from=care", "http://localhost:9000/", "http://[::1]/in"],
)
def test_events_go_over_protected_connections_or_to_this_machine(url: str) -> None:
    assert is_fit(url)


@pytest.mark.parametrize(
    "url",
    [
        *("", "crm.example", "http://crm.example", "ftp://crm.example", "HTTPS://crm.example"),
        *("https://", "https:///in", "https://user:secret@crm.example", "https://crm.example/#part"),
        *("https://crm.example/a b", "http://localhost.crm.example", "http://localhost@crm.example"),
        *("https://crm.example:0/", "https://crm.example:x/", "https://[::1", "https://crm.example/" + "x" * 500),
    ],
)
def test_no_other_address_is_fit(url: str) -> None:
    assert not is_fit(url)


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("64:ff9b::5db8:d822", True),
        ("2002:5db8:d822::1", True),
        *((inside, False) for inside in ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254")),
        *((inside, False) for inside in ("0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1%eth0", "fd00::1")),
        *((wrapped, False) for wrapped in ("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "ff0e::1")),
        *((local, False) for local in ("64:ff9b:1::1", "fec0::1", "::93.184.216.34")),
    ],
)
def test_the_own_network_is_inside_however_it_is_written(address: str, *, outside: bool) -> None:
    assert is_outside(address) is outside


def test_each_wait_is_longer_and_the_third_day_is_the_last() -> None:
    waits = [wait(tries, timedelta()) for tries in (1, 2, 3, 4, 7, 8, 99)]

    seconds = [one.total_seconds() for one in waits if one]
    assert seconds == [5, 20, 80, 320, 20_480, 21_600, 21_600]
    assert wait(9, timedelta(days=3) - timedelta(seconds=1)) == timedelta(hours=6)
    assert wait(9, timedelta(days=3)) is None


def test_an_event_is_signed_as_the_standard_says() -> None:
    # The example of the specification of Standard Webhooks.
    secret, name = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    body, at = b'{"test": 2432232314}', 1614265330

    headers = headers_of(secret, name=name, at=at, body=body)

    assert headers == {
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_each_subscription_has_a_secret_of_its_own_that_follows_from_its_seed_and_our_key() -> None:
    one, other = UUID(int=1), UUID(int=2)

    assert secret_of(one, key="k") == secret_of(one, key="k")
    assert len({secret_of(one, key="k"), secret_of(other, key="k"), secret_of(one, key="l")}) == 3
    assert len(b64decode(secret_of(one, key="k").removeprefix("whsec_"))) == 32
    assert b64encode(hmac.digest(b"k", b"hooks" + one.bytes, "sha256")).decode() in secret_of(one, key="k")
