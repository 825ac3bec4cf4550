"""One thread takes a request from first to last, and what streams without an end holds none."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from ligneclaire.ops import threads
from ligneclaire.ops.threads import Threads

SEEN: list[str] = []


def plain(_request: HttpRequest) -> HttpResponse:
    SEEN.append(threading.current_thread().name)
    answer = HttpResponse(b"here")
    answer.set_cookie("one", "1")
    return answer


def file(_request: HttpRequest) -> FileResponse:
    return FileResponse(iter([b"a ", b"file"]), content_type="text/plain")


def broken(_request: HttpRequest) -> HttpResponse:
    raise ValueError("for a test")


async def ticks() -> AsyncIterator[bytes]:
    try:
        while True:
            yield b"tick"
            await asyncio.sleep(0)
    finally:
        SEEN.append("closed")


def endless(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(ticks())


def three(_request: HttpRequest) -> StreamingHttpResponse:
    async def some() -> AsyncIterator[bytes]:
        for part in (b"1", b"2", b"3"):
            yield part

    return StreamingHttpResponse(some())


urlpatterns = [path(view.__name__, view) for view in (plain, file, broken, endless, three)]


@pytest.fixture(autouse=True)
def seen() -> None:
    SEEN.clear()


def asked(*places: str, parts: Sequence[Mapping[str, Any]] = (), gone_after: int = 1000) -> list[Mapping[str, Any]]:
    """All that is sent for requests one after the other; whoever asked goes away after so many events."""
    sent: list[Mapping[str, Any]] = []

    async def each() -> None:
        application = Threads()
        for place in places:
            waiting = list(parts) or [{"type": "http.request", "body": b""}]
            gone = asyncio.Event()

            async def receive(waiting: list[Mapping[str, Any]] = waiting, gone: asyncio.Event = gone) -> Any:
                if waiting:
                    return waiting.pop(0)
                await gone.wait()
                return {"type": "http.disconnect"}

            async def send(event: Mapping[str, Any], gone: asyncio.Event = gone) -> None:
                sent.append(event)
                if len(sent) == gone_after:
                    gone.set()

            scope = {"type": "http", "method": "GET", "path": place, "query_string": b"", "headers": []}
            await application(scope, receive, send)

    with (
        override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=["ligneclaire.ops.middleware.around"]),
        ThreadPoolExecutor(1) as elsewhere,  # this thread may have a loop already, for a browser
    ):
        elsewhere.submit(lambda: asyncio.run(each())).result(30)
    return sent


def test_requests_share_threads_that_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "THREADS", 1)

    start, body, *_ = asked("/plain", "/plain")

    assert (start["status"], body) == (200, {"type": "http.response.body", "body": b"here", "more_body": False})
    assert (b"Set-Cookie", b"one=1; Path=/") in start["headers"]
    assert SEEN == ["request_0", "request_0"]


def test_a_file_is_sent_whole() -> None:
    start, body = asked("/file")

    assert (b"Content-Type", b"text/plain") in start["headers"]
    assert (start["status"], body["body"], body["more_body"]) == (200, b"a file", False)


@pytest.mark.parametrize(("place", "status"), [("/nowhere", 404), ("/broken", 500)])
def test_what_goes_wrong_is_answered(place: str, status: int) -> None:
    assert asked(place)[0]["status"] == status


def test_a_stream_with_an_end_is_sent_to_its_end() -> None:
    _, *parts = asked("/three")

    assert [part.get("body", b"") for part in parts] == [b"1", b"2", b"3", b""]


def test_a_stream_ends_when_its_reader_goes() -> None:
    _, *parts = asked("/endless", gone_after=5)

    assert {part["body"] for part in parts} == {b"tick"}
    assert SEEN == ["closed"]


def test_who_goes_before_all_is_said_is_not_answered() -> None:
    assert (
        asked("/plain", parts=[{"type": "http.request", "body": b"x", "more_body": True}, {"type": "http.disconnect"}])
        == []
    )
    assert SEEN == []
