"""The bodies of requests end somewhere, before anything of them is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

Scope = dict[str, Any]
Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]

LARGEST = 110 * 1024 * 1024  # a form with ten proofs of 10 MB each
START: Event = {"type": "http.response.start", "status": 413, "headers": [(b"content-type", b"text/plain")]}
BODY: Event = {"type": "http.response.body", "body": b"The request is too large.\n"}


class _TooMuch(Exception):
    """More came than may be."""


def bounded(application: Application, *, largest: int = LARGEST) -> Application:
    """An application that answers 413 (RFC 9110 §15.5.14) as soon as a body is larger than it may be, in bytes."""

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def counted() -> Event:
            nonlocal read
            event = await receive()
            read += len(event.get("body", b""))
            if read > largest:
                raise _TooMuch
            return event

        if _announced(scope) > largest:
            await _refuse(send)
            return
        try:
            await application(scope, counted, send)
        except _TooMuch:
            await _refuse(send)

    return called


async def _refuse(send: Send) -> None:
    await send(START)
    await send(BODY)


def _announced(scope: Scope) -> int:
    lengths = [value for name, value in scope.get("headers", ()) if name == b"content-length"]
    return max((int(length) for length in lengths if length.isdigit()), default=0)
