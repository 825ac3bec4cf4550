"""News from the database for every page that is open in this process: one listener, fanned out."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

import structlog
from django.db import connections
from psycopg import AsyncConnection, OperationalError
from psycopg.conninfo import make_conninfo

from ligneclaire.facts.news import CHANNEL, EVERYBODY
from ligneclaire.kernel.clock import now

ANYTHING = ""  # the subscription of a page that looks at all customers
GATHER = 0.3  # seconds after news in which more of it joins: a burst is one
PAUSE = 2.0  # seconds between two news of a page that looks at all customers
SIGN_OF_LIFE = 20.0  # seconds of silence after which something is said, so that a page that is gone is noticed
RETRY = 1.0
REMEMBERED = 10_000  # news, for pages that were drawn a moment before they began to listen

log = structlog.get_logger("ligneclaire.desk")


class Switchboard:
    """Who waits for what, and the one connection on which all news come in; lives in one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Queue[str]]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None
        self._listening_since: datetime | None = None
        self._last: OrderedDict[str, datetime] = OrderedDict()

    @contextmanager
    def line(self, about: Collection[str], *, since: datetime) -> Iterator[asyncio.Queue[str]]:
        """Hear what is new about these customers, or about anything, since an instant, as long as the block lasts."""
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=1000)
        for one in about:
            self._waiting[one].add(queue)
        if self._listener is None or self._listener.done():
            self._listening_since = None
            self._listener = asyncio.create_task(self._listen())
        elif any(self._was_told(one, since) for one in about):
            queue.put_nowait(next(iter(about)))
        try:
            yield queue
        finally:
            for one in set(about):
                self._waiting[one].discard(queue)
                if not self._waiting[one]:
                    del self._waiting[one]

    async def _listen(self) -> None:
        while self._waiting:
            try:
                async with await _connect() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._listening_since = now()
                    self.tell(EVERYBODY)  # whatever was missed while nobody listened
                    async for notice in connection.notifies():
                        self.tell(notice.payload)
            except (OperationalError, OSError):
                log.warning("listener_lost")
                await asyncio.sleep(RETRY)

    def tell(self, about: str) -> None:
        """Pass news on to the pages that wait for it."""
        self._remember(about)
        if about == EVERYBODY:
            queues = [queue for waiting in self._waiting.values() for queue in waiting]
        else:
            queues = [*self._waiting.get(about, ()), *self._waiting.get(ANYTHING, ())]
        for queue in queues:
            with suppress(asyncio.QueueFull):  # it has enough to draw again for
                queue.put_nowait(about)

    def _remember(self, about: str) -> None:
        for name in (about, ANYTHING):
            self._last[name] = now()
            self._last.move_to_end(name)
        while len(self._last) > REMEMBERED:
            self._last.popitem(last=False)

    def _was_told(self, about: str, since: datetime) -> bool:
        """Whether there was news after an instant; also when nobody can know."""
        if self._listening_since is None or since < self._listening_since:
            return True
        if len(self._last) == REMEMBERED and since < next(iter(self._last.values())):
            return True
        return any(name in self._last and self._last[name] >= since for name in (about, EVERYBODY))


async def events(board: Switchboard, about: Collection[str], *, since: datetime) -> AsyncIterator[bytes]:
    """Server-sent events: `news` for what the page is about, `sending` for what concerns every page."""
    with board.line(about, since=since) as queue:
        yield b"retry: 2000\n\n"
        while True:
            try:
                heard = {await asyncio.wait_for(queue.get(), SIGN_OF_LIFE)}
            except TimeoutError:
                yield b": here\n\n"
                continue
            await asyncio.sleep(GATHER)
            while not queue.empty():
                heard.add(queue.get_nowait())
            for name in sorted({"sending" if what == EVERYBODY else "news" for what in heard} | {"news"}):
                yield f"event: {name}\ndata: 1\n\n".encode()
            if ANYTHING in about:
                await asyncio.sleep(PAUSE)


async def _connect() -> AsyncConnection[tuple[object, ...]]:
    known = connections["default"].get_connection_params()
    texts = {name: text for name, text in known.items() if isinstance(text, str) and text}  # `sslmode` and the like too
    return await AsyncConnection.connect(make_conninfo(**texts), autocommit=True)
