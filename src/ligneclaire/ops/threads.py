"""Requests are answered by threads that stay, each with a connection to the database that stays as long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any

from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

THREADS = 20  # so many requests of one process may wait for the database at once


class Threads(ASGIHandler):
    """Django behind an asynchronous server: one thread takes a request from the first middleware to the last.

    Django's own starts a thread for each request and goes back to the event loop around each middleware, which costs
    more than most requests do. What is streamed without an end is sent by the event loop and holds no thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as Django calls it
        """As it runs in a thread."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whoever is gone before it was read is not answered."""
        with suppress(RequestAborted), await self.read_body(receive) as body:
            loop = asyncio.get_running_loop()
            response = await loop.run_in_executor(self._threads, self._answer, scope, body)
            if isinstance(response, StreamingHttpResponse):
                await self._stream(response, receive, send)
            else:
                await self.send_response(response, send)

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = self.get_response(request) if request else refused
        response._handler_class = self.__class__  # noqa: SLF001 - Django's name for who sends `request_finished`
        whole = _whole(response)
        response.close()  # nothing of it but an endless stream is needed further
        return whole

    async def _stream(self, response: StreamingHttpResponse, receive: Receive, send: Send) -> None:
        """Until either side ends it."""
        tasks = [
            asyncio.create_task(self.listen_for_disconnect(receive)),
            asyncio.create_task(self.send_response(response, send)),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


def _whole(response: HttpResponseBase) -> HttpResponseBase:
    """A file is read at once, here and not in the event loop."""
    if not isinstance(response, StreamingHttpResponse) or response.is_async:
        return response
    whole = HttpResponse(response.getvalue(), status=response.status_code, headers=dict(response.items()))
    whole.cookies = response.cookies
    return whole
