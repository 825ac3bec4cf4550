"""What is too large is refused while it comes, before anything of it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from ligneclaire.ops.bounded import Event, Receive, Scope, Send, bounded

ANSWERED, REFUSED = [("http.response.start", 200)], [("http.response.start", 413), ("http.response.body", None)]


async def reads_all(_scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads the body first, as Django does."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200})


def asked(parts: Sequence[bytes], *, length: str = "") -> tuple[list[tuple[str, int | None]], int]:
    """What a request with these parts is answered, and how many of them were read."""
    sent: list[tuple[str, int | None]] = []
    waiting = list(parts)

    async def receive() -> Event:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(event: Event) -> None:
        sent.append((event["type"], event.get("status")))

    headers = [(b"content-length", length.encode())] if length else []
    scope: Scope = {"type": "http", "headers": headers}
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop already, for a browser
        thread.submit(lambda: asyncio.run(bounded(reads_all, largest=10)(scope, receive, send))).result()
    return sent, len(parts) - len(waiting)


@pytest.mark.parametrize("parts", [[b""], [b"1234567890"], [b"12345", b"67890"]])
def test_what_is_not_too_large_is_let_in(parts: list[bytes]) -> None:
    assert asked(parts, length="10") == (ANSWERED, len(parts))


def test_what_says_that_it_is_too_large_is_not_read() -> None:
    assert asked([b"x"], length="11") == (REFUSED, 0)


@pytest.mark.parametrize("length", ["", "1", "-5", "x"])
def test_what_grows_too_large_is_read_no_further(length: str) -> None:
    assert asked([b"12345", b"678901", b"never read"], length=length) == (REFUSED, 2)
