"""From where a request comes: what a proxy of ours says is believed, what a stranger says is not."""

from __future__ import annotations

import pytest

from ligneclaire.kernel.address import way_of

FORWARDED_FOR, PROTO, PEER = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "REMOTE_ADDR"


@pytest.mark.parametrize(
    ("noted", "sender", "inside"),
    [
        ({PEER: "127.0.0.1"}, "127.0.0.1", True),
        ({PEER: "::1"}, "::1", True),
        ({PEER: "::ffff:10.0.0.4"}, "::ffff:10.0.0.4", True),
        ({PEER: "8.8.8.8"}, "8.8.8.8", False),
        ({PEER: "8.8.8.8", FORWARDED_FOR: "127.0.0.1"}, "8.8.8.8", False),
        ({PEER: "127.0.0.1", FORWARDED_FOR: "8.8.8.8"}, "8.8.8.8", False),
        ({PEER: "127.0.0.1", FORWARDED_FOR: "10.0.0.4"}, "10.0.0.4", True),
        ({PEER: "10.0.0.1", FORWARDED_FOR: "1.1.1.1, 8.8.8.8, 10.0.0.9"}, "8.8.8.8", False),
        ({PEER: "10.0.0.1", FORWARDED_FOR: "10.0.0.4, 10.0.0.9"}, "10.0.0.9", True),
        ({PEER: "127.0.0.1", FORWARDED_FOR: " , somebody"}, "somebody", False),
        ({PEER: "127.0.0.1", PROTO: "https"}, "127.0.0.1", False),
        ({PEER: ""}, "unknown", False),
        ({}, "unknown", False),
    ],
)
def test_the_sender_is_the_last_whom_our_own_machines_saw_come_in(
    noted: dict[str, str], sender: str, *, inside: bool
) -> None:
    way = way_of(noted)

    assert (way.sender(), way.is_inside()) == (sender, inside)
