"""Which outside request is being served, so that what it causes can be traced back to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CURRENT: ContextVar[str] = ContextVar("request", default="")


def request_id() -> str:
    """The id of the request being served here; empty outside of one."""
    return _CURRENT.get()


@contextmanager
def serving(request: str) -> Iterator[None]:
    """Everything done in the block is done for this request."""
    token = _CURRENT.set(request)
    try:
        yield
    finally:
        _CURRENT.reset(token)
